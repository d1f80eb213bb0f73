"""After-sales, marketing and training."""

from users.grants import AFTER_SALES, ALL, BUSINESS, OWN, SUBTREE, UNIT, Grant, Role, may, reference

SERVICES: dict[str, tuple[Grant, ...]] = {
    "aftersales.part": reference(Role.TECHNICIAN, readers=(Role.DIRECTOR, *AFTER_SALES, Role.SERVICE_STATION)),
    "aftersales.labouroperation": reference(
        Role.TECHNICIAN, readers=(Role.DIRECTOR, *AFTER_SALES, Role.SERVICE_STATION)
    ),
    "aftersales.labourrate": reference(
        Role.SETTLEMENT_CLERK, readers=(Role.DIRECTOR, *AFTER_SALES, Role.SERVICE_STATION)
    ),
    "aftersales.servicerequest": (
        may(Role.DIRECTOR, ALL),
        may(Role.CLAIMS_OFFICER, ALL, "add change answer close"),
        may(Role.TECHNICIAN, ALL, "answer"),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SERVICE_STATION, UNIT, "add change answer close"),
    ),
    "aftersales.claim": (
        may(Role.DIRECTOR, ALL),
        may((Role.CLAIMS_OFFICER,), ALL, "approve return reject"),
        may((Role.TECHNICIAN, Role.SETTLEMENT_CLERK, Role.FINANCE), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SERVICE_STATION, UNIT, "add change submit"),
    ),
    "aftersales.claimline": (
        may((Role.DIRECTOR, *AFTER_SALES, Role.FINANCE), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SERVICE_STATION, UNIT),
    ),
    "marketing.campaign": (
        may(Role.DIRECTOR, ALL, "add change start finish"),
        may(Role.FINANCE, ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change start finish"),
        may(Role.SALESMAN, UNIT),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "marketing.campaignlead": (
        may(Role.DIRECTOR, ALL, "add"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add"),
        may(Role.SALESMAN, OWN, "add"),
    ),
    "marketing.expense": (
        may((Role.DIRECTOR, Role.FINANCE), ALL, "add change"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change"),
    ),
    "training.course": reference(Role.TRAINER),
    "training.trainingclass": (may(BUSINESS, ALL), may(Role.TRAINER, ALL, "add change open close")),
    "training.enrolment": (
        may(Role.TRAINER, ALL, "add grade cancel"),
        may(Role.DIRECTOR, ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add"),
        may(Role.DEALER_MANAGER, UNIT, "add"),
        may(
            (Role.TRAINEE, Role.DEALER_SALESMAN, Role.SALESMAN, Role.SERVICE_STATION, Role.TECHNICIAN),
            OWN,
            "enrol cancel",
        ),
    ),
    "training.article": (may(BUSINESS, ALL), may((Role.TRAINER, Role.TECHNICIAN), ALL, "add change publish")),
}

"""Customers, leads, opportunities and the pool."""

from users.grants import ALL, DEALERS, OWN, SALES, SUBTREE, UNIT, Grant, Role, may, reference, sellers

MANAGERS_UNDO = (
    may(Role.DIRECTOR, ALL, "undo"),
    may(Role.REGIONAL_MANAGER, SUBTREE, "undo"),
    may(Role.DEALER_MANAGER, UNIT, "undo"),
)

SETTING_OF_UNIT = (
    may((*SALES, *DEALERS), ALL),
    may(Role.DIRECTOR, ALL, "add change"),
    may(Role.REGIONAL_MANAGER, ALL, "add change", changes=SUBTREE),
)

CUSTOMERS: dict[str, tuple[Grant, ...]] = {
    "customers.source": reference(Role.DIRECTOR, readers=(*SALES, *DEALERS)),
    "customers.lead": sellers("add change bin qualify convert invalidate", managers="assign arbitrate import"),
    "customers.customer": (
        *sellers("add change bin transfer share return", managers="merge import"),
        may((Role.FINANCE, Role.CLAIMS_OFFICER), ALL),
    ),
    "customers.contact": sellers("add change bin"),
    "customers.opportunity": sellers("add change bin advance win lose revive", managers="approve"),
    "customers.opportunityline": sellers(),
    "customers.stagechange": sellers(),
    "customers.metcompetitor": sellers("add change"),
    "customers.leadpolicy": (may((*SALES, *DEALERS), ALL), may(Role.DIRECTOR, ALL, "change")),
    "customers.intentlevelrule": (may((*SALES, *DEALERS), ALL), may(Role.DIRECTOR, ALL, "change")),
    "customers.scorerule": reference(Role.DIRECTOR, readers=(*SALES, *DEALERS)),
    "customers.assignmentrule": reference(Role.DIRECTOR, readers=(*SALES, *DEALERS)),
    "customers.absence": sellers("add change cancel"),
    "customers.walkins": sellers("add change"),
    "customers.pipeline": reference(Role.DIRECTOR, readers=(*SALES, *DEALERS)),
    "customers.stage": reference(Role.DIRECTOR, readers=(*SALES, *DEALERS)),
    "customers.contactrecord": sellers("add bin"),
    "customers.keyaccountregistration": (
        may(Role.DIRECTOR, ALL, "add change submit register reject arbitrate extend"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change submit register reject arbitrate extend"),
        may(Role.SALESMAN, OWN, "add change submit"),
        may(Role.DEALER_MANAGER, UNIT, "add change submit"),
        may(Role.DEALER_SALESMAN, OWN, "add change submit"),
    ),
    "customers.consent": sellers("add"),
    "customers.consenttext": (may((*SALES, *DEALERS), ALL), may(Role.DIRECTOR, ALL, "add")),
    "customers.arbitration": sellers(),
    "customers.pricepolicy": (*sellers(), may((Role.DIRECTOR, Role.FINANCE), ALL, "add change")),
    "customers.annualframe": (
        may(Role.FINANCE, ALL),
        may(Role.DIRECTOR, ALL, "add change"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change"),
        *sellers(),
    ),
    "customers.purchaserecord": (*sellers(), may(Role.FINANCE, ALL)),
    "customers.customershare": sellers("end"),
    "customers.customermerge": MANAGERS_UNDO,
    "customers.pooledcustomer": (
        *sellers("claim", managers="assign"),
        may(Role.SALESMAN, SUBTREE, "claim"),
        may(Role.DEALER_SALESMAN, UNIT, "claim"),
    ),
    "customers.leavingcustomer": sellers(),
    "customers.poolrule": SETTING_OF_UNIT,
    "customers.claimlimit": SETTING_OF_UNIT,
}

"""Who may do what, and on which rows: one table for the whole system.

A line reads: on this model, these roles see rows of this scope and may take these verbs. ``view`` goes without saying.
A verb becomes the Django permission ``<app>.<verb>_<model>``; it keeps to the scope of ``changes`` where given.
"""

from functools import lru_cache

from users.grants import (
    AFTER_SALES,
    ALL,
    BUSINESS,
    DEALERS,
    HEAD_OFFICE,
    OWN,
    SALES,
    SUBTREE,
    UNIT,
    Grant,
    Role,
    Scope,
    may,
    reference,
    sellers,
)

ROLES = tuple(value for name, value in vars(Role).items() if name.isupper())


FORECAST_READERS = (
    may((Role.DIRECTOR, Role.PLANNER), ALL),
    may(Role.REGIONAL_MANAGER, SUBTREE),
    may(Role.SALESMAN, OWN),
)
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
ACCESS: dict[str, tuple[Grant, ...]] = {
    # people and mechanism
    "users.user": (
        may(BUSINESS, UNIT),
        may(Role.REGIONAL_MANAGER, SUBTREE, "supervise handover"),
        may(Role.DEALER_MANAGER, UNIT, "supervise handover"),
        may((Role.DIRECTOR, Role.AUDITOR, Role.TRAINER), ALL),
        may(Role.DIRECTOR, ALL, "supervise handover"),
        may(Role.SYSTEM_ADMINISTRATOR, ALL, "add change handover"),
        may(Role.SECURITY_ADMINISTRATOR, ALL, "grant"),
    ),
    "users.unit": (
        may(BUSINESS, SUBTREE),
        may((*HEAD_OFFICE, Role.AUDITOR, Role.SECURITY_ADMINISTRATOR), ALL),
        may(Role.SYSTEM_ADMINISTRATOR, ALL, "add change"),
    ),
    "users.task": (
        may(BUSINESS, OWN, "add change bin"),
        may(Role.DEALER_MANAGER, UNIT, "add change bin"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change bin"),
        may(Role.DIRECTOR, ALL, "add change bin"),
    ),
    "users.calendarentry": (
        may(BUSINESS, OWN, "add change bin"),
        may(Role.DEALER_MANAGER, UNIT, "add change bin"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change bin"),
        may(Role.DIRECTOR, ALL, "add change bin"),
    ),
    "core.customfield": (may(Role.SYSTEM_ADMINISTRATOR, ALL, "add change"),),
    "core.job": (may(Role.SYSTEM_ADMINISTRATOR, ALL),),
    "core.exportlog": (may((Role.AUDITOR, Role.SECURITY_ADMINISTRATOR), ALL),),
    "core.reveallog": (may((Role.AUDITOR, Role.SECURITY_ADMINISTRATOR), ALL),),
    # products and dealers
    "products.brand": reference(Role.PLANNER),
    "products.colour": reference(Role.PLANNER),
    "products.series": reference(Role.PLANNER),
    "products.vehiclemodel": reference(Role.PLANNER),
    "products.configuration": reference(Role.PLANNER),
    "products.sku": reference(Role.PLANNER),
    "products.price": reference(Role.PLANNER, readers=(*SALES, *DEALERS, Role.PLANNER, Role.FINANCE)),
    "products.competitormodel": reference(Role.PLANNER, Role.SALESMAN),
    "dealers.dealer": (
        may((*SALES, *AFTER_SALES, Role.SERVICE_STATION), SUBTREE),
        may((*HEAD_OFFICE, *AFTER_SALES, Role.TRAINER), ALL),
        may(Role.DEALER_MANAGER, SUBTREE),
        may(Role.DEALER_SALESMAN, UNIT),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change open suspend"),
        may(Role.DIRECTOR, ALL, "add change open suspend exit"),
    ),
    "dealers.servicestation": (
        may((Role.DIRECTOR, *AFTER_SALES, Role.FINANCE), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SERVICE_STATION, UNIT),
        may(Role.CLAIMS_OFFICER, ALL, "add change suspend"),
    ),
    "dealers.authorisation": (
        may((Role.FINANCE, Role.PLANNER), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change"),
        may(Role.DIRECTOR, ALL, "add change sign terminate"),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    # customers
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
    "customers.absence": sellers("add change"),
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
    # stock
    "inventory.warehouse": reference(Role.STOCK_KEEPER, readers=(*HEAD_OFFICE, Role.REGIONAL_MANAGER)),
    "inventory.vehicle": (
        may((*HEAD_OFFICE, *AFTER_SALES, Role.AUDITOR), ALL),
        may(Role.STOCK_KEEPER, ALL, "change"),
        may(Role.PRODUCTION_CLERK, ALL, "add"),
        may((Role.REGIONAL_MANAGER, Role.SALESMAN), SUBTREE),
        may(DEALERS, UNIT),
        may(Role.SERVICE_STATION, ALL),
    ),
    "inventory.movement": (
        may((*HEAD_OFFICE, Role.AUDITOR), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "inventory.certificate": (
        may((*HEAD_OFFICE, Role.AUDITOR), ALL),
        may(Role.STOCK_KEEPER, ALL, "change"),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    # contracts, orders, money
    "contracts.quotation": sellers("add change bin submit send accept revise expire", managers="approve return"),
    "contracts.discountlimit": reference(Role.DIRECTOR, readers=(*SALES, *DEALERS)),
    "contracts.quotationline": sellers(),
    "contracts.contract": (
        may(Role.DIRECTOR, ALL, "add change submit sign return suspend terminate"),
        may((Role.FINANCE, Role.PLANNER), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change submit sign return"),
        may(Role.SALESMAN, SUBTREE, "add change submit", changes=OWN),
        may(DEALERS, UNIT),
    ),
    "contracts.order": (
        may(Role.DIRECTOR, ALL, "add change submit approve return cancel"),
        may((Role.FINANCE, Role.PLANNER), ALL),
        may(Role.STOCK_KEEPER, ALL, "allocate ship"),
        may(Role.FINANCE, ALL, "invoice"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change submit approve return cancel"),
        may(Role.SALESMAN, OWN, "add change submit"),
        may(Role.DEALER_MANAGER, UNIT, "add change submit receive"),
        may(Role.DEALER_SALESMAN, OWN, "add change submit"),
    ),
    "contracts.orderline": (
        may((*HEAD_OFFICE,), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may((Role.SALESMAN, Role.DEALER_SALESMAN), OWN),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "contracts.allocation": (
        may(HEAD_OFFICE, ALL),
        may(Role.STOCK_KEEPER, ALL, "release"),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may((Role.SALESMAN, Role.DEALER_SALESMAN), OWN, "retail"),
        may(Role.DEALER_MANAGER, UNIT, "retail"),
    ),
    "contracts.invoice": (
        may((Role.DIRECTOR, Role.FINANCE, Role.AUDITOR), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "contracts.delivery": (may(HEAD_OFFICE, ALL), may(Role.REGIONAL_MANAGER, SUBTREE), may(Role.DEALER_MANAGER, UNIT)),
    "contracts.retail": (
        may((*HEAD_OFFICE, *AFTER_SALES, Role.AUDITOR), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE, "verify"),
        may(Role.DIRECTOR, ALL, "verify"),
        may((Role.SALESMAN, Role.DEALER_SALESMAN), OWN),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "contracts.receivable": (
        may((Role.DIRECTOR, Role.AUDITOR), ALL),
        may(Role.FINANCE, ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SALESMAN, OWN),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "contracts.receivableentry": (
        may((Role.DIRECTOR, Role.AUDITOR, Role.FINANCE), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SALESMAN, OWN),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "contracts.receipt": (
        may((Role.DIRECTOR, Role.AUDITOR), ALL),
        may(Role.FINANCE, ALL, "add"),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SALESMAN, OWN),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    # plans
    "salesplan.salesplan": (
        may(Role.DIRECTOR, ALL, "approve return publish"),
        may(Role.PLANNER, ALL, "add change propose submit publish"),
        may((Role.PRODUCTION_CLERK, Role.STOCK_KEEPER, Role.FINANCE), ALL),
        may(Role.REGIONAL_MANAGER, ALL),
        may(Role.DEALER_MANAGER, ALL),
    ),
    "salesplan.salesplanline": (
        may(HEAD_OFFICE, ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "salesplan.quota": (*sellers(managers="add change"), may(Role.PLANNER, ALL)),
    "salesplan.productionplan": (
        may((Role.DIRECTOR, Role.STOCK_KEEPER), ALL),
        may(Role.PLANNER, ALL, "add release"),
        may(Role.PRODUCTION_CLERK, ALL, "produce complete"),
    ),
    "salesplan.productionplanline": (
        may((Role.DIRECTOR, Role.PLANNER, Role.PRODUCTION_CLERK, Role.STOCK_KEEPER), ALL),
    ),
    "salesplan.forecast": (
        may((Role.DIRECTOR, Role.PLANNER), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SALESMAN, OWN),
    ),
    "salesplan.reporttemplate": (may((Role.DIRECTOR, Role.SYSTEM_ADMINISTRATOR), ALL, "add change"),),
    "salesplan.workreport": (
        may((Role.SALESMAN, Role.DEALER_SALESMAN), OWN, "change submit answer"),
        may(Role.DEALER_MANAGER, UNIT, "change submit answer", changes=OWN),
        may(Role.DEALER_MANAGER, UNIT, "review return"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "change submit answer", changes=OWN),
        may(Role.REGIONAL_MANAGER, SUBTREE, "review return"),
        may(Role.DIRECTOR, ALL, "review return"),
    ),
    # after-sales
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
    # marketing
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
    # training
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
    # analysis
    "analytics.historysource": (may((*SALES, Role.PLANNER), ALL), may(Role.PLANNER, ALL, "add")),
    "analytics.saleshistory": (may((*SALES, Role.PLANNER), ALL), may(Role.PLANNER, ALL, "import")),
    "analytics.trendscheme": (
        may((Role.DIRECTOR, Role.PLANNER), ALL, "add change"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change"),
        may(Role.SALESMAN, OWN, "add change"),
    ),
    "analytics.forecastrun": FORECAST_READERS,
    "analytics.forecastseries": FORECAST_READERS,
}

EXTRA_PERMISSIONS: dict[str, tuple[str, ...]] = {
    "core.export_rows": tuple(role for role in BUSINESS if role not in (Role.TRAINEE, Role.DEALER_SALESMAN))
    + (Role.AUDITOR,),
    "core.publish_views": (Role.DIRECTOR, Role.REGIONAL_MANAGER, Role.PLANNER, Role.SYSTEM_ADMINISTRATOR),
    "core.see_phones": (Role.SALESMAN, *DEALERS, Role.REGIONAL_MANAGER, Role.CLAIMS_OFFICER, Role.SERVICE_STATION),
    "core.reveal_numbers": (*SALES, *DEALERS, Role.FINANCE, Role.CLAIMS_OFFICER),
    "users.use_api": (Role.DIRECTOR, Role.REGIONAL_MANAGER, Role.DEALER_MANAGER, Role.PLANNER),
    "products.see_cost_price": (Role.DIRECTOR, Role.PLANNER, Role.FINANCE),
}


@lru_cache(maxsize=4096)
def scope_of(roles: frozenset[str], label: str, verb: str = "view") -> Scope | None:
    """The widest scope these roles have on a model for a verb; None where they have none."""
    scopes = [
        grant.scope if verb == "view" else grant.changes
        for grant in ACCESS.get(label, ())
        if roles.intersection(grant.roles) and (verb == "view" or verb in grant.verbs)
    ]
    return max(scopes, default=None)


def permissions_of(role: str) -> frozenset[str]:
    """Every permission the table gives a role, as "app.codename"."""
    found = {name for name, roles in EXTRA_PERMISSIONS.items() if role in roles}
    for label, grants in ACCESS.items():
        app, model = label.split(".")
        for grant in grants:
            if role in grant.roles:
                found.update(f"{app}.{verb}_{model}" for verb in ("view", *grant.verbs))
    return frozenset(found)

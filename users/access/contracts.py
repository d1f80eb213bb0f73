"""Quotations, contracts, orders and money."""

from users.grants import (
    AFTER_SALES,
    ALL,
    DEALERS,
    HEAD_OFFICE,
    OWN,
    SALES,
    SUBTREE,
    UNIT,
    Grant,
    Role,
    may,
    reference,
    sellers,
)

MONEY_READERS = (
    may((Role.DIRECTOR, Role.AUDITOR, Role.FINANCE), ALL),
    may(Role.REGIONAL_MANAGER, SUBTREE),
    may(Role.SALESMAN, OWN),
    may(Role.DEALER_MANAGER, UNIT),
)
REBATE_READERS = (
    may((Role.DIRECTOR, Role.AUDITOR, Role.FINANCE), ALL),
    may(Role.REGIONAL_MANAGER, SUBTREE),
    may(Role.DEALER_MANAGER, UNIT),
)
CONTRACTS: dict[str, tuple[Grant, ...]] = {
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
        may(Role.FINANCE, ALL, "return"),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may((Role.SALESMAN, Role.DEALER_SALESMAN), OWN, "retail"),
        may(Role.DEALER_MANAGER, UNIT, "retail"),
    ),
    "contracts.allocationproposal": (
        may((Role.DIRECTOR, Role.PLANNER), ALL),
        may(Role.STOCK_KEEPER, ALL, "add apply"),
    ),
    "contracts.proposedcar": (may((Role.DIRECTOR, Role.PLANNER), ALL), may(Role.STOCK_KEEPER, ALL, "change")),
    "contracts.shortline": (may((Role.DIRECTOR, Role.PLANNER, Role.STOCK_KEEPER), ALL),),
    "contracts.invoice": (
        may((Role.DIRECTOR, Role.FINANCE, Role.AUDITOR), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "contracts.delivery": (may(HEAD_OFFICE, ALL), may(Role.REGIONAL_MANAGER, SUBTREE), may(Role.DEALER_MANAGER, UNIT)),
    "contracts.retail": (
        may((*HEAD_OFFICE, *AFTER_SALES, Role.AUDITOR), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE, "verify reverse"),
        may(Role.DIRECTOR, ALL, "verify reverse"),
        may(Role.FINANCE, ALL, "reverse"),
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
    "contracts.receivableentry": MONEY_READERS,
    "contracts.receipt": (
        may((Role.DIRECTOR, Role.AUDITOR), ALL),
        may(Role.FINANCE, ALL, "add use refund"),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.SALESMAN, OWN),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "contracts.settlement": MONEY_READERS,
    "contracts.refund": MONEY_READERS,
    "contracts.rebateaccrual": (
        *REBATE_READERS,
        may(Role.DIRECTOR, ALL, "review"),
        may(Role.FINANCE, ALL, "accrue credit"),
    ),
    "contracts.rebatebasis": REBATE_READERS,
    "contracts.rebateuse": REBATE_READERS,
}

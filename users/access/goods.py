"""Products, dealers and stock."""

from users.grants import AFTER_SALES, ALL, DEALERS, HEAD_OFFICE, SALES, SUBTREE, UNIT, Grant, Role, may, reference

GOODS: dict[str, tuple[Grant, ...]] = {
    "products.brand": reference(Role.PLANNER),
    "products.colour": reference(Role.PLANNER),
    "products.series": reference(Role.PLANNER),
    "products.vehiclemodel": reference(Role.PLANNER),
    "products.configuration": reference(Role.PLANNER),
    "products.feature": reference(Role.PLANNER),
    "products.featurevalue": reference(Role.PLANNER),
    "products.option": reference(Role.PLANNER),
    "products.sku": reference(Role.PLANNER),
    "products.price": reference(Role.PLANNER, readers=(*SALES, *DEALERS, Role.PLANNER, Role.FINANCE)),
    "products.competitormodel": reference(Role.PLANNER, Role.SALESMAN),
    "dealers.dealer": (
        may((*SALES, *AFTER_SALES, Role.SERVICE_STATION), SUBTREE),
        may((*HEAD_OFFICE, *AFTER_SALES, Role.TRAINER), ALL),
        may(DEALERS, SUBTREE),
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
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change submit"),
        may(Role.DIRECTOR, ALL, "add change submit sign terminate"),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "dealers.dealerpaper": (
        may((Role.DIRECTOR, Role.FINANCE), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change"),
        may(Role.DIRECTOR, ALL, "add change"),
        may(Role.DEALER_MANAGER, UNIT, "add change"),
    ),
    "dealers.creditlinechange": (
        may((Role.DIRECTOR, Role.AUDITOR), ALL),
        may(Role.DIRECTOR, ALL, "add approve"),
        may(Role.FINANCE, ALL, "add approve"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add"),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "dealers.dealertarget": (
        may((Role.FINANCE, Role.PLANNER), ALL),
        may(Role.PLANNER, ALL, "add change"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change"),
        may(Role.DIRECTOR, ALL, "add change"),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "dealers.rebatepolicy": (
        *reference(
            Role.DIRECTOR,
            Role.PLANNER,
            Role.FINANCE,
            readers=(Role.DIRECTOR, Role.REGIONAL_MANAGER, Role.DEALER_MANAGER, Role.AUDITOR),
        ),
        may(Role.DIRECTOR, ALL, "publish"),
    ),
    "dealers.rebatetier": (
        may((Role.DIRECTOR, Role.REGIONAL_MANAGER, Role.DEALER_MANAGER, Role.PLANNER, Role.FINANCE, Role.AUDITOR), ALL),
    ),
    "dealers.accountentry": (
        may((Role.DIRECTOR, Role.AUDITOR), ALL),
        may(Role.FINANCE, ALL, "add"),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.DEALER_MANAGER, UNIT),
    ),
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
}

"""Plans, work reports and analysis."""

from users.grants import ALL, HEAD_OFFICE, OWN, SALES, SUBTREE, UNIT, Grant, Role, may, sellers

FORECAST_READERS = (
    may((Role.DIRECTOR, Role.PLANNER), ALL),
    may(Role.REGIONAL_MANAGER, SUBTREE),
    may(Role.SALESMAN, OWN),
)

PLANS: dict[str, tuple[Grant, ...]] = {
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
    "analytics.dealerscore": (
        may((Role.DIRECTOR, Role.PLANNER, Role.FINANCE, Role.AUDITOR), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may(Role.DEALER_MANAGER, UNIT),
    ),
    "analytics.retailfinding": (
        may((Role.DIRECTOR, Role.FINANCE, Role.AUDITOR), ALL),
        may(Role.REGIONAL_MANAGER, SUBTREE, "decide"),
        may(Role.DIRECTOR, ALL, "decide"),
    ),
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

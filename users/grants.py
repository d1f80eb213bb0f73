"""What a line of the table in ``users.access`` is made of: roles, scopes, verbs."""

from dataclasses import dataclass
from enum import IntEnum


class Scope(IntEnum):
    """From the narrowest to the widest; a person with several roles has the widest."""

    OWN = 1
    UNIT = 2
    SUBTREE = 3
    ALL = 4


class Role:
    """Keys of the roles; the names of the Groups."""

    DIRECTOR = "director"
    REGIONAL_MANAGER = "regional_manager"
    SALESMAN = "salesman"
    DEALER_MANAGER = "dealer_manager"
    DEALER_SALESMAN = "dealer_salesman"
    PLANNER = "planner"
    PRODUCTION_CLERK = "production_clerk"
    STOCK_KEEPER = "stock_keeper"
    FINANCE = "finance"
    CLAIMS_OFFICER = "claims_officer"
    TECHNICIAN = "technician"
    SETTLEMENT_CLERK = "settlement_clerk"
    SERVICE_STATION = "service_station"
    TRAINER = "trainer"
    TRAINEE = "trainee"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Grant:
    roles: tuple[str, ...]
    scope: Scope
    verbs: tuple[str, ...]
    changes: Scope


def may(roles: str | tuple[str, ...], scope: Scope, verbs: str = "", *, changes: Scope | None = None) -> Grant:
    roles = (roles,) if isinstance(roles, str) else roles
    return Grant(roles, scope, tuple(verbs.split()), changes or scope)


SALES = (Role.DIRECTOR, Role.REGIONAL_MANAGER, Role.SALESMAN)
DEALERS = (Role.DEALER_MANAGER, Role.DEALER_SALESMAN)
AFTER_SALES = (Role.CLAIMS_OFFICER, Role.TECHNICIAN, Role.SETTLEMENT_CLERK)
HEAD_OFFICE = (Role.DIRECTOR, Role.PLANNER, Role.PRODUCTION_CLERK, Role.STOCK_KEEPER, Role.FINANCE)
BUSINESS = (
    *SALES,
    *DEALERS,
    Role.PLANNER,
    Role.PRODUCTION_CLERK,
    Role.STOCK_KEEPER,
    Role.FINANCE,
    *AFTER_SALES,
    Role.SERVICE_STATION,
    Role.TRAINER,
    Role.TRAINEE,
)
OWN, UNIT, SUBTREE, ALL = Scope.OWN, Scope.UNIT, Scope.SUBTREE, Scope.ALL


def reference(*keepers: str, readers: tuple[str, ...] = BUSINESS) -> tuple[Grant, ...]:
    """Reference data: the readers look, the keepers also add and change."""
    return (may(readers, ALL), may(keepers, ALL, "add change"))


def sellers(verbs: str = "", *, managers: str = "") -> tuple[Grant, ...]:
    """The sales team's own work: a salesman on his rows, who leads a dealer, a region or all with more verbs."""
    more = f"{verbs} {managers}"
    return (
        may((Role.SALESMAN, Role.DEALER_SALESMAN), OWN, verbs),
        may(Role.DEALER_MANAGER, UNIT, more),
        may(Role.REGIONAL_MANAGER, SUBTREE, more),
        may(Role.DIRECTOR, ALL, more),
    )

"""Who may do what, and on which rows: one table for the whole system.

A line reads: on this model, these roles see rows of this scope and may take these verbs. ``view`` goes without saying.
A verb becomes the Django permission ``<app>.<verb>_<model>``; it keeps to the scope of ``changes`` where given.
"""

from functools import lru_cache

from users.access.after_sales import SERVICES
from users.access.contracts import CONTRACTS
from users.access.customers import CUSTOMERS
from users.access.goods import GOODS
from users.access.people import PEOPLE
from users.access.plans import PLANS
from users.grants import BUSINESS, DEALERS, SALES, Grant, Role, Scope

ROLES = tuple(value for name, value in vars(Role).items() if name.isupper())
ACCESS: dict[str, tuple[Grant, ...]] = {**PEOPLE, **GOODS, **CUSTOMERS, **CONTRACTS, **PLANS, **SERVICES}
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

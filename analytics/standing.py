"""Where somebody stands by cars sold: a seller among sellers, a manager by his dealer or region."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from analytics.ranks import dense_ranks
from contracts.models import Retail
from core.periods import Period
from users.access import Role
from users.models import Unit, User
from users.models.people import region_path

SELLERS = (Role.SALESMAN, Role.DEALER_SALESMAN)


@dataclass(frozen=True)
class Place:
    """The third of twelve; equals share a place."""

    among: str
    rank: int
    count: int
    cars: int


def standing(user: User, period: Period) -> list[Place]:
    """The narrowest circle first; nothing for who does not sell. It tells no colleague's figure."""
    if user.unit is None:
        return []
    if role := next((role for role in SELLERS if role in user.role_names), None):
        return _among_sellers(user, role, period)
    if Role.DEALER_MANAGER in user.role_names:
        return _among_units(
            user.unit, Unit.Kind.DEALER, region_path(user.unit.path), _("dealers of the region"), period
        )
    if Role.REGIONAL_MANAGER in user.role_names:
        return _among_units(user.unit, Unit.Kind.REGION, "/", _("regions"), period)
    return []


def credited_cars(period: Period) -> Counter[int]:
    """Cars by person: a car counts for whoever handed it over and for the owner of its order, once for one person."""
    sales = Retail.objects.counted().in_period(period).order_by()
    handed_over = sales.exclude(sold_by=None).values_list("sold_by").annotate(cars=Sum("quantity"))
    ordered = sales.exclude(ordered_by=None).filter(Q(sold_by=None) | ~Q(sold_by=F("ordered_by")))
    cars = Counter(dict(handed_over))
    cars.update(dict(ordered.values_list("ordered_by").annotate(cars=Sum("quantity"))))
    return cars


def _among_sellers(user: User, role: str, period: Period) -> list[Place]:
    path = region_path(user.unit.path)
    sellers = User.objects.on_duty().filter(groups__name=role, unit__path__startswith=path)
    units = dict(sellers.order_by("pk").values_list("pk", "unit_id"))
    cars = credited_cars(period)
    unit = {key: cars[key] for key, unit_id in units.items() if unit_id == user.unit_id}
    region = {key: cars[key] for key in units}
    places = [_place(user.pk, unit, _("my unit"))]
    return places if len(region) == len(unit) else [*places, _place(user.pk, region, _("my region"))]


def _among_units(unit: Unit, kind: str, path: str, among: str, period: Period) -> list[Place]:
    """Of each unit the cars sold in it and below it."""
    rivals = dict(Unit.objects.filter(kind=kind, path__startswith=path).order_by("pk").values_list("pk", "path"))
    sales = Retail.objects.counted().in_period(period).order_by()
    by_path = dict(sales.values_list("unit__path").annotate(cars=Sum("quantity")))
    cars = {key: sum(count for below, count in by_path.items() if below.startswith(own)) for key, own in rivals.items()}
    return [_place(unit.pk, cars, among)] if unit.pk in cars else []


def _place(key: int, values: Mapping[int, int], among: str) -> Place:
    return Place(among, dense_ranks(values)[key], len(values), values[key])

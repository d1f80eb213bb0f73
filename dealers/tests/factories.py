"""Dealers and stations for tests, with chosen values. ``unit``: a dealer's node not taken yet, or the node above."""

from datetime import date
from decimal import Decimal
from itertools import count

from django.utils import timezone

from core.search import search_text
from dealers import actions
from dealers.models import (
    AccountEntry,
    Authorisation,
    CreditLineChange,
    Dealer,
    DealerPaper,
    DealerTarget,
    RebatePolicy,
    ServiceStation,
)
from users.models import Unit, User
from users.tests.factories import make_unit

serial = count(1)


def make_dealer(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Dealer:
    number = next(serial)
    place = unit
    if unit is None or unit.kind != Unit.Kind.DEALER or hasattr(unit, "dealer"):
        place = make_unit(unit=unit, name=f"哈尔滨经销商{number}", code=f"D{number:04d}")
    values = {"code": f"D{number:04d}", "name": place.name, "city": "哈尔滨", "state": Dealer.State.FORMAL}
    values["credit_limit_amount"] = Decimal("100000000")
    values["search_text"] = search_text(values["name"], values["code"])
    return Dealer.objects.create(unit=place, **values | fields)


def make_accountentry(*, unit: Unit | None = None, owner: User | None = None, **fields) -> AccountEntry:
    """A deposit of 1,000 yuan."""
    dealer = fields.pop("dealer", None) or getattr(unit, "dealer", None) or make_dealer(unit=unit)
    values = {"account": "deposit", "kind": "paid_in", "amount": Decimal("1000.00")}
    values |= {"on": timezone.localdate(), "reference": f"BZJ-{next(serial)}"}
    return actions.enter_by_hand(by=owner, dealer=dealer, **values | fields)


def make_servicestation(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ServiceStation:
    number = next(serial)
    place = unit
    if unit is None or unit.kind != Unit.Kind.STATION or hasattr(unit, "station"):
        place = make_unit(unit=unit, name=f"道里服务站{number}", code=f"S{number:04d}", kind=Unit.Kind.STATION)
    values = {"code": f"S{number:04d}", "name": place.name, "city": "哈尔滨"}
    values["search_text"] = search_text(values["name"], values["code"])
    return ServiceStation.objects.create(unit=place, **values | fields)


def make_authorisation(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Authorisation:
    dealer = fields.pop("dealer", None) or make_dealer(unit=unit)
    values = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1), "annual_target_count": 600}
    return actions.add_authorisation(by=owner, dealer=dealer, **values | fields)


def make_dealerpaper(*, unit: Unit | None = None, owner: User | None = None, **fields) -> DealerPaper:
    dealer = fields.pop("dealer", None) or make_dealer(unit=unit)
    values = {"kind": DealerPaper.Kind.BUSINESS_LICENCE, "number": f"9123{next(serial):08d}"}
    return actions.add_paper(by=owner, dealer=dealer, **values | fields)


def make_creditlinechange(*, unit: Unit | None = None, owner: User | None = None, **fields) -> CreditLineChange:
    dealer = fields.pop("dealer", None) or make_dealer(unit=unit)
    values = {"wanted_amount": Decimal("500000.00"), "reason": "旺季备货"}
    return actions.ask_for_credit_line(by=owner, dealer=dealer, **values | fields)


def make_dealertarget(*, unit: Unit | None = None, owner: User | None = None, **fields) -> DealerTarget:
    dealer = fields.pop("dealer", None) or make_dealer(unit=unit)
    return actions.add_target(by=owner, **{"dealer": dealer, "month": date(2025, 1, 1), "target_count": 100} | fields)


def make_rebatepolicy(*, unit: Unit | None = None, owner: User | None = None, **fields) -> RebatePolicy:
    """600 yuan for every car invoiced in 2025, unless said otherwise; tiers as ``lines``."""
    status = fields.pop("status", RebatePolicy.Status.DRAFT)
    values = {"name": "提车奖励", "kind": RebatePolicy.Kind.PER_CAR, "lines": []}
    values |= {"valid_from": date(2025, 1, 1), "valid_until": date(2025, 12, 31)}
    if fields.get("kind", RebatePolicy.Kind.PER_CAR) not in RebatePolicy.TIERED:
        values["amount_per_car"] = Decimal("600.00")
    policy = actions.add_rebate_policy(by=owner, **values | fields)
    RebatePolicy.objects.filter(pk=policy.pk).update(status=status)
    policy.refresh_from_db()
    return policy

"""An order is of the day on which it is handed in, however old its draft is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts.models import Contract
from contracts.tests.factories import any_contract, any_sku, cars, clerk, make_order, take_step
from core.errors import RuleBroken, StepRefused
from products.models import Configuration, Price
from products.tests.factories import make_price

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
OLD, NEW = Decimal("36000.00"), Decimal("39000.00")


@pytest.fixture
def draft(cast, limits):
    """Entered 20 days ago, one car at the price of that day; it costs 3,000 yuan more since yesterday."""
    price = {"configuration": any_sku().configuration, "kind": Price.Kind.WHOLESALE}
    then, yesterday = TODAY() - timedelta(days=20), TODAY() - timedelta(days=1)
    Contract.objects.filter(pk=any_contract().pk).update(starts_on=then)
    make_price(**price, amount=OLD, valid_from=then, valid_until=yesterday - timedelta(days=1))
    make_price(**price, amount=NEW, valid_from=yesterday)
    return lambda **typed: make_order(ordered_on=then, lines=[cars(1) | {"unit_price_amount": None} | typed])


def test_a_price_of_the_list_becomes_that_of_the_day_of_submission(draft):
    order = draft()
    assert order.total_amount == OLD
    order = take_step(order, "submit")
    line = order.lines.get()
    assert (order.ordered_on, order.total_amount, line.unit_price_amount) == (TODAY(), NEW, NEW)
    assert line.retail_price_amount == cars(1)["retail_price_amount"]


def test_a_typed_price_stays_with_who_typed_it(draft):
    order = draft(unit_price_amount=Decimal("37000.00"))
    typist = order.lines.get().price_steps[-1]["name"]
    order = take_step(order, "submit")
    line = order.lines.get()
    assert (order.ordered_on, line.unit_price_amount) == (TODAY(), Decimal("37000.00"))
    assert line.price_steps[-1]["name"] == typist


def test_an_old_draft_is_not_handed_in_under_a_contract_that_has_ended(draft):
    order = draft()
    Contract.objects.filter(pk=order.contract_id).update(ends_on=TODAY() - timedelta(days=1))
    with pytest.raises(StepRefused, match=order.contract.number):
        take_step(order, "submit")


def test_nor_is_it_approved_after_the_end_of_the_contract(draft, monkeypatch):
    order, today = take_step(draft(), "submit"), TODAY()
    Contract.objects.filter(pk=order.contract_id).update(ends_on=today)
    monkeypatch.setattr(timezone, "localdate", lambda *args: today + timedelta(days=1))
    with pytest.raises(StepRefused, match=order.contract.number):
        take_step(order, "approve", by=clerk("approver"))


def test_a_draft_of_a_car_no_longer_sold_is_not_handed_in(draft):
    order = draft()
    Configuration.objects.filter(pk=any_sku().configuration_id).update(end_of_sale_on=TODAY() - timedelta(days=1))
    with pytest.raises(RuleBroken, match=str(any_sku())):
        take_step(order, "submit")

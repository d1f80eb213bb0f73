"""What somebody takes off the price of the day in an order is approved by whoever may give so much."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from contracts import actions, workflow
from contracts.models import Order, OrderVersion
from contracts.tests.factories import make_order, quotation_at, signed_contract, take_step
from core.errors import StepRefused
from core.workflow import take
from customers.tests.factories import make_customer
from dealers.tests.factories import make_dealer
from users.actions import change_flow
from users.models import ApprovalFlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def ordered(cast, limits, sku, manager, sales1):
    """A car at 38,000 by the list of the day, ordered at what the salesman typed, for a dealer of his region."""
    contract = signed_contract(dealer=make_dealer(unit=manager.unit))

    def order(price: str | None, **fields) -> Order:
        typed = {"unit_price_amount": price and Decimal(price), "retail_price_amount": Decimal("42800")}
        return make_order(
            owner=sales1, unit=sales1.unit, contract=contract, lines=[{"sku": sku, "quantity": 1} | typed], **fields
        )

    return order


def handed_in(order: Order) -> Order:
    return take_step(order, "submit", by=order.owner)


@pytest.mark.parametrize(
    ("price", "percent"), [(None, "0"), ("38000", "0"), ("39000", "0"), ("36100", "5.00"), ("1", "100.00")]
)
def test_an_order_keeps_what_was_taken_off_the_price_of_the_day(ordered, price, percent):
    order = ordered(price)
    assert order.largest_discount_percent == Decimal(percent)
    changed = {"sku": order.lines.get().sku, "quantity": 1, "unit_price_amount": Decimal("19000")}
    assert actions.change_order(order.pk, by=order.owner, lines=[changed]).largest_discount_percent == 50


def test_nobody_approves_more_than_his_limit(ordered, manager, director):
    """Ten percent: the regional manager may give eight, the director twenty."""
    order = handed_in(ordered("34200"))
    with pytest.raises(StepRefused, match=director.name):
        take_step(order, "approve", by=manager)
    assert take_step(order, "approve", by=director).status == "approved"


def test_what_is_beyond_every_limit_is_not_handed_in(ordered):
    with pytest.raises(StepRefused, match="权限"):
        handed_in(ordered("1"))


def test_at_the_prices_of_the_day_no_limit_is_asked_for(ordered, manager):
    assert take_step(handed_in(ordered(None)), "approve", by=manager).status == "approved"


def test_a_band_of_discounts_asks_the_director(ordered, manager, director):
    """Manager, and from five percent the director too: 38,000 typed down to 35,720 is six percent."""
    flow = ApprovalFlow.objects.in_force().get(subject="contracts.order")
    steps = [
        {"name": "大区审批", "kind": "role", "role": "regional_manager"},
        {"name": "总监审批", "kind": "role", "role": "director", "min_discount": Decimal("5")},
    ]
    change_flow(flow.pk, by=director, lines=steps, note="折扣须总监审批")
    small, large = handed_in(ordered("36480")), handed_in(ordered("35720"))
    assert take_step(small, "approve", by=manager).status == "approved"
    assert take_step(large, "approve", by=manager).status == "submitted"
    assert take_step(large, "approve", by=director).status == "approved"


def test_a_change_order_is_held_to_the_limits_too(ordered, manager, director):
    order = take_step(handed_in(ordered(None)), "approve", by=manager)
    line = {"sku": order.lines.get().sku, "quantity": 2, "unit_price_amount": Decimal("34200")}
    version = actions.propose_version(order.pk, by=order.owner, reason="降价", lines=[line])
    assert version.largest_discount_percent == 10
    approve, _reject = workflow.ORDER_VERSION_STEPS
    with pytest.raises(StepRefused, match=director.name):
        take(approve, version.pk, OrderVersion, by=manager)
    take(approve, version.pk, OrderVersion, by=director)
    order.refresh_from_db()
    assert order.largest_discount_percent == 10


@pytest.mark.parametrize(
    ("cars", "price", "percent"), [(2, "38520", "0"), (3, "38520", "10.00"), (2, "38500", "10.05")]
)
def test_a_price_accepted_in_a_quotation_is_not_decided_on_again(cast, limits, sku, sales1, cars, price, percent):
    """Two cars at 10 % off 42,800, ordered by the end user himself; more cars or a lower price are another matter."""
    customer = make_customer()
    offered = {"sku": sku, "quantity": 2, "discount_percent": Decimal("10")}
    quotation = quotation_at("accepted", owner=sales1, customer=customer, lines=[offered])
    contract = signed_contract(customer=customer, starts_on=date(2026, 1, 1))
    order = make_order(
        contract=contract,
        customer=customer,
        quotation=quotation,
        lines=[{"sku": sku, "quantity": cars, "unit_price_amount": Decimal(price)}],
    )
    assert order.largest_discount_percent == Decimal(percent)


@pytest.mark.parametrize(
    ("prices", "percent"),
    [(("38520", "38520"), "10.00"), (("38520", "40660"), "0"), (("40660", "40660"), "0"), (("38520", "40659"), "5.00")],
)
def test_of_one_car_no_more_lines_count_as_accepted_than_were_offered(cast, limits, sku, sales1, prices, percent):
    """One car at 10 % off 42,800 and one at 5 %: not two at 10 %, nor one at a yuan less than the 5 %."""
    customer = make_customer()
    offered = [{"sku": sku, "quantity": 1, "discount_percent": Decimal(share)} for share in ("10", "5")]
    quotation = quotation_at("accepted", owner=sales1, customer=customer, lines=offered)
    order = make_order(
        contract=signed_contract(customer=customer, starts_on=date(2026, 1, 1)),
        customer=customer,
        quotation=quotation,
        lines=[{"sku": sku, "quantity": 1, "unit_price_amount": Decimal(price)} for price in prices],
    )
    assert order.largest_discount_percent == Decimal(percent)


def test_a_change_beyond_every_limit_is_not_asked_for(client, ordered, manager):
    """The sentence is that of an order: nobody's limit is high enough."""
    order = take_step(handed_in(ordered(None)), "approve", by=manager)
    client.force_login(order.owner)
    line = {"sku": order.lines.get().sku_id, "quantity": 1, "unit_price_amount": "1", "retail_price_amount": "42800"}
    form = {"reason": "降价", "lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0}
    form |= {f"lines-0-{name}": value for name, value in line.items()}
    page = client.post(reverse("contracts:order_change", args=[order.pk]), form)
    assert "没有人的权限足够" in str(page.context["form"].errors)
    assert not OrderVersion.objects.exists()

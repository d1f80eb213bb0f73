"""Orders changed after their approval: versions side by side, receivable and purchase record follow (DOMAIN 1.6)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from contracts import actions
from contracts.models import Allocation, Order, OrderVersion, Receivable
from contracts.tests.factories import (
    PRICES,
    allocate_cars,
    cars,
    clerk,
    make_order,
    move_order,
    signed_contract,
    take_step,
)
from contracts.workflow import ORDER_VERSION_STEPS
from core.errors import RuleBroken
from core.workflow import take
from customers.tests.factories import make_customer
from dealers.models import Dealer
from dealers.tests.factories import make_dealer
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_price, make_sku
from users.models import ApprovalCase
from users.tests.factories import make_approvalflow

pytestmark = pytest.mark.django_db
PRICE = Decimal("38000.00")


def decide(version: OrderVersion, name: str, **data) -> OrderVersion:
    step = next(step for step in ORDER_VERSION_STEPS if step.name == name)
    return take(step, version.pk, OrderVersion, by=data.pop("by", clerk("approver")), **data)


def ask(order: Order, *lines: dict) -> OrderVersion:
    return actions.propose_version(order.pk, by=clerk(), reason="客户加车", lines=list(lines))


def test_a_change_holds_once_somebody_else_has_approved_it(cast):
    """Two cars become three: the receivable rises by one, so does what the customer has bought."""
    customer, other = make_customer(), make_sku()
    order = make_order(status="approved", customer=customer, lines=[cars(2)])
    version = ask(order, cars(2), {"sku": other, "quantity": 1, **PRICES})
    order.refresh_from_db()
    assert (order.total_amount, version.version, version.total_amount) == (2 * PRICE, 2, 3 * PRICE)
    with pytest.raises(RuleBroken):
        decide(version, "approve", by=clerk())
    decide(version, "approve")
    order.refresh_from_db()
    assert order.total_amount == sum(order.lines.values_list("amount", flat=True)) == 3 * PRICE
    receivable = Receivable.objects.get(order=order)
    assert list(receivable.entries.order_by("pk").values_list("kind", "amount")) == [
        ("opened", 2 * PRICE),
        ("changed", PRICE),
    ]
    assert sum(customer.purchases.values_list("amount", flat=True)) == 3 * Decimal("42800")
    assert list(order.versions.order_by("version").values_list("version", "status")) == [
        (1, "superseded"),
        (2, "approved"),
    ]


def test_fewer_cars_lower_the_debt_and_close_the_order(cast):
    order = make_order(status="approved", lines=[cars(3)])
    sku = order.lines.get().sku
    allocate_cars(make_order(status="approved", lines=[cars(1)]))
    (allocation,) = actions.allocate_vehicles(
        order.lines.get().pk, by=clerk(), vehicle_ids=[make_vehicle(sku=sku).pk], reason="现车"
    )
    decide(ask(order, cars(1)), "approve")
    order.refresh_from_db()
    assert (order.status, order.total_amount) == ("allocated", PRICE)
    assert Receivable.objects.get(order=order).amount == PRICE
    assert allocation.order_line == order.lines.get()


def test_cars_that_are_allocated_stay(cast):
    order = make_order(status="allocated", lines=[cars(2)])
    with pytest.raises(RuleBroken):
        ask(order, cars(1))
    with pytest.raises(RuleBroken):
        ask(order, {"sku": make_sku(), "quantity": 1, **PRICES})
    take_step(order, "invoice", on=order.approved_on)
    with pytest.raises(RuleBroken, match="38,000.00"):
        ask(order, cars(2) | {"unit_price_amount": Decimal("37000")})
    assert not OrderVersion.objects.filter(status="submitted").exists()


def test_a_dropped_line_keeps_the_history_of_its_cars(cast):
    order = make_order(status="allocated", lines=[cars(1)])
    other = make_sku()
    allocation = Allocation.objects.get(order_line__order=order)
    actions.release_allocation(allocation.pk, by=clerk(), reason="改车型")
    decide(ask(order, {"sku": other, "quantity": 2, **PRICES}), "approve")
    order.refresh_from_db()
    assert sorted(order.lines.values_list("quantity", flat=True)) == [0, 2]
    assert order.total_amount == 2 * PRICE


def test_one_change_at_a_time_and_none_beyond_the_credit(cast):
    contract = signed_contract(dealer=make_dealer(credit_limit_amount=Decimal("50000")))
    order = make_order(status="submitted", contract=contract)
    take_step(order, "approve", by=clerk("approver"))
    version = ask(order, cars(2))
    with pytest.raises(RuleBroken):
        ask(order, cars(3))
    with pytest.raises(RuleBroken, match="26,000.00"):
        decide(version, "approve")
    decide(version, "reject", note="无额度")
    assert ask(order, cars(1)).version == 3


def test_the_salesman_asks_the_manager_sees_both_and_approves(client, sales1, manager):
    order = make_order(status="approved", owner=sales1, unit=sales1.unit)
    line = order.lines.get()
    client.force_login(sales1)
    url = reverse("contracts:order_change", args=[order.pk])
    assert url in [
        link for _label, link in client.get(reverse("contracts:order_detail", args=[order.pk])).context["links"]
    ]
    assert client.get(url).context["lines"].forms[0].initial["quantity"] == 1
    form = {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0, "lines-0-sku": line.sku_id, "lines-0-quantity": 2}
    form |= {"lines-0-unit_price_amount": "38000", "lines-0-retail_price_amount": "42800"}
    assert client.post(url, form).status_code == 200
    assert client.post(url, form | {"reason": "加一台"}).status_code == 302
    version = order.versions.get(version=2)
    client.force_login(manager)
    page = client.get(reverse("contracts:orderversion_detail", args=[version.pk]))
    assert [(row.before.quantity, row.after.quantity) for row in page.context["differences"]] == [(1, 2)]
    client.post(reverse("contracts:orderversion_step", args=[version.pk, "approve"]))
    order.refresh_from_db()
    assert order.total_amount == 2 * PRICE


def test_a_change_is_checked_like_an_order(cast):
    """Neither a price of nothing, nor one below the cost, nor more cars for a dealer who is not supplied."""
    dealer = make_dealer()
    order = make_order(status="approved", contract=signed_contract(dealer=dealer), lines=[cars(2)])
    sku = order.lines.get().sku
    make_price(configuration=sku.configuration, kind="cost", amount=Decimal("30000"))
    for price in ("0", "29999"):
        version = ask(order, cars(2) | {"unit_price_amount": Decimal(price)})
        with pytest.raises(RuleBroken, match=str(sku)):
            decide(version, "approve")
        decide(version, "reject", note="价格有误")
    Dealer.objects.filter(pk=dealer.pk).update(state="suspended")
    version = ask(order, cars(3))
    with pytest.raises(RuleBroken, match=str(dealer)):
        decide(version, "approve")
    decide(version, "reject", note="已停供")
    decide(ask(order, cars(1)), "approve")
    order.refresh_from_db()
    assert order.total_amount == PRICE


def test_an_urgent_order_grows_by_free_cars_only(cast):
    order = make_order(kind="urgent", lines=[cars(1)])
    make_vehicle(sku=order.lines.get().sku)
    order = move_order(order, "approved")
    allocate_cars(order)
    version = ask(order, cars(3))
    with pytest.raises(RuleBroken):
        decide(version, "approve")
    make_vehicle(sku=order.lines.get().sku)
    decide(version, "approve")


def test_a_change_passes_the_bands_of_its_new_total(client, sales1, manager, director):
    """The manager alone approves one car; fifty are approved by the director as well."""
    manager_step = {"kind": "role", "role": "regional_manager"}
    director_step = {"kind": "role", "role": "director", "min_amount": 100_000}
    make_approvalflow(manager_step, director_step, subject="contracts.orderversion")
    order = make_order(status="approved", owner=sales1, unit=sales1.unit)
    version = actions.propose_version(order.pk, by=sales1, reason="加车", lines=[cars(50)])
    case = ApprovalCase.objects.get(subject="contracts.orderversion", object_id=version.pk)
    assert (case.amount, case.owner, case.unit) == (50 * PRICE, sales1, sales1.unit)
    client.force_login(manager)
    assert str(version) in client.get(reverse("approvals")).content.decode()
    assert decide(version, "approve", by=manager).status == "submitted"
    assert decide(version, "approve", by=director).status == "approved"
    order.refresh_from_db()
    assert order.total_amount == 50 * PRICE


def test_the_owner_of_an_order_does_not_approve_its_change(sales1, manager):
    order = make_order(status="approved", owner=manager, unit=manager.unit)
    version = actions.propose_version(order.pk, by=sales1, reason="加车", lines=[cars(2)])
    with pytest.raises(RuleBroken):
        decide(version, "approve", by=manager)

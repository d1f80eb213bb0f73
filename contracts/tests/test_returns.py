"""Cars and sales that come back: negative rows on their own day; what happened before stays (DOMAIN 1.3, 1.6)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.models import Allocation, Invoice, Order, OrderLine, Receivable, Retail
from contracts.tests.factories import PRICES, cars, clerk, make_order, make_receipt, take_step
from core.errors import RuleBroken
from core.periods import month_of
from customers.tests.factories import make_customer
from inventory.models import Movement, Vehicle
from inventory.queries import stock_at, stock_counts, volumes
from inventory.tests.factories import make_warehouse

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
WHOLESALE, RETAIL = Decimal("38000.00"), Decimal("42800.00")


@pytest.fixture
def yard(cast):
    return make_warehouse()


def return_car(allocation: Allocation, yard, **fields) -> Allocation:
    values = {"by": clerk(), "on": TODAY(), "warehouse": yard, "reason": "质量问题"}
    return actions.return_car(allocation.pk, **values | fields)


def bought(customer) -> tuple[Decimal, int]:
    sums = customer.purchases.aggregate(amount=Sum("amount"), cars=Sum("car_count"))
    return sums["amount"] or Decimal(0), sums["cars"] or 0


@pytest.mark.parametrize("status", ["invoiced", "shipped", "received", "retailed"])
def test_a_car_returned_from_anywhere_is_credited_and_free_again(yard, status):
    """Two cars for a customer; one comes back: half is owed, one is bought, one stands in the factory."""
    customer = make_customer()
    order = make_order(status=status, customer=customer, lines=[cars(2)])
    allocation = Allocation.objects.filter(order_line__order=order).first()
    returned = return_car(allocation, yard)

    assert returned.status == "returned"
    assert sorted(order.invoices.values_list("amount", flat=True)) == [-WHOLESALE, WHOLESALE, WHOLESALE]
    receivable = Receivable.objects.get(order=order)
    assert receivable.amount == WHOLESALE
    assert list(receivable.entries.order_by("pk").values_list("kind", "amount")) == [
        ("opened", 2 * WHOLESALE),
        ("returned", -WHOLESALE),
    ]
    assert bought(customer) == (RETAIL, 1)
    order.refresh_from_db()
    assert (order.status, order.total_amount) == (status, 2 * WHOLESALE)
    car = Vehicle.objects.get(pk=allocation.vehicle_id)
    assert (car.state, car.dealer, car.warehouse, car.certificate.holder) == ("in_factory", None, yard, "factory")
    counts, flow = stock_counts(Vehicle.objects.all()), volumes(Movement.objects.all(), month_of(TODAY()))
    assert (counts.factory, counts.produced) == (1, 2)
    assert flow.wholesale == 1
    assert flow.retail == sum(Retail.objects.values_list("quantity", flat=True)) == (status == "retailed")


def test_a_returned_car_is_sold_anew_and_leaves_the_first_order_alone(yard):
    order = make_order(status="received")
    allocation = Allocation.objects.get(order_line__order=order)
    return_car(allocation, yard)
    order.refresh_from_db()
    assert order.status == "taken_back"
    other = make_order(status="approved", lines=[{"sku": allocation.vehicle.sku, "quantity": 1, **PRICES}])
    actions.allocate_vehicles(other.lines.get().pk, by=clerk(), vehicle_ids=[allocation.vehicle_id])
    take_step(other, "invoice", on=TODAY())
    assert Allocation.objects.live().get(vehicle=allocation.vehicle).order_line.order == other
    assert Invoice.objects.aggregate(sum=Sum("amount"))["sum"] == WHOLESALE


def test_money_received_for_a_returned_car_becomes_a_prepayment(yard):
    order = make_order(status="received")
    receipt = make_receipt(receivable=order.receivable, amount=WHOLESALE)
    return_car(Allocation.objects.get(order_line__order=order), yard)
    receipt.refresh_from_db()
    receivable = Receivable.objects.get(order=order)
    assert (receivable.amount, receivable.received_amount, receipt.prepaid_amount) == (0, 0, WHOLESALE)


def test_an_order_that_received_money_can_be_cancelled(cast):
    """30,000 of 38,000 yuan were paid: they stay with the payer."""
    customer = make_customer()
    order = make_order(status="allocated", customer=customer)
    receipt = make_receipt(receivable=order.receivable, amount=Decimal("30000"))
    take_step(order, "cancel", note="客户放弃")
    receipt.refresh_from_db()
    assert receipt.prepaid_amount == Decimal("30000.00")
    assert Receivable.objects.get(order=order).outstanding_amount == 0
    assert bought(customer) == (0, 0)


def test_a_sale_is_taken_back_on_its_day_and_the_car_sold_to_somebody_else(yard):
    """The month of the sale keeps its figure; the car goes to a second buyer at another price."""
    first, second = make_customer(), make_customer()
    order = make_order(status="received")
    allocation = Allocation.objects.get(order_line__order=order)
    retail = actions.retail_car(allocation.pk, by=clerk(), retailed_on=TODAY(), customer=first)
    reversal = actions.take_back_retail(retail.pk, by=clerk(), on=TODAY(), reason="客户退车")
    assert (reversal.quantity, reversal.reverses, bought(first)) == (-1, retail, (0, 0))
    order.refresh_from_db()
    assert order.status == "received"
    assert Vehicle.objects.get().state == "at_dealer"
    again = actions.retail_car(
        allocation.pk, by=clerk(), retailed_on=TODAY(), customer=second, price_amount=Decimal("40000")
    )
    assert again.is_live
    assert bought(second) == (Decimal("40000.00"), 1)
    assert Retail.objects.counted().aggregate(cars=Sum("quantity"))["cars"] == 1
    with pytest.raises(RuleBroken):
        actions.take_back_retail(retail.pk, by=clerk(), on=TODAY(), reason="再退")


def test_a_sale_to_another_than_the_orders_customer_is_undone_for_both(cast):
    waiting, walked_in = make_customer(), make_customer()
    order = make_order(status="received", customer=waiting)
    allocation = Allocation.objects.get(order_line__order=order)
    for _ in range(2):
        retail = actions.retail_car(allocation.pk, by=clerk(), retailed_on=TODAY(), customer=walked_in)
        assert (bought(waiting), bought(walked_in)) == ((0, 0), (RETAIL, 1))
        actions.take_back_retail(retail.pk, by=clerk(), on=TODAY(), reason="退车")
        assert (bought(waiting), bought(walked_in)) == ((RETAIL, 1), (0, 0))


def test_months_that_are_over_are_not_touched(yard):
    order = make_order(status="received")
    allocation = Allocation.objects.get(order_line__order=order)
    last_month = TODAY().replace(day=1) - timedelta(days=1)
    Movement.objects.all()
    with pytest.raises(RuleBroken, match="on|day|日期"):
        return_car(allocation, yard, on=last_month)
    with pytest.raises(RuleBroken):
        return_car(allocation, yard, on=TODAY() + timedelta(days=1))


def test_the_stock_of_an_earlier_day_stays_after_a_return(yard):
    order = make_order(status="received")
    before = stock_at(Vehicle.objects.all(), TODAY())
    assert before.at_dealers == 1
    return_car(Allocation.objects.get(order_line__order=order), yard)
    yesterday = stock_at(Vehicle.objects.all(), TODAY() - timedelta(days=1))
    assert (yesterday.at_dealers, yesterday.factory) == (0, 1)
    assert stock_at(Vehicle.objects.all(), TODAY()).factory == 1


@pytest.mark.parametrize("status", ["allocated", "approved"])
def test_a_car_that_is_not_invoiced_is_not_returned(yard, status):
    order = make_order(status="allocated")
    allocation = Allocation.objects.get(order_line__order=order)
    if status == "approved":
        actions.release_allocation(allocation.pk, by=clerk(), reason="释放")
    with pytest.raises(RuleBroken):
        return_car(allocation, yard)
    assert not OrderLine.objects.filter(returned_count__gt=0).exists()


def test_part_of_an_order_is_shipped_and_received_with_damage(client, stock, dealer, finance):
    """Three cars: two are shipped, one of them arrives damaged, the third follows."""
    order = make_order(status="invoiced", lines=[cars(3)], unit=dealer.unit)
    first, second, third = Allocation.objects.filter(order_line__order=order).order_by("pk")
    url = reverse("contracts:order_step", args=[order.pk, "ship"])
    client.force_login(stock)
    assert client.get(url).context["form"].fields["cars"].initial == [first.pk, second.pk, third.pk]
    assert client.post(url, {"on": TODAY(), "carrier": "龙运"}).context["form"].errors["cars"]
    client.post(url, {"on": TODAY(), "carrier": "龙运", "cars": [first.pk, second.pk]})
    order.refresh_from_db()
    assert order.status == "invoiced"
    delivery = order.deliveries.get()

    url = reverse("contracts:order_step", args=[order.pk, "receive"])
    client.force_login(dealer)
    form = {"on": TODAY(), "cars": [first.pk], "damage": "左前门划伤"}
    assert client.post(url, form).status_code == 200
    assert client.post(url, form | {"damaged": [second.pk]}).status_code == 200
    client.post(url, form | {"damaged": [first.pk]})
    first.refresh_from_db()
    assert (first.status, first.damage) == ("received", "左前门划伤")
    assert Movement.objects.get(vehicle=first.vehicle, kind="received").note == "左前门划伤"
    delivery.refresh_from_db()
    assert delivery.received_on is None
    client.post(url, {"on": TODAY(), "damage": ""})
    delivery.refresh_from_db()
    assert delivery.received_on == TODAY()
    damaged = client.get(reverse("contracts:allocation_list"), {"is_damaged": "true"})
    assert [row.pk for row in damaged.context["rows"]] == [first.pk]


def test_finance_returns_a_car_and_the_manager_takes_a_sale_back_in_the_browser(client, finance, manager, yard):
    order = make_order(status="retailed", unit=manager.unit)
    retail = Retail.objects.get()
    Retail.objects.update(unit=manager.unit)
    client.force_login(manager)
    page = client.get(reverse("contracts:retail_detail", args=[retail.pk]))
    url = reverse("contracts:retail_take_back", args=[retail.pk])
    assert url in [url for _label, url in page.context["links"]]
    assert client.post(url, {"on": TODAY(), "reason": "客户退车"}).status_code == 302
    allocation = retail.allocation
    client.force_login(finance)
    page = client.get(reverse("contracts:allocation_detail", args=[allocation.pk]))
    url = reverse("contracts:allocation_return", args=[allocation.pk])
    assert url in [url for _label, url in page.context["links"]]
    assert client.post(url, {"on": TODAY(), "warehouse": yard.pk, "reason": ""}).status_code == 200
    assert client.post(url, {"on": TODAY(), "warehouse": yard.pk, "reason": "退网"}).status_code == 302
    assert Order.objects.get(pk=order.pk).status == "taken_back"
    client.force_login(manager)
    assert client.get(url).status_code == 403

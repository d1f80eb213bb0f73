"""What an order takes from its quotation, what it leaves behind when it is cancelled, and what it cannot hold."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts.models import Allocation, Contract, Order, Quotation
from contracts.tasks import release_expired
from contracts.tests.factories import (
    clerk,
    make_allocation,
    make_order,
    make_quotation,
    quotation_at,
    signed_contract,
    take_step,
)
from contracts.tests.test_pages import lines
from core.models import Notice
from customers.models import Opportunity
from customers.tests.factories import make_customer, make_opportunity
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_price, make_sku

pytestmark = pytest.mark.django_db


def quoted(customer, sku) -> Quotation:
    return quotation_at(
        "accepted", customer=customer, lines=[{"sku": sku, "quantity": 3, "unit_price_amount": Decimal("39900.00")}]
    )


def order_from(client, quotation: Quotation, contract: Contract, **form):
    """Open the form as "Make an order" does and send what it proposes."""
    url = f"{reverse('contracts:order_add')}?quotation={quotation.pk}"
    shown = client.get(url).context["lines"].forms[0].initial
    row = {name: getattr(value, "pk", value) for name, value in shown.items()}
    posted = {"contract": contract.pk, "kind": "regular", "quotation": quotation.pk, "note": "", **form, **lines(row)}
    return client.post(url, posted)


def test_a_key_account_that_buys_direct_is_invoiced_the_quoted_price(client, director, sku):
    client.force_login(director)
    account = make_customer()
    order_from(client, quoted(account, sku), signed_contract(customer=account))
    order = Order.objects.get()
    line = order.lines.get()
    assert (order.is_direct, order.total_amount) == (True, Decimal("119700.00"))
    assert (line.unit_price_amount, line.retail_price_amount) == (Decimal("39900.00"), Decimal("39900.00"))


def test_a_dealer_is_invoiced_the_wholesale_price_of_what_he_quoted(client, director, sku):
    client.force_login(director)
    customer = make_customer()
    order_from(client, quoted(customer, sku), signed_contract(), customer=customer.pk)
    line = Order.objects.get().lines.get()
    assert (line.unit_price_amount, line.retail_price_amount) == (Decimal("38000.00"), Decimal("39900.00"))


def test_an_order_is_not_made_from_the_quotation_or_opportunity_of_somebody_else(client, director, sku):
    client.force_login(director)
    mine, other = make_customer(), make_customer()
    page = order_from(client, quoted(other, sku), signed_contract(), customer=mine.pk)
    assert other.name in str(page.context["form"].errors["quotation"])
    page = order_from(
        client,
        quoted(mine, sku),
        signed_contract(),
        customer=mine.pk,
        opportunity=make_opportunity(customer=other).pk,
    )
    assert other.name in str(page.context["form"].errors["opportunity"])
    assert not Order.objects.exists()


def test_cars_and_prices_beyond_what_a_total_holds_are_refused(client, director, sku):
    client.force_login(director)
    row = {"sku": sku.pk, "quantity": 9999, "unit_price_amount": "9999999999.99", "retail_price_amount": ""}
    form = {"contract": signed_contract().pk, "kind": "regular", "note": "", **lines(row)}
    page = client.post(reverse("contracts:order_add"), form)
    assert "99,989,999,999,900.01" in str(page.context["form"].non_field_errors())
    dear = make_sku()
    make_price(configuration=dear.configuration, amount=Decimal("9999999999.99"))
    row = {"sku": dear.pk, "quantity": 9999}
    valid_until = timezone.localdate() + timedelta(days=7)
    form = {"customer": make_customer().pk, "valid_until": valid_until, "note": "", **lines(row)}
    page = client.post(reverse("contracts:quotation_add"), form)
    assert "99,989,999,999,900.01" in str(page.context["form"].non_field_errors())


def test_cancelling_the_last_order_reopens_the_opportunity_it_had_won(cast):
    opportunity = make_opportunity()
    orders = [
        make_order(status="approved", customer=opportunity.customer, opportunity=opportunity) for _number in range(2)
    ]
    for order, status, probability in zip(orders, ("won", "open"), (100, 20), strict=True):
        take_step(order, "cancel", by=clerk("approver"), note="客户取消采购")
        opportunity.refresh_from_db()
        assert opportunity.status == status
        assert Opportunity.objects.values_list("stage__probability", flat=True).get() == probability
    assert opportunity.closed_at is None


def test_a_signed_contract_keeps_won_what_a_cancelled_order_had_won_too(cast):
    opportunity = make_opportunity()
    quotation = make_quotation(customer=opportunity.customer, opportunity=opportunity)
    order = make_order(status="approved", customer=opportunity.customer, opportunity=opportunity)
    contract = signed_contract()
    Contract.objects.filter(pk=contract.pk).update(quotation=quotation)
    take_step(order, "cancel", by=clerk("approver"), note="客户改期")
    opportunity.refresh_from_db()
    assert opportunity.status == "won"


@pytest.mark.parametrize("late_fact", ["approved_on", "produced_on"])
def test_no_car_is_invoiced_before_its_order_was_approved_or_it_was_built(client, director, finance, late_fact):
    order = make_order(status="allocated")
    yesterday = timezone.localdate() - timedelta(days=1)
    vehicle = order.lines.get().allocations.get().vehicle
    for record, field in ((order, "approved_on"), (vehicle, "produced_on")):
        day = timezone.localdate() if field == late_fact else yesterday - timedelta(days=9)
        type(record).objects.filter(pk=record.pk).update(**{field: day})
    client.force_login(finance)
    url = reverse("contracts:order_step", args=[order.pk, "invoice"])
    assert client.post(url, {"on": yesterday}).context["form"].errors["on"]
    assert not order.invoices.exists()
    client.post(url, {"on": timezone.localdate()})
    assert order.invoices.count() == 1


def test_cars_are_not_reserved_until_a_day_that_has_passed(client, stock):
    order = make_order(status="approved")
    car = make_vehicle(sku=order.lines.get().sku)
    client.force_login(stock)
    url = reverse("contracts:order_allocate", args=[order.pk])
    yesterday = timezone.localdate() - timedelta(days=1)
    page = client.post(url, {"vehicles": [car.pk], "reserved_until": yesterday})
    assert page.context["form"].errors["reserved_until"]
    assert not Allocation.objects.exists()
    client.post(url, {"vehicles": [car.pk], "reserved_until": timezone.localdate()})
    assert Allocation.objects.get().vehicle == car


def test_the_night_frees_the_cars_whose_reservation_has_ended(sales1):
    today = timezone.localdate()
    kept, ended, invoiced = [make_allocation(owner=sales1, unit=sales1.unit) for _number in range(3)]
    Allocation.objects.filter(pk=kept.pk).update(reserved_until=today)
    Allocation.objects.filter(pk__in=[ended.pk, invoiced.pk]).update(reserved_until=today - timedelta(days=1))
    Allocation.objects.filter(pk=invoiced.pk).update(status="invoiced")
    release_expired()
    release_expired()
    assert list(Allocation.objects.order_by("pk").values_list("status", flat=True)) == [
        "reserved",
        "cancelled",
        "invoiced",
    ]
    assert Order.objects.get(lines__allocations=ended).status == "approved"
    (notice,) = Notice.objects.filter(user=sales1, message__contains="reservation")
    assert notice.parameters == {"vin": ended.vehicle.vin, "order": ended.order_line.order.number}

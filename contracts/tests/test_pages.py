"""The pages of contracts and orders as people use them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts.models import Allocation, Contract, Order, Quotation, Receipt, Retail
from contracts.tests.factories import (
    PRICES,
    clerk,
    make_order,
    make_quotation,
    make_receivable,
    move_order,
    signed_contract,
)
from customers.tests.factories import make_customer, make_opportunity
from dealers.tests.factories import make_dealer
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_sku

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def lines(*rows: dict) -> dict:
    form = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0}
    return form | {f"lines-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def post(client, name: str, *args, **form):
    return client.post(reverse(f"contracts:{name}", args=args), form)


@pytest.fixture
def harbin(dealer):
    return make_dealer(unit=dealer.unit)


def test_the_walk_from_quotation_to_receipt_in_the_browser(
    client, sku, harbin, dealer, dealer_sales, manager, stock, finance
):
    """The dealer quotes, orders and submits; manager, stock keeper and finance do their part; the dealer retails."""
    contract = signed_contract(dealer=harbin)
    taxi = make_customer(unit=dealer.unit, owner=dealer)
    opportunity = make_opportunity(customer=taxi)

    client.force_login(dealer)
    valid_until = TODAY() + timedelta(days=14)
    post(
        client,
        "quotation_add",
        customer=taxi.pk,
        opportunity=opportunity.pk,
        valid_until=valid_until,
        **lines({"sku": sku.pk, "quantity": 2, "unit_price_amount": ""}),
    )
    quotation = Quotation.objects.get()
    assert quotation.total_amount == Decimal("85600.00")
    post(client, "quotation_step", quotation.pk, "send")
    post(client, "quotation_step", quotation.pk, "accept")
    page = client.get(reverse("contracts:quotation_detail", args=[quotation.pk]))
    make_order_url = page.context["links"][-1][1]
    form = client.get(make_order_url)
    assert form.context["form"].initial["customer"] == str(taxi.pk)
    assert form.context["lines"].forms[0].initial["quantity"] == 2

    post(
        client,
        "order_add",
        contract=contract.pk,
        kind="regular",
        buyer_dealer=harbin.pk,
        customer=taxi.pk,
        opportunity=opportunity.pk,
        quotation=quotation.pk,
        **lines({"sku": sku.pk, "quantity": 2, "retail_price_amount": "42800"}),
    )
    order = Order.objects.get()
    assert (order.total_amount, order.unit) == (Decimal("76000.00"), dealer.unit)
    post(client, "order_step", order.pk, "submit")

    client.force_login(manager)
    assert post(client, "order_step", order.pk, "approve").status_code == 302
    order.refresh_from_db()
    assert order.status == "approved"

    client.force_login(stock)
    old, young = (make_vehicle(sku=sku, produced_on=TODAY() - timedelta(days=days)) for days in (40, 20))
    make_vehicle(sku=sku, produced_on=TODAY())
    page = client.get(reverse("contracts:order_allocate", args=[order.pk]))
    assert page.context["form"].initial["vehicles"] == [old.pk, young.pk]
    post(client, "order_allocate", order.pk, vehicles=[old.pk, young.pk])
    client.force_login(finance)
    cars = list(Allocation.objects.values_list("pk", flat=True))
    post(client, "order_step", order.pk, "invoice", on=TODAY(), cars=cars)
    client.force_login(stock)
    post(client, "order_step", order.pk, "ship", on=TODAY(), carrier="长久物流", cars=cars)
    client.force_login(dealer)
    post(client, "order_step", order.pk, "receive", on=TODAY(), cars=cars)
    order.refresh_from_db()
    assert order.status == "received"

    for allocation in Allocation.objects.order_by("pk"):
        page = client.get(reverse("contracts:allocation_retail", args=[allocation.pk]))
        assert page.context["form"].initial["customer"] == taxi.pk
        response = post(
            client,
            "allocation_retail",
            allocation.pk,
            customer=taxi.pk,
            retailed_on=TODAY(),
            price_amount="42800",
            usage_kind="taxi",
        )
        assert response.status_code == 302
    order.refresh_from_db()
    assert order.status == "retailed"
    assert set(Retail.objects.values_list("sold_by", "usage_kind")) == {(dealer.pk, "taxi")}

    client.force_login(finance)
    form = {"payer_dealer": harbin.pk, "amount": "36000", "received_on": TODAY(), "method": "transfer"}
    assert post(client, "receipt_add", **form, reference="ICBC-1").status_code == 302
    order.receivable.refresh_from_db()
    assert order.receivable.outstanding_amount == Decimal("40000.00")
    refused = post(client, "receipt_add", **form, reference="ICBC-1")
    assert "SK-" in str(refused.context["form"].errors["reference"])
    assert Receipt.objects.count() == 1
    page = client.get(reverse("contracts:order_detail", args=[order.pk]))
    assert page.status_code == 200
    assert "40,000.00" in page.content.decode()


def test_the_dealers_people_choose_no_other_buyer_and_no_wholesale_price(client, sku, harbin, dealer):
    other = make_dealer()
    contract = signed_contract(dealer=harbin)
    client.force_login(dealer)
    page = client.get(reverse("contracts:order_add"))
    assert list(page.context["form"].fields["buyer_dealer"].queryset) == [harbin]
    assert "unit_price_amount" not in page.context["lines"].forms[0].fields
    row = {"sku": sku.pk, "quantity": 1, "unit_price_amount": "1"}
    refused = post(client, "order_add", contract=contract.pk, kind="regular", buyer_dealer=other.pk, **lines(row))
    assert refused.context["form"].errors["buyer_dealer"]
    post(client, "order_add", contract=contract.pk, kind="regular", buyer_dealer=harbin.pk, **lines(row))
    assert Order.objects.get().total_amount == Decimal("38000.00")


def test_a_salesman_orders_for_a_dealer_of_his_region_and_changes_the_draft(client, sku, harbin, sales1):
    contract = signed_contract(dealer=harbin)
    client.force_login(sales1)
    form = {"contract": contract.pk, "kind": "urgent"}
    post(client, "order_add", **form, **lines({"sku": sku.pk, "quantity": 2, "unit_price_amount": "37500"}))
    order = Order.objects.get()
    assert (order.buyer, order.owner, order.total_amount) == (harbin, sales1, Decimal("75000.00"))
    page = client.get(reverse("contracts:order_edit", args=[order.pk]))
    assert page.context["lines"].forms[0].initial["quantity"] == 2
    form |= {"buyer_dealer": harbin.pk}
    post(client, "order_edit", order.pk, **form, **lines({"sku": sku.pk, "quantity": 3, "unit_price_amount": "37000"}))
    order.refresh_from_db()
    assert order.total_amount == Decimal("111000.00")
    assert order.lines.get().quantity == 3


def test_an_order_needs_lines_and_prices(client, harbin, sales1):
    contract = signed_contract(dealer=harbin)
    client.force_login(sales1)
    form = {"contract": contract.pk, "kind": "regular"}
    assert post(client, "order_add", **form, **lines()).context["lines"].non_form_errors()
    refused = post(client, "order_add", **form, **lines({"sku": make_sku().pk, "quantity": 1}))
    assert refused.context["form"].non_field_errors()
    assert not Order.objects.exists()


def test_a_contract_names_the_partner_its_kind_asks_for(client, harbin, manager):
    client.force_login(manager)
    form = {
        "kind": "annual_dealer",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "agreed_count": 300,
        "agreed_amount": "12000000",
        "payment_days": 30,
        "deposit_percent": "20",
        "deposit_days": 3,
        "instalment_count": 1,
    }
    assert post(client, "contract_add", **form).context["form"].errors
    assert post(client, "contract_add", **form | {"ends_on": "2025-12-31"}, dealer=harbin.pk).context["form"].errors
    for day in ("9999-12-31", "9999-11-30"):
        refused = post(client, "contract_add", **form | {"ends_on": day}, dealer=harbin.pk)
        assert "ends_on" in refused.context["form"].errors
    assert post(client, "contract_add", **form, dealer=harbin.pk).status_code == 302
    contract = Contract.objects.get()
    assert (contract.unit, contract.number[:3]) == (harbin.unit, "HT-")


def test_strangers_find_nothing(client, harbin, dealer2, sales2):
    order = make_order(contract=signed_contract(dealer=harbin), status="received")
    allocation = Allocation.objects.get()
    for person in (dealer2, sales2):
        client.force_login(person)
        assert client.get(reverse("contracts:order_detail", args=[order.pk])).status_code == 404
        assert client.get(reverse("contracts:allocation_retail", args=[allocation.pk])).status_code in (403, 404)
        assert client.post(reverse("contracts:order_step", args=[order.pk, "receive"])).status_code in (403, 404)


def test_a_refused_allocation_is_shown_as_a_sentence(client, stock):
    order = make_order(status="approved")
    car = make_vehicle(sku=order.lines.get().sku)
    client.force_login(stock)
    url = reverse("contracts:order_allocate", args=[order.pk])
    client.get(url)
    rival = make_order(status="approved", lines=[{"sku": car.sku, "quantity": 1, **PRICES}])
    client.post(reverse("contracts:order_allocate", args=[rival.pk]), {"vehicles": [car.pk]})
    refused = client.post(url, {"vehicles": [car.pk]})
    assert refused.status_code == 200
    assert f"“{car}”刚刚" in str(refused.context["form"].non_field_errors())
    assert rival.number in str(refused.context["form"].non_field_errors())
    assert Allocation.objects.count() == 1


def test_a_reserved_car_is_released_in_the_browser(client, stock):
    order = make_order(status="allocated")
    allocation = Allocation.objects.get()
    client.force_login(stock)
    assert client.get(reverse("contracts:allocation_detail", args=[allocation.pk])).status_code == 200
    assert post(client, "allocation_release", allocation.pk, reason="调换颜色").status_code == 302
    order.refresh_from_db()
    assert order.status == "approved"


def test_buttons_are_offered_when_they_lead_somewhere(client, stock, finance):
    order = make_order(status="approved")
    url = reverse("contracts:order_detail", args=[order.pk])
    client.force_login(finance)
    assert [step.name for step in client.get(url).context["steps"]] == []
    move_order(order, "allocated")
    assert [step.name for step in client.get(url).context["steps"]] == ["invoice"]
    move_order(order, "invoiced")
    client.force_login(stock)
    assert [step.name for step in client.get(url).context["steps"]] == ["ship"]


def test_settled_receivables_leave_the_open_list(client, finance):
    receivable = make_receivable()
    client.force_login(finance)
    url = reverse("contracts:receivable_list")
    assert len(client.get(url, {"is_open": "true"}).context["rows"]) == 1
    form = {"amount": "38000", "received_on": TODAY(), "method": "cash", "reference": "X1"}
    post(client, "receipt_add", payer_dealer=receivable.buyer_dealer_id, **form)
    assert client.get(url, {"is_open": "true"}).context["rows"] == []
    assert len(client.get(url, {"is_open": "false"}).context["rows"]) == 1


def test_an_offer_of_yesterday_is_refused(client, sku, sales1):
    customer = make_customer(unit=sales1.unit, owner=sales1)
    client.force_login(sales1)
    form = {"customer": customer.pk, "valid_until": TODAY() - timedelta(days=1)}
    refused = post(client, "quotation_add", **form, **lines({"sku": sku.pk, "quantity": 1}))
    assert refused.context["form"].errors["valid_until"]


def test_no_order_form_takes_over_a_strangers_quotation(client, dealer2):
    make_dealer(unit=dealer2.unit)
    quotation = make_quotation(owner=clerk())
    client.force_login(dealer2)
    page = client.get(reverse("contracts:order_add"), {"quotation": quotation.pk})
    assert all(not form.initial for form in page.context["lines"].forms)


@pytest.mark.parametrize(("status", "is_offered"), [("draft", True), ("submitted", False), ("retailed", False)])
def test_edit_is_offered_while_an_order_may_be_changed(client, manager, status, is_offered):
    found = make_order(unit=manager.unit, owner=manager, status=status)
    client.force_login(manager)
    assert client.get(reverse("contracts:order_detail", args=[found.pk])).context["can_change"] is is_offered


def test_a_car_is_neither_given_away_nor_sold_twice(client, dealer, harbin):
    make_order(status="received", contract=signed_contract(dealer=harbin))
    allocation = Allocation.objects.get()
    customer = make_customer(owner=dealer, unit=dealer.unit)
    sale = {"customer": customer.pk, "retailed_on": TODAY(), "usage_kind": "household"}
    client.force_login(dealer)
    free = post(client, "allocation_retail", allocation.pk, **sale, price_amount="0")
    assert "price_amount" in free.context["form"].errors
    assert post(client, "allocation_retail", allocation.pk, **sale, price_amount="42800").status_code == 302
    again = post(client, "allocation_retail", allocation.pk, **sale, price_amount="42800")
    assert "已经零售" in str(again.context["form"].non_field_errors())

"""Retail per second-tier outlet: who hands the car over, who sees it, what each outlet sold."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.forms import ContractForm, OrderForm
from contracts.models import Allocation, Contract, Retail
from contracts.tests.factories import cars, clerk, make_order, signed_contract
from core.errors import RuleBroken
from customers.tests.factories import make_customer
from dealers.models import Dealer
from dealers.tests.factories import make_dealer
from users.access import Role
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def harbin(dealer):
    return make_dealer(unit=dealer.unit)


@pytest.fixture
def outlet(harbin):
    return make_dealer(unit=harbin.unit, parent=harbin, name="双城二级网点")


@pytest.fixture
def received(harbin, outlet):
    """Three cars in the yard of the Harbin dealer."""
    order = make_order(contract=signed_contract(dealer=harbin), lines=[cars(3)], status="received")
    return list(Allocation.objects.filter(order_line__order=order).order_by("pk"))


def sell(allocation: Allocation, **fields) -> Retail:
    values = {"by": clerk(), "retailed_on": TODAY(), "customer": make_customer()}
    return actions.retail_car(allocation.pk, **values | fields)


def listed(client, **query) -> set[int]:
    return {row.pk for row in client.get(reverse("contracts:retail_list"), query).context["rows"]}


def retail_form(client, allocation: Allocation):
    return client.get(reverse("contracts:allocation_retail", args=[allocation.pk])).context["form"]


def test_the_form_offers_the_outlets_of_the_dealer_and_enters_the_one_chosen(client, dealer, outlet, received):
    make_dealer(unit=outlet.unit.parent, parent=outlet.parent, state=Dealer.State.EXITED)
    make_dealer(unit=make_dealer().unit, parent=make_dealer())
    client.force_login(dealer)
    assert list(retail_form(client, received[0]).fields["outlet"].queryset) == [outlet]
    form = {"retailed_on": TODAY(), "price_amount": "42800", "usage_kind": "household", "outlet": outlet.pk}
    form["customer"] = make_customer(unit=dealer.unit, owner=dealer).pk
    answer = client.post(reverse("contracts:allocation_retail", args=[received[0].pk]), form)
    assert answer.status_code == 302
    retail = Retail.objects.get()
    assert (retail.dealer, retail.outlet, retail.unit) == (outlet.parent, outlet, dealer.unit)
    assert outlet.name in client.get(reverse("contracts:retail_list")).content.decode()


def test_where_the_dealer_has_no_outlet_the_form_does_not_ask(client, dealer, harbin):
    order = make_order(contract=signed_contract(dealer=harbin), status="received")
    client.force_login(dealer)
    assert "outlet" not in retail_form(client, Allocation.objects.get(order_line__order=order)).fields


@pytest.mark.parametrize("whose", ["another dealer", "first tier", "left the network"])
def test_only_an_outlet_of_the_dealer_hands_his_car_over(received, harbin, outlet, whose):
    if whose == "another dealer":
        outlet = make_dealer(parent=make_dealer())
    elif whose == "first tier":
        outlet = harbin
    else:
        Dealer.objects.filter(pk=outlet.pk).update(state=Dealer.State.EXITED)
    with pytest.raises(RuleBroken) as refusal:
        sell(received[0], outlet=outlet)
    assert "outlet" in refusal.value.message_dict
    assert not Retail.objects.exists()


def test_a_sale_taken_back_is_taken_from_the_outlet_that_made_it(client, director, received, outlet):
    kept, returned = sell(received[0], outlet=outlet), sell(received[1], outlet=outlet)
    reversal = actions.take_back_retail(returned.pk, by=director, on=TODAY(), reason="客户退车")
    assert reversal.outlet == outlet
    client.force_login(director)
    assert listed(client, dealer=outlet.pk) == {kept.pk, returned.pk, reversal.pk}


def test_people_of_an_outlet_see_what_it_sold_and_nothing_else(client, dealer, harbin, outlet, received):
    neighbour = make_dealer(unit=harbin.unit, parent=harbin)
    own, others = sell(received[0], outlet=outlet), [sell(received[1], outlet=neighbour), sell(received[2])]
    client.force_login(make_user(unit=outlet.unit, roles=[Role.DEALER_MANAGER]))
    assert listed(client) == {own.pk}
    page = client.get(reverse("contracts:retail_detail", args=[own.pk]))
    assert page.status_code == 200
    assert reverse("inventory:vehicle_detail", args=[own.vehicle_id]) not in page.content.decode()
    for retail in others:
        assert client.get(reverse("contracts:retail_detail", args=[retail.pk])).status_code == 404
    client.force_login(dealer)
    assert listed(client) == {own.pk, *(retail.pk for retail in others)}


def test_each_figure_of_an_outlet_leads_to_its_rows(client, director, harbin, outlet, received):
    by_outlet = [sell(received[0], outlet=outlet), sell(received[1], outlet=outlet)]
    by_dealer = sell(received[2])
    elsewhere = make_order(contract=signed_contract(dealer=make_dealer()), status="retailed")
    client.force_login(director)
    page = client.get(reverse("contracts:outlets"))
    found = [(row.dealer_name, row.outlet_name, row.count, url) for row, url in page.context["rows"]]
    assert [row[:3] for row in found] == [(harbin.name, None, 1), (harbin.name, outlet.name, 2)]
    assert {row.pk for row in client.get(found[0][3]).context["rows"]} == {by_dealer.pk}
    assert {row.pk for row in client.get(found[1][3]).context["rows"]} == {retail.pk for retail in by_outlet}
    assert page.context["total"] == 3
    assert not client.get(reverse("contracts:outlets"), {"dealer": elsewhere.buyer_dealer_id}).context["rows"]
    assert (
        reverse("contracts:outlets") in client.get(reverse("dealers:dealer_detail", args=[harbin.pk])).content.decode()
    )


def test_retail_by_outlet_counts_the_days_of_the_period_and_takes_returns_off(client, director, outlet, received):
    sold = sell(received[0], outlet=outlet)
    actions.take_back_retail(sell(received[1], outlet=outlet).pk, by=director, on=TODAY(), reason="客户退车")
    client.force_login(director)

    def cars_between(first, last):
        rows = client.get(reverse("contracts:outlets"), {"from_day": first, "to_day": last}).context["rows"]
        return [(row.outlet_id, row.count, row.amount) for row, _url in rows]

    yesterday = TODAY() - timedelta(days=1)
    assert cars_between(TODAY(), TODAY()) == [(outlet.pk, 1, sold.price_amount)]
    assert cars_between(yesterday, yesterday) == []


def test_a_contract_is_made_with_the_first_tier(director, harbin, outlet):
    terms = {"kind": Contract.Kind.ANNUAL_DEALER, "starts_on": TODAY(), "ends_on": TODAY()}
    with pytest.raises(RuleBroken) as refusal:
        actions.add_contract(by=director, dealer=outlet, **terms)
    assert harbin.name in str(refusal.value.message_dict["dealer"])
    offered = ContractForm(user=director).fields["dealer"].queryset
    assert harbin in offered and outlet not in offered


def test_an_order_is_placed_by_the_first_tier(director, harbin, outlet):
    contract = signed_contract(dealer=harbin)
    with pytest.raises(RuleBroken) as refusal:
        actions.place_order(by=director, contract=contract, buyer_dealer=outlet, lines=[cars(1)])
    assert harbin.name in str(refusal.value.message_dict["buyer_dealer"])
    offered = OrderForm(user=director).fields["buyer_dealer"].queryset
    assert harbin in offered and outlet not in offered

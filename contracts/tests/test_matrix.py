"""Order entry by matrix: configurations below one another, colours beside one another."""

from decimal import Decimal

import pytest
from django.urls import reverse

from contracts.models import Order
from contracts.tests.factories import signed_contract
from dealers.tests.factories import make_dealer
from products.models import Price
from products.tests.factories import (
    make_colour,
    make_configuration,
    make_price,
    make_series,
    make_sku,
    make_vehiclemodel,
)

pytestmark = pytest.mark.django_db
URL = "contracts:order_matrix"


@pytest.fixture
def contract(dealer):
    return signed_contract(dealer=make_dealer(unit=dealer.unit))


@pytest.fixture
def cars():
    """Two configurations at 38,000 and 41,000 yuan in silver; the dearer one in red, too; one in red out of sale."""
    model = make_vehiclemodel(series=make_series(name="路宝"))
    plain, rich = (make_configuration(vehicle_model=model, code=code, name=code) for code in ("A", "B"))
    silver, red, black = make_colour(name="银"), make_colour(name="红"), make_colour(kind="interior", name="黑")
    for configuration, price in ((plain, "38000"), (rich, "41000")):
        for kind, amount in ((Price.Kind.WHOLESALE, price), (Price.Kind.GUIDE, "45000")):
            make_price(configuration=configuration, kind=kind, amount=Decimal(amount))
    made = {
        "plain silver": make_sku(configuration=plain, exterior=silver, interior=black),
        "rich silver": make_sku(configuration=rich, exterior=silver, interior=black),
        "rich red": make_sku(configuration=rich, exterior=red, interior=black),
    }
    make_sku(configuration=plain, exterior=red, interior=black, is_orderable=False)
    return made


def field(sku) -> str:
    return f"cars-{sku.pk}"


def test_a_dealer_orders_by_configuration_and_colour(client, dealer, contract, cars):
    client.force_login(dealer)
    url = reverse(URL)
    page = client.get(url)
    rows = page.context["lines"].rows
    assert [(row.configuration.code, row.price) for row in rows] == [("A", Decimal("38000")), ("B", Decimal("41000"))]
    assert [[(colour.name, cell is not None) for colour, cell in row.cells] for row in rows] == [
        [("红", False), ("银", True)],
        [("红", True), ("银", True)],
    ]
    numbers = {field(cars["plain silver"]): 3, field(cars["rich red"]): 2, field(cars["rich silver"]): ""}
    about = {"contract": contract.pk, "kind": "regular", "buyer_dealer": contract.dealer_id}
    assert client.post(url, about | numbers).status_code == 302
    order = Order.objects.get()
    assert order.total_amount == Decimal("196000.00")
    assert {(line.sku, line.quantity) for line in order.lines.all()} == {
        (cars["plain silver"], 3),
        (cars["rich red"], 2),
    }


def test_each_series_has_its_own_matrix_and_the_form_keeps_what_the_link_named(client, dealer, contract, cars):
    other = make_sku()
    client.force_login(dealer)
    series = cars["rich red"].configuration.vehicle_model.series
    page = client.get(reverse(URL), {"series": series.pk, "contract": contract.pk})
    assert field(other) not in page.context["lines"].fields
    assert {url for _series, url in page.context["tabs"]} == {
        f"?contract={contract.pk}&series={each.pk}" for each in (series, other.configuration.vehicle_model.series)
    }
    assert page.context["form"].initial["contract"] == str(contract.pk)


@pytest.mark.parametrize(("number", "sentence"), [("", "至少"), ("-1", "0"), ("x", "整数"), ("10000", "9999")])
def test_bad_numbers_get_a_sentence(client, dealer, contract, cars, number, sentence):
    client.force_login(dealer)
    about = {"contract": contract.pk, "kind": "regular", "buyer_dealer": contract.dealer_id}
    page = client.post(reverse(URL), about | {field(cars["rich red"]): number})
    assert page.status_code == 200
    assert any(sentence in text for text in page.context["lines"].non_form_errors())
    assert not Order.objects.exists()


def test_a_matrix_costs_as_many_queries_for_many_skus(client, dealer, contract, cars, django_assert_max_num_queries):
    client.force_login(dealer)
    configuration = cars["rich red"].configuration
    for number in range(20):
        make_sku(configuration=configuration, exterior=make_colour(name=f"色{number}"))
    client.get(reverse(URL))
    with django_assert_max_num_queries(20):
        client.get(reverse(URL))

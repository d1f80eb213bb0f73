"""Lists of more rows than are counted: the cap is set low here, so that a handful of rows is very many."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from core import paging
from core.filters import Filters
from customers.filters import CustomerFilter
from customers.models import Customer
from customers.tests.factories import make_customer, make_opportunity

pytestmark = pytest.mark.django_db
OPPORTUNITIES, CUSTOMERS = reverse("customers:opportunity_list"), reverse("customers:customer_list")
FETCHED = {"HX-Request": "true", "HX-Target": "totals"}


@pytest.fixture
def low_cap(monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 3)
    monkeypatch.setattr(paging, "SUMMED_AT_ONCE", 2)


def sums(page) -> dict:
    return {column.name: total for column, _heading, total in page.context["totals"]}


def test_totals_of_a_long_list_come_after_the_page_and_are_those_of_the_filtered_rows(
    client, director, sales1, low_cap
):
    for amount in (10_000, 20_000, 30_000, 40_000, 50_000):
        make_opportunity(owner=sales1, unit=sales1.unit, amount=amount)
    client.force_login(director)
    page = client.get(OPPORTUNITIES)
    assert (page.context["totals"], page.context["page"].is_capped) == ([], True)
    assert 'id="totals"' in page.content.decode()
    fetched = client.get(OPPORTUNITIES, headers=FETCHED)
    assert sums(fetched)["amount"] == 150_000
    assert "150,000.00" in fetched.content.decode()
    short = client.get(OPPORTUNITIES, {"owner": director.pk})
    assert (short.context["page"].count, 'id="totals"' in short.content.decode()) == (0, False)


def test_a_common_word_finds_the_same_rows_along_the_order(client, director, sales1, low_cap):
    for number in range(5):
        make_customer(owner=sales1, unit=sales1.unit, name=f"冰城货{number}号公司")
    make_customer(owner=sales1, unit=sales1.unit, name="城货冰公司")
    client.force_login(director)
    page = client.get(f"{CUSTOMERS}?{urlencode({'q': '冰城货'})}")
    assert page.context["page"].is_capped
    found = [str(row.cells[0].value) for row in page.context["rows"]]
    assert found == [f"冰城货{number}号公司" for number in (4, 3, 2, 1, 0)]


def test_the_filter_leaves_the_index_of_pairs_out_only_along_the_order(director):
    found: Filters = CustomerFilter({"q": "冰城货"}, Customer.objects.all(), user=director)
    assert "hafei_bigrams" in str(found.qs.query)
    assert "hafei_bigrams" not in str(found.found_along_the_order().query)

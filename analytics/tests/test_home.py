"""Everybody has a home page that he can use, and its figures are those of the lists behind them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.todos import todos
from contracts.models import Retail
from contracts.tests.factories import make_retail
from customers.tests.factories import make_lead
from users.cast import CAST

pytestmark = pytest.mark.django_db
MOST_QUERIES = 32


def listed_cars(client, url: str) -> int:
    """The sum of the quantity column of the list behind a figure."""
    totals = {column.name: total for column, _heading, total in client.get(url).context["totals"]}
    return totals["quantity"] or 0


def sell(unit, owner, days_ago: int = 0) -> None:
    sale = make_retail(unit=unit, owner=owner)
    Retail.objects.filter(pk=sale.pk).update(retailed_on=timezone.localdate() - timedelta(days=days_ago))


def card(response, name: str):
    return next(card for card in response.context["cards"] if name in card.url)


@pytest.mark.parametrize("username", [part.username for part in CAST])
def test_everybody_has_a_home_page_of_few_queries(client, cast, username):
    client.force_login(cast[username])
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/")
    assert response.status_code == 200
    assert response.context["cards"], "a home page without a single figure"
    assert len(queries) <= MOST_QUERIES


def test_retail_card_counts_what_its_list_shows(client, cast):
    for days_ago in (0, 0, 400):
        sell(cast["dealer"].unit, cast["sales1"], days_ago)
    sell(cast["dealer2"].unit, cast["manager2"])
    for username, cars in (("director", 3), ("manager", 2), ("dealer", 2), ("manager2", 1)):
        client.force_login(cast[username])
        shown = card(client.get("/"), "/contracts/retails/")
        assert shown.value == str(cars), username
        assert listed_cars(client, shown.url) == cars, username


def test_each_bar_leads_to_the_sales_it_counts(client, cast):
    sell(cast["dealer"].unit, cast["sales1"])
    sell(cast["dealer"].unit, cast["sales1"], 70)
    client.force_login(cast["manager"])
    for chart in (client.get("/").context["monthly"], client.get("/analytics/sales/").context["charts"][0]):
        sold = [mark for mark in chart.marks if mark.value]
        assert sum(mark.value for mark in chart.marks) == 2
        assert [listed_cars(client, mark.url) for mark in sold] == [mark.value for mark in sold]


def test_region_of_the_ranking_leads_to_its_sales(client, cast):
    sell(cast["dealer"].unit, cast["sales1"])
    sell(cast["dealer2"].unit, cast["manager2"])
    client.force_login(cast["director"])
    for mark in client.get("/").context["ranking"].marks:
        assert listed_cars(client, mark.url) == mark.value == 1


def test_a_sale_shows_at_once(client, cast):
    client.force_login(cast["director"])
    assert card(client.get("/"), "/contracts/retails/").value == "0"
    sell(cast["dealer"].unit, cast["sales1"])
    response = client.get("/")
    assert card(response, "/contracts/retails/").value == "1"
    assert response.context["monthly"].marks[-1].value == Retail.objects.count() == 1


@pytest.mark.parametrize("period", ["month", "quarter", "year", "never", "' OR 1=1"])
def test_the_period_is_chosen_from_three(client, director, period):
    client.force_login(director)
    response = client.get("/", {"period": period})
    assert response.context["kind"] == (period if period in ("month", "quarter", "year") else "month")


@pytest.mark.parametrize("by", ["month", "quarter", "year"])
@pytest.mark.parametrize("split", ["total", "region", "dealer", "series"])
def test_parts_of_the_trend_sum_to_the_whole(client, cast, by, split):
    sell(cast["dealer"].unit, cast["sales1"])
    sell(cast["dealer2"].unit, cast["manager2"])
    client.force_login(cast["director"])
    charts = client.get("/analytics/sales/", {"by": by, "split": split}).context["charts"]
    assert sum(mark.value for mark in charts[0].marks) == 2
    if split != "total":
        assert sum(sum(line.values) for line in charts[1].series) == 2


def test_an_overdue_promise_stands_first_and_only_with_its_owner(cast):
    today = timezone.localdate()
    lead = make_lead(
        owner=cast["sales1"], unit=cast["sales1"].unit, name="逾期客户", next_contact_on=today - timedelta(days=2)
    )
    first = todos(cast["sales1"], today)[0]
    assert (first.url, first.tone) == (f"/customers/leads/{lead.pk}/", "red")
    assert not [todo for todo in todos(cast["sales2"], today) if str(lead.pk) in todo.url]

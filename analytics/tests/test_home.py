"""Everybody has a home page that he can use, and its figures are those of the lists behind them."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics import day
from analytics.day import day_lists
from analytics.standing import standing
from analytics.todos import todos
from contracts.models import Quotation, Retail
from contracts.tests.factories import make_discountlimit, make_quotation, make_retail, quoted
from contracts.workflow import QUOTATION_STEPS
from core.periods import period_of
from core.workflow import take
from customers.models import Lead, Opportunity
from customers.tests.factories import make_lead, make_opportunity
from customers.workflow import OPPORTUNITY_STEPS
from salesplan.actions import add_standard_templates
from salesplan.tests.factories import make_workreport
from users.access import Role
from users.actions import add_task
from users.cast import CAST
from users.models import User
from users.tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24


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


def test_overdue_promises_and_those_of_today_lead_to_exactly_their_leads(client, cast):
    today = timezone.localdate()
    days = {"逾期客户": -2, "今日客户": 0, "以后客户": 3}
    for name, ahead in days.items():
        make_lead(
            owner=cast["sales1"], unit=cast["sales1"].unit, name=name, next_contact_on=today + timedelta(days=ahead)
        )
    closed = make_lead(owner=cast["sales1"], unit=cast["sales1"].unit, next_contact_on=today - timedelta(days=2))
    Lead.objects.filter(pk=closed.pk).update(status="invalid")
    for username, count in (("sales1", 1), ("manager", 1), ("sales2", 0), ("manager2", 0)):
        client.force_login(cast[username])
        home = client.get("/").context
        for shown, names in ((home["overdue"], ["逾期客户"]), (home["due"], ["今日客户"])):
            listed = client.get(shown.url).context["rows"]
            assert [lead.name for lead in shown.rows] == names * count
            assert len(listed) == shown.count == count


def test_my_tasks_up_to_today_stand_on_my_page_and_end_with_a_click(client, cast):
    today = timezone.localdate()
    for owner, title, ahead in (
        ("sales1", "回访鸿运", -1),
        ("sales1", "送合同", 0),
        ("sales1", "下周拜访", 7),
        ("sales2", "别人的", 0),
    ):
        add_task(by=cast[owner], title=title, due_on=today + timedelta(days=ahead))
    client.force_login(cast["sales1"])
    tasks = client.get("/").context["tasks"]
    assert [task.title for task in tasks.rows] == ["回访鸿运", "送合同"]
    assert len(client.get(tasks.url).context["rows"]) == 2
    client.post(f"/users/tasks/{tasks.rows[0].pk}/done/", {"next": "/"})
    assert [task.title for task in client.get("/").context["tasks"].rows] == ["送合同"]


def test_long_lists_are_counted_up_to_a_limit_only(cast):
    today = timezone.localdate()
    for _ in range(8):
        make_lead(owner=cast["sales1"], unit=cast["sales1"].unit, next_contact_on=today - timedelta(days=1))
    found = day_lists(cast["sales1"], today)["overdue"]
    assert (len(found.rows), found.count, found.has_more) == (6, 8, True)
    with patch.object(day, "MOST_COUNTED", 7):
        assert day_lists(cast["sales1"], today)["overdue"].count_text == "7+"


def test_a_report_waits_for_its_reviewer_alone_and_a_missing_one_for_its_author(client, cast):
    add_standard_templates()
    report = make_workreport(
        owner=cast["dealer_sales"], status="submitted", submitted_at=timezone.now(), reviewer=cast["dealer"]
    )
    url = f"/salesplan/reports/{report.pk}/"
    now = timezone.now()
    assert [todo.url for todo in todos(cast["dealer"], now) if todo.url == url]
    assert not [todo for todo in todos(cast["manager"], now) if todo.url == url]
    User.objects.update(date_joined=now - timedelta(days=90))
    late = [todo for todo in todos(User.objects.get(username="sales1"), now) if todo.tone == "red"]
    assert late
    client.force_login(cast["sales1"])
    assert client.get(late[0].url).context["duties"]


def asked_for(person, record) -> list:
    """Where the home page leads who has to decide on the record."""
    return [todo.url for todo in todos(person, timezone.now()) if str(record) in todo.text]


def test_a_loss_to_be_confirmed_waits_for_the_manager_and_not_for_who_asked(client, cast):
    sales1 = cast["sales1"]
    opportunity = make_opportunity(owner=sales1, unit=sales1.unit)
    lose = next(step for step in OPPORTUNITY_STEPS if step.name == "lose")
    take(lose, opportunity.pk, Opportunity, by=sales1, note="价格", lost_reason="price")
    (url,) = asked_for(cast["manager"], opportunity)
    client.force_login(cast["manager"])
    assert client.get(url).status_code == 200
    assert not todos(sales1, timezone.now())
    assert not todos(cast["manager2"], timezone.now())


def test_a_discount_waits_for_those_whose_limit_covers_it(cast):
    for role, percent in ((Role.SALESMAN, 3), (Role.REGIONAL_MANAGER, 5), (Role.DIRECTOR, 10)):
        make_discountlimit(role=role, percent=percent)
    quotation = make_quotation(owner=cast["sales1"], unit=cast["sales1"].unit, lines=[quoted(1, "7")])
    submit = next(step for step in QUOTATION_STEPS if step.name == "submit")
    take(submit, quotation.pk, Quotation, by=cast["sales1"])
    names = ("manager", "director", "sales1")
    assert {name: len(asked_for(cast[name], quotation)) for name in names} == {"manager": 0, "director": 1, "sales1": 0}
    Quotation.objects.filter(pk=quotation.pk).update(status="returned")
    assert asked_for(cast["sales1"], quotation) == [f"/contracts/quotations/{quotation.pk}/"]


def test_equal_sellers_share_their_place_in_unit_and_region(cast):
    colleague = make_user(unit=cast["dealer_sales"].unit, roles=[Role.DEALER_SALESMAN])
    other = make_user(unit=make_unit(unit=cast["manager"].unit), roles=[Role.DEALER_SALESMAN])
    for owner, cars in ((cast["dealer_sales"], 1), (colleague, 1), (other, 2)):
        for _ in range(cars):
            sell(owner.unit, owner)
    month = period_of("month", timezone.localdate())
    places = [(place.rank, place.count, place.cars) for place in standing(cast["dealer_sales"], month)]
    assert places == [(1, 2, 1), (2, 3, 1)]
    assert [place.rank for place in standing(colleague, month)] == [1, 2]
    assert standing(cast["finance"], month) == []


def test_a_seller_of_the_head_office_has_a_home_page_and_stands_among_all(client, cast):
    seller = make_user(unit=cast["director"].unit, roles=[Role.SALESMAN])
    sell(seller.unit, seller)
    client.force_login(seller)
    assert client.get("/").status_code == 200
    month = period_of("month", timezone.localdate())
    assert [(place.rank, place.count) for place in standing(seller, month)] == [(1, 1), (1, 3)]


def test_managers_stand_by_the_cars_of_their_dealer_and_region(client, cast):
    sell(cast["dealer"].unit, cast["dealer_sales"])
    sell(cast["dealer2"].unit, cast["dealer2"])
    sell(cast["dealer2"].unit, cast["dealer2"])
    month = period_of("month", timezone.localdate())
    found = {
        name: [(place.rank, place.cars) for place in standing(cast[name], month)] for name in ("manager", "manager2")
    }
    assert found == {"manager": [(2, 1)], "manager2": [(1, 2)]}
    assert standing(cast["dealer"], month)[0].cars == 1
    client.force_login(cast["manager"])
    shown = next(card for card in client.get("/").context["cards"] if card.icon == "trophy")
    assert listed_cars(client, shown.url) == 1

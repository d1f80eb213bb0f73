"""The ageing by dealer, customer, salesman, region: right sums, and behind each figure exactly its rows."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from contracts.ageing import SPLITS, ageing_by, buckets
from contracts.models import Receivable
from contracts.tests.factories import make_order, make_prepayment, signed_contract
from core.formats import money
from customers.tests.factories import make_customer
from dealers.tests.factories import make_dealer

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(manager, manager2, sales1):
    """By a dealer of the north 38,000 of 31 days for a taxi company and 38,000 of today, 8,000 paid; by one of the
    east 38,000 of 91 days."""
    north, east = make_dealer(unit=manager.unit), make_dealer(unit=manager2.unit)
    taxi = make_customer(unit=manager.unit, owner=sales1, name="龙江出租")
    found = [
        make_order(status="approved", contract=signed_contract(dealer=dealer), owner=owner, customer=customer)
        for dealer, owner, customer in ((north, sales1, taxi), (north, sales1, None), (east, manager2, None))
    ]
    for order, days in zip(found, (31, 0, 91), strict=True):
        day = timezone.localdate() - timedelta(days=days)
        Receivable.objects.filter(order=order).update(opened_on=day, due_on=day + timedelta(days=30))
        order.receivable.instalments.update(due_on=day + timedelta(days=30))
    settles = {found[1].receivable.pk: Decimal("8000")}
    make_prepayment(payer_dealer=north, amount=Decimal("8000"), settles=settles)
    return {"north": north, "east": east, "taxi": taxi}


def test_the_days_of_the_buckets_follow_one_another_without_gap():
    days = buckets(timezone.localdate())
    assert [bucket.label for bucket in days] == ["0-30", "31-60", "61-90", ">90"]
    for younger, older in zip(days, days[1:], strict=False):
        assert younger.first - older.last == timedelta(days=1)
    assert (days[0].last, days[-1].first) == (None, None)


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        ("dealer", [("north", (30000, 38000, 0, 0), 38000), ("east", (0, 0, 0, 38000), 38000)]),
        ("customer", [("–", (30000, 0, 0, 38000), 38000), ("龙江出租", (0, 38000, 0, 0), 38000)]),
        ("salesman", [("sales1", (30000, 38000, 0, 0), 38000), ("manager2", (0, 0, 0, 38000), 38000)]),
        ("region", [("north", (30000, 38000, 0, 0), 38000), ("east", (0, 0, 0, 38000), 38000)]),
    ],
)
def test_what_is_owed_is_summed_by_whom_it_concerns(owed, cast, manager, manager2, by, lines):
    names = {
        "dealer": {"north": owed["north"].name, "east": owed["east"].name},
        "customer": {"–": str(SPLITS["customer"].none), "龙江出租": "龙江出租"},
        "salesman": {"sales1": cast["sales1"].name, "manager2": manager2.name},
        "region": {"north": manager.unit.name, "east": manager2.unit.name},
    }[by]
    found = ageing_by(Receivable.objects.all(), SPLITS[by], timezone.localdate())
    assert [(line.name, tuple(age.amount for age in line.ages), line.overdue) for line in found] == [
        (names[name], tuple(Decimal(amount) for amount in ages), Decimal(overdue)) for name, ages, overdue in lines
    ]


@pytest.mark.parametrize("reader", ["director", "finance"])
@pytest.mark.parametrize("by", ["dealer", "customer", "salesman", "region"])
def test_each_figure_leads_to_the_rows_that_add_up_to_it(client, cast, owed, by, reader):
    client.force_login(cast[reader])
    page = client.get(reverse("contracts:ageing"), {"by": by}).content.decode()
    figures = re.findall(r'<a href="([^"]*/(?:receivables|instalments)/\?[^"]*)">([\d,.]+)</a>', page)
    assert len(figures) >= 9
    for url, figure in figures:
        totals = client.get(unescape(url)).context["totals"]
        column = "open_amount" if "/instalments/" in url else "outstanding_amount"
        assert money_of(totals, column) == figure, url


def money_of(totals, name: str) -> str:
    return next(money(total) for column, _heading, total in totals if column.name == name)


def test_a_manager_sees_what_his_region_is_owed(client, manager, owed):
    client.force_login(manager)
    page = client.get(reverse("contracts:ageing"))
    assert [shown["line"].name for shown in page.context["lines"]] == [owed["north"].name]
    assert page.context["total"]["line"].amount == Decimal("68000.00")


def test_the_workbook_holds_the_same_figures(client, finance, owed):
    client.force_login(finance)
    response = client.get(reverse("contracts:ageing_export"), {"by": "dealer"})
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows[0][1:] == (30000, 38000, 0, 0, 68000, 38000)
    assert rows[-1][1:] == (30000, 38000, 0, 38000, 106000, 76000)


def test_the_page_costs_the_same_queries_for_one_dealer_and_many(client, finance, owed, django_assert_max_num_queries):
    client.force_login(finance)
    client.get(reverse("contracts:ageing"))
    with django_assert_max_num_queries(8):
        client.get(reverse("contracts:ageing"))

"""Accounts of dealers: what was posted stays, what is there is the sum, the statement is right and on paper."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.errors import RuleBroken
from core.tests.pdf_text import pages_of
from dealers.actions import post_entry
from dealers.closed_months import open_from
from dealers.models import AccountEntry
from dealers.queries import balance
from dealers.statements import account_statement
from dealers.tests.factories import make_accountentry, make_dealer

pytestmark = pytest.mark.django_db
YEAR = {"from_day": "2026-10-01", "to_day": "2026-10-31"}


@pytest.fixture
def harbin(dealer):
    """Before October 20,000 in; in October 38,000 charged and 1,409.50 in; after it 5 more."""
    found = make_dealer(unit=dealer.unit)
    moves = [("09-30", "20000", "receipt"), ("10-01", "-38000", "invoice"), ("10-31", "1409.50", "receipt")]
    for day, amount, kind in [*moves, ("11-01", "5", "receipt")]:
        post_entry(
            found.pk,
            account="car",
            kind=kind,
            amount=Decimal(amount),
            on=date.fromisoformat(f"2026-{day}"),
            source_key=f"{kind}:{day}",
            text=f"SK-{day}",
            by=None,
        )
    return found


def test_a_statement_goes_from_the_opening_to_the_closing_balance(harbin):
    statement = account_statement(harbin, "car", first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert statement.opening == Decimal("20000.00")
    assert [(row.move.amount, row.balance) for row in statement.rows] == [
        (Decimal("-38000.00"), Decimal("-18000.00")),
        (Decimal("1409.50"), Decimal("-16590.50")),
    ]
    assert (statement.charged, statement.paid_in) == (Decimal("38000.00"), Decimal("1409.50"))
    assert statement.closing == Decimal("-16590.50") == balance(harbin.pk, "car") - 5


def test_the_page_shows_it_and_the_pdf_says_it_in_capitals(client, finance, harbin):
    client.force_login(finance)
    page = client.get(reverse("dealers:dealer_accounts", args=[harbin.pk]), YEAR)
    assert "-16,590.50" in page.content.decode()
    response = client.get(reverse("dealers:dealer_statement_pdf", args=[harbin.pk]), YEAR)
    assert response.headers["Content-Type"] == "application/pdf"
    (text,) = pages_of(b"".join(response.streaming_content))
    for words in ("对账单", harbin.name, "-16,590.50", "人民币壹万陆仟伍佰玖拾元零伍角", "2026-10-01 – 2026-10-31"):
        assert words in text, words


def test_the_workbook_holds_opening_rows_and_closing(client, dealer, harbin):
    client.force_login(dealer)
    response = client.get(reverse("dealers:dealer_statement_xlsx", args=[harbin.pk]), YEAR)
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == [20000, -18000, -16590.5, -16590.5]
    about = dict(book.worksheets[1].iter_rows(values_only=True))
    assert "壹万陆仟伍佰玖拾元零伍角" in "".join(str(value) for value in about.values())


def test_a_dealer_sees_his_own_accounts_and_no_others(client, dealer2, manager2, harbin):
    for person in (dealer2, manager2):
        client.force_login(person)
        for name in ("accounts", "statement_pdf", "statement_xlsx"):
            assert client.get(reverse(f"dealers:dealer_{name}", args=[harbin.pk])).status_code == 404


def test_an_unreadable_period_is_answered_with_a_sentence(client, finance, harbin):
    client.force_login(finance)
    url = reverse("dealers:dealer_accounts", args=[harbin.pk])
    for days in ({"from_day": "x"}, {"from_day": "2026-12-01", "to_day": "2026-01-01"}, {"to_day": "0001-01-01"}):
        assert client.get(url, days).status_code == 400


def test_the_record_page_shows_the_balances(client, finance, harbin):
    client.force_login(finance)
    page = client.get(reverse("dealers:dealer_detail", args=[harbin.pk])).content.decode()
    assert "-16,585.50" in page


def test_a_deposit_is_paid_in_once_and_not_more_is_paid_out(harbin, finance):
    make_accountentry(dealer=harbin, owner=finance, amount=Decimal("200000"), reference="BZJ-1")
    with pytest.raises(RuleBroken):
        make_accountentry(dealer=harbin, owner=finance, reference=" BZJ-1 ")
    with pytest.raises(RuleBroken, match="200,000.00"):
        make_accountentry(dealer=harbin, owner=finance, kind="paid_out", amount=Decimal("200000.01"), reference="B-2")
    make_accountentry(dealer=harbin, owner=finance, kind="paid_out", amount=Decimal("200000"), reference="B-3")
    assert balance(harbin.pk, "deposit") == Decimal("0.00")


@pytest.mark.parametrize("fields", [{"account": "car"}, {"kind": "invoice"}, {"amount": Decimal("-1")}])
def test_nobody_writes_into_the_car_account_by_hand(harbin, finance, fields):
    before = AccountEntry.objects.count()
    with pytest.raises(RuleBroken):
        make_accountentry(dealer=harbin, owner=finance, **fields)
    assert AccountEntry.objects.count() == before


def test_the_form_enters_a_deposit(client, finance, harbin):
    client.force_login(finance)
    form = {"dealer": harbin.pk, "account": "deposit", "kind": "paid_in", "amount": "200000"}
    form["on"] = timezone.localdate()
    assert client.post(reverse("dealers:accountentry_add"), form | {"reference": "BZJ-9"}).status_code == 302
    assert balance(harbin.pk, "deposit") == Decimal("200000.00")
    refused = client.post(reverse("dealers:accountentry_add"), form | {"reference": "BZJ-9"})
    assert refused.context["form"].errors["reference"]


def test_a_deposit_is_dated_neither_into_a_month_that_is_over_nor_beyond_today(harbin, finance):
    """The statement of that month has been handed out with its closing balance."""
    today, one_day = timezone.localdate(), timedelta(days=1)
    for day in (open_from(today) - one_day, today + one_day):
        with pytest.raises(RuleBroken) as refused:
            make_accountentry(dealer=harbin, owner=finance, on=day)
        assert "on" in refused.value.message_dict
    make_accountentry(dealer=harbin, owner=finance, on=open_from(today))
    assert balance(harbin.pk, "deposit") == Decimal("1000.00")


def test_a_long_statement_costs_no_more_queries_than_a_short_one(client, finance, harbin):
    client.force_login(finance)
    url = reverse("dealers:dealer_accounts", args=[harbin.pk])
    with CaptureQueriesContext(connection) as short:
        client.get(url, YEAR)
    for _ in range(50):
        make_accountentry(dealer=harbin, account="parts", owner=finance)
    with CaptureQueriesContext(connection) as long:
        page = client.get(url, {"account": "parts"})
    assert len(page.context["rows"]) == 50
    assert len(long) <= len(short) <= 12


def test_of_a_long_statement_only_the_latest_rows_are_read(client, finance, harbin, monkeypatch):
    monkeypatch.setattr("dealers.views.MOST_ROWS", 1)
    client.force_login(finance)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("dealers:dealer_accounts", args=[harbin.pk]), YEAR).context
    (row,) = page["rows"]
    assert (row.move.amount, row.balance) == (Decimal("1409.50"), Decimal("-16590.50"))
    statement = page["statement"]
    assert (statement.opening, statement.charged, statement.row_count) == (Decimal(20000), Decimal(38000), 2)
    assert page["is_cut"] and statement.closing == row.balance
    (listed,) = [query["sql"] for query in queries if '"dealers_accountentry"."text"' in query["sql"]]
    assert "LIMIT 1" in listed


def test_what_is_too_long_to_print_is_refused_with_a_sentence(client, finance, harbin, monkeypatch):
    monkeypatch.setattr("dealers.printing.MOST_ROWS", 1)
    client.force_login(finance)
    response = client.get(reverse("dealers:dealer_statement_pdf", args=[harbin.pk]), YEAR, follow=True)
    assert "Excel" in str(list(response.context["messages"])[0])

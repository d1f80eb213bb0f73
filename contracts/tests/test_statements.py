"""The statement of account of a key account that buys without a dealer: what it paid, owes and was given back."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from contracts import actions
from contracts.models import Invoice
from contracts.statements import customer_statement
from contracts.tests.factories import cars, clerk, make_order, make_prepayment, signed_contract
from contracts.tests.past import in_the_past
from core.tests.pdf_text import pages_of
from customers.models import Customer
from customers.tests.factories import make_customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture
def taxis() -> Customer:
    """A car invoiced 40 days ago; today 30,000 paid, 1,000 given back and half a yuan written off."""
    today = timezone.localdate()
    customer = make_customer(name="哈尔滨龙运出租汽车有限公司")
    line = {name: value for name, value in cars(1).items() if name != "retail_price_amount"}
    order = make_order(status="invoiced", contract=signed_contract(customer=customer), lines=[line])
    in_the_past(order.invoices.get(), today - timedelta(days=40))
    receipt = make_prepayment(payer_customer=customer, amount=Decimal(30_000))
    actions.refund_receipt(
        receipt.pk, by=clerk(), amount=Decimal(1000), refunded_on=today, reason="多付", reference="TK-9"
    )
    actions.write_off(order.receivable.pk, by=clerk(), amount=Decimal("0.50"), text="尾差")
    return customer


def of_today(customer: Customer):
    today = timezone.localdate()
    return customer_statement(customer, first=today, last=today)


def days(first: date, last: date) -> dict:
    return {"from_day": first.isoformat(), "to_day": last.isoformat()}


def test_it_goes_from_what_was_owed_to_what_is_owed(taxis):
    statement, price = of_today(taxis), Invoice.objects.get().amount
    assert (statement.opening, statement.row_count) == (-price, 3)
    assert (statement.paid_in, statement.charged) == (Decimal("30000.50"), Decimal(1000))
    assert [row.move.amount for row in statement.rows] == [Decimal(30_000), Decimal(-1000), Decimal("0.50")]
    assert statement.closing == statement.rows[-1].balance == Decimal("29000.50") - price


def test_the_closing_balance_of_one_period_opens_the_next(taxis):
    today = timezone.localdate()
    before = customer_statement(taxis, first=today - timedelta(days=60), last=today - timedelta(days=1))
    assert (before.opening, before.row_count, before.closing) == (0, 1, of_today(taxis).opening)
    after = customer_statement(taxis, first=today + timedelta(days=1), last=today + timedelta(days=9))
    assert (after.rows, after.opening, after.closing) == ([], of_today(taxis).closing, of_today(taxis).closing)


def test_page_pdf_and_workbook_say_the_same(client, finance, taxis):
    closing = of_today(taxis).closing
    client.force_login(finance)
    asked = days(timezone.localdate(), timezone.localdate())
    assert (
        f"{closing:,}" in client.get(reverse("contracts:customer_statement", args=[taxis.pk]), asked).content.decode()
    )
    response = client.get(reverse("contracts:customer_statement_pdf", args=[taxis.pk]), asked)
    (text,) = pages_of(b"".join(response.streaming_content))
    assert taxis.name in text and f"{closing:,}" in text
    response = client.get(reverse("contracts:customer_statement_xlsx", args=[taxis.pk]), asked)
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 5 and Decimal(str(rows[-1][-1])) == closing


def test_the_statement_of_somebody_elses_customer_is_not_found(client, manager2, finance, taxis):
    page = reverse("contracts:customer_statement", args=[taxis.pk])
    client.force_login(finance)
    assert client.get(page).status_code == 200
    client.force_login(manager2)
    assert client.get(page).status_code in (403, 404)

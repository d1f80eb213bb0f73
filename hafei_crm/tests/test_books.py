"""The command that checks the books: silent figures where all is right, exit 1 and a name where it is not."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from contracts import actions
from contracts.tests.factories import (
    clerk,
    make_invoice,
    make_order,
    make_prepayment,
    make_receipt,
    make_refund,
    make_retail,
    signed_contract,
    take_step,
)
from core.models import Notice
from customers.tests.factories import make_customer
from dealers.tests.factories import make_dealer
from hafei_crm.tasks import check_books

pytestmark = pytest.mark.django_db


@pytest.fixture
def business(cast):
    """A little of everything: paid, prepaid, refunded, cancelled, written off, retailed to the one who ordered it."""
    taxi = make_customer()
    order = make_order(status="received", customer=taxi, contract=signed_contract(deposit_percent=Decimal(20)))
    actions.retail_car(
        order.lines.get().allocations.get().pk,
        by=clerk(),
        retailed_on=timezone.localdate(),
        price_amount=Decimal("42000"),
    )
    make_retail()
    make_invoice()
    make_receipt()
    make_refund()
    cancelled = make_order(status="approved", customer=taxi)
    make_receipt(receivable=cancelled.receivable, amount=Decimal("5000"))
    take_step(cancelled, "cancel", by=clerk("approver"), note="客户取消采购")
    lost = make_order(status="approved").receivable
    actions.write_off(lost.pk, by=clerk(), amount=Decimal("100"), text="破产清算")
    make_prepayment(payer_dealer=make_dealer(), amount=Decimal("777"))
    make_order(status="submitted")


def checked(*, language: str = "en") -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_books", language=language, stdout=out, no_color=True)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_right_books_are_shown_with_their_figures_in_both_languages(business):
    code, text = checked()
    assert (code, text.count("✗")) == (0, 0), text
    assert "0 breaches" in text
    assert "777.00" in text or "1,000.00" in text
    code, text = checked(language="zh-hans")
    assert code == 0
    assert "应收" in text


def bare(statement: str) -> None:
    """As only somebody with the database in his hands could do it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(
    ("statement", "label"),
    [
        ("UPDATE contracts_orderline SET quantity = quantity + 1", "sum of its lines"),
        ("UPDATE contracts_receivableentry SET amount = amount - 1 WHERE amount > 0", "less its settlements"),
        ("UPDATE contracts_settlement SET amount = amount - 0.01", "what it settled"),
        ("UPDATE contracts_instalment SET due_on = due_on, amount = amount - 0.01", "Instalments add up"),
        ("UPDATE contracts_allocation SET status = 'received' WHERE status = 'retailed'", "in one place"),
        ("DELETE FROM inventory_movement WHERE kind = 'retailed'", "Produced ="),
        ("DELETE FROM dealers_accountentry WHERE kind = 'refund'", "Car accounts"),
        ("UPDATE dealers_accountentry SET account = 'deposit' WHERE kind = 'invoice'", "not overdrawn"),
        ("UPDATE customers_purchaserecord SET amount = amount + 1", "Purchase records"),
        ("UPDATE contracts_receivable SET received_amount = 1 WHERE received_amount = 0 AND amount > 1", "Credit used"),
    ],
)
def test_each_wrong_figure_is_found_and_named(business, statement, label):
    bare(statement)
    code, text = checked()
    assert code == 1
    assert any("✗" in line and label in line for line in text.splitlines()), text


def test_the_night_tells_finance_and_the_administrator_of_a_breach(business, cast):
    Notice.objects.all().delete()
    check_books()
    assert not Notice.objects.exists()
    bare("UPDATE customers_purchaserecord SET amount = amount + 1")
    check_books()
    assert set(Notice.objects.values_list("user__username", flat=True)) >= {"finance", "sysadmin"}

"""Receipts, prepayments, refunds and write-offs as finance enters them."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts.models import Receipt, Receivable, Refund
from contracts.tests.factories import make_order, make_prepayment, signed_contract
from dealers.models import AccountEntry
from dealers.queries import balance
from dealers.tests.factories import make_dealer

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbin(dealer):
    return make_dealer(unit=dealer.unit)


@pytest.fixture
def owed(harbin):
    contract = signed_contract(dealer=harbin)
    return [make_order(status="approved", contract=contract).receivable for _ in range(2)]


def enter(client, dealer, amount: str, **more):
    form = {"payer_dealer": dealer.pk, "amount": amount, "received_on": timezone.localdate(), "method": "transfer"}
    return client.post(reverse("contracts:receipt_add"), form | {"reference": "ICBC-1"} | more)


def outstanding(owed) -> list[Decimal]:
    return [Receivable.objects.get(pk=row.pk).outstanding_amount for row in owed]


def test_the_form_lists_what_the_payer_owes_and_proposes_the_oldest(client, finance, harbin, owed):
    client.force_login(finance)
    page = client.get(reverse("contracts:receipt_debts"), {"payer_dealer": harbin.pk, "amount": "40000"})
    rows = page.context["debts"].rows
    assert [debt.pk for debt, _field in rows] == [row.pk for row in owed]
    assert [field.initial for _debt, field in rows] == [Decimal("38000.00"), Decimal("2000")]
    assert client.get(reverse("contracts:receipt_debts"), {"payer_dealer": "9" * 40}).status_code == 200
    assert client.get(reverse("contracts:receipt_debts"), {"amount": "NaN"}).status_code == 200


@pytest.mark.parametrize("amount", ["1e9999999", "-1e9999999", "1e-9999999", "0e9999999", "1e12", "sNaN", "Infinity"])
@pytest.mark.parametrize("name", ["receipt_add", "receipt_debts"])
def test_an_amount_beyond_all_money_is_no_proposal(client, finance, harbin, owed, name, amount):
    client.force_login(finance)
    page = client.get(reverse(f"contracts:{name}"), {"payer_dealer": harbin.pk, "amount": amount})
    assert [field.initial for _debt, field in page.context["debts"].rows] == [None, None]


def test_one_receipt_is_spread_as_typed_and_the_rest_is_kept(client, finance, harbin, owed):
    client.force_login(finance)
    parts = {f"settle-{owed[0].pk}": "1000", f"settle-{owed[1].pk}": "38000"}
    assert enter(client, harbin, "50000", **parts).status_code == 302
    assert outstanding(owed) == [Decimal("37000.00"), Decimal("0.00")]
    assert Receipt.objects.get().prepaid_amount == Decimal("11000.00")


def test_more_than_is_owed_or_was_received_is_not_spread(client, finance, harbin, owed):
    client.force_login(finance)
    refused = enter(client, harbin, "50000", **{f"settle-{owed[0].pk}": "38000.01"})
    assert refused.context["debts"].errors
    refused = enter(client, harbin, "100", **{f"settle-{owed[0].pk}": "100.01"})
    assert "100.01" in str(refused.context["form"].errors)
    assert not Receipt.objects.exists()


def test_a_prepayment_is_used_and_refunded_by_finance_alone(client, finance, manager, harbin, owed):
    receipt = make_prepayment(payer_dealer=harbin, amount=Decimal("2000"))
    use, refund = (reverse(f"contracts:receipt_{name}", args=[receipt.pk]) for name in ("use", "refund"))
    client.force_login(manager)
    assert client.get(use).status_code == 403
    assert client.get(refund).status_code == 403
    client.force_login(finance)
    assert client.get(use).context["form"].rows[0][1].initial == Decimal("2000.00")
    assert client.post(use, {f"settle-{owed[0].pk}": "1500"}).status_code == 302
    form = {"amount": "500.01", "refunded_on": timezone.localdate(), "reference": "TK-1", "reason": "多付"}
    assert "500.00" in str(client.post(refund, form).context["form"].errors["amount"])
    assert client.post(refund, form | {"amount": "500"}).status_code == 302
    assert Refund.objects.get().amount == Decimal("500.00")
    assert outstanding(owed)[0] == Decimal("36500.00")


def test_writing_off_is_a_right_of_the_director(client, finance, director, harbin, owed):
    url = reverse("contracts:receivable_write_off", args=[owed[0].pk])
    client.force_login(finance)
    assert client.get(url).status_code == 403
    client.force_login(director)
    refused = client.post(url, {"amount": "38000.01", "text": "破产"})
    assert "38,000.00" in str(refused.context["form"].errors["amount"])
    assert client.post(url, {"amount": "8000", "text": "破产清算"}).status_code == 302
    assert outstanding(owed)[0] == Decimal("30000.00")
    entry = AccountEntry.objects.get(dealer=harbin)
    assert (entry.kind, entry.amount) == ("written_off", Decimal("8000.00"))
    assert balance(harbin.pk, "car") == Decimal("8000.00")


def test_cash_needs_no_reference_of_the_bank(client, finance, harbin):
    client.force_login(finance)
    assert "reference" in enter(client, harbin, "500", reference="").context["form"].errors
    for _ in range(2):
        assert enter(client, harbin, "500", reference="", method="cash").status_code == 302
    assert all(receipt.reference == receipt.number for receipt in Receipt.objects.all())

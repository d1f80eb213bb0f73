"""Versions and validity of quotations, and what an accepted one becomes, through actions and steps."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contracts import actions, workflow
from contracts.models import Contract, Order, Quotation
from contracts.queries import version_differences
from contracts.tasks import expire_offers
from contracts.tests.factories import (
    clerk,
    make_order,
    make_quotation,
    quotation_at,
    quoted,
    signed_contract,
)
from contracts.tests.offers import offer, step
from core.errors import RuleBroken, StepRefused
from core.models import Notice, StatusChange
from core.workflow import take
from customers.models import Opportunity
from customers.tests.factories import make_customer, make_opportunity
from products.models import Price
from products.tests.factories import make_price, make_sku

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_revision_is_the_next_version_and_supersedes_the_former(limits, sales1):
    former = offer(sales1, "3", valid_until=TODAY() + timedelta(days=10))
    step("send", former, by=sales1)
    former = step("revise", former, by=sales1)
    revision = former.revision
    assert (former.status, str(former), str(revision)) == ("superseded", former.number, f"{former.number} v2")
    assert (revision.status, revision.valid_until) == ("draft", TODAY() + timedelta(days=10))
    assert revision.total_amount == former.total_amount
    actions.change_quotation(revision.pk, by=sales1, lines=[quoted(3, "2")])
    step("send", revision, by=sales1)
    third = step("revise", revision, by=sales1).revision
    assert (third.version, third.revises) == (3, revision)


def test_revision_takes_the_same_discount_off_a_new_guide_price(sales1):
    sku = make_sku()
    make_price(configuration=sku.configuration, amount=Decimal("42800"))
    former = make_quotation(owner=sales1, lines=[quoted(1, sku=sku) | {"unit_price_amount": None}])
    odd = make_quotation(owner=sales1, lines=[{"sku": sku, "quantity": 1, "unit_price_amount": Decimal("42001")}])
    Quotation.objects.update(status="sent")
    revised = step("revise", odd, by=clerk()).revision
    assert revised.lines.get().unit_price_amount == Decimal("42001.00")
    Price.objects.filter(configuration=sku.configuration).update(amount=Decimal("40000"))
    revised = step("revise", former, by=clerk()).revision
    assert revised.lines.get().unit_price_amount == Decimal("40000.00")


def test_two_live_versions_of_one_quotation_cannot_be(sales1):
    former = quotation_at("sent", owner=sales1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quotation.objects.create(
            number=former.number,
            version=2,
            revises=former,
            customer=former.customer,
            valid_until=former.valid_until,
            unit=former.unit,
        )


def test_versions_are_compared_line_by_line(sales1):
    kept, dropped, added = (make_sku() for _ in range(3))
    for sku in (kept, dropped, added):
        make_price(configuration=sku.configuration, amount=Decimal("40000"))
    former = make_quotation(owner=sales1, lines=[quoted(2, sku=kept), quoted(1, sku=dropped)])
    Quotation.objects.update(status="sent")
    revision = step("revise", former, by=clerk()).revision
    actions.change_quotation(revision.pk, by=sales1, lines=[quoted(2, "5", kept), quoted(1, sku=added)])
    found = [
        (each.sku, bool(each.before), bool(each.after), each.amount) for each in version_differences(former, revision)
    ]
    assert found == [
        (kept.name, True, True, Decimal("-4000.00")),
        (added.name, False, True, Decimal("40000.00")),
        (dropped.name, True, False, Decimal("-40000.00")),
    ]


# Validity


def test_offer_ends_by_itself_and_can_be_revised_but_not_accepted(sales1):
    ended = quotation_at("sent", owner=sales1, valid_until=TODAY())
    waiting = quotation_at("submitted", owner=sales1, valid_until=TODAY())
    draft = make_quotation(owner=sales1, valid_until=TODAY())
    accepted = quotation_at("accepted", owner=sales1, valid_until=TODAY())
    assert actions.expire_quotations(TODAY()) == 0
    tomorrow = TODAY() + timedelta(days=1)
    assert [actions.expire_quotations(tomorrow) for _ in range(2)] == [2, 0]
    statuses = dict(Quotation.objects.values_list("pk", "status"))
    assert statuses == {ended.pk: "expired", waiting.pk: "expired", draft.pk: "draft", accepted.pk: "accepted"}
    assert StatusChange.objects.filter(step="expire", by=None).count() == 2
    assert Notice.objects.filter(user=sales1).count() == 2
    expire_offers()
    with pytest.raises(StepRefused):
        step("accept", ended, by=clerk())
    assert step("revise", ended, by=clerk()).revision.valid_until >= TODAY()


@pytest.mark.parametrize(("status", "name"), [("draft", "send"), ("approved", "send"), ("sent", "accept")])
def test_after_its_last_day_an_offer_is_neither_sent_nor_accepted(sales1, status, name):
    """Also before the night has closed it."""
    quotation = make_quotation(owner=sales1)
    yesterday = TODAY() - timedelta(days=1)
    Quotation.objects.filter(pk=quotation.pk).update(valid_until=yesterday)
    Quotation.objects.filter(pk=quotation.pk).update(status=status)
    with pytest.raises(StepRefused, match=yesterday.isoformat()):
        step(name, quotation, by=clerk())


# Into a contract and an order


def test_accepted_quotation_becomes_one_contract(sales1):
    opportunity = make_opportunity(owner=sales1, unit=sales1.unit)
    quotation = quotation_at("accepted", owner=sales1, customer=opportunity.customer, opportunity=opportunity)
    for _ in range(2):
        step("contract", quotation, by=sales1)
    contract = Contract.objects.get()
    assert (contract.kind, contract.customer, contract.quotation) == ("single_sale", quotation.customer, quotation)
    assert (contract.agreed_count, contract.agreed_amount) == (2, Decimal("85600.00"))
    assert quotation.contract == contract


def test_signed_contract_wins_the_opportunity_and_a_terminated_one_gives_it_back(sales1, manager, director):
    opportunity = make_opportunity(owner=sales1, unit=sales1.unit)
    quotation = quotation_at("accepted", owner=sales1, customer=opportunity.customer, opportunity=opportunity)
    step("contract", quotation, by=sales1)
    contract, steps = Contract.objects.get(), {each.name: each for each in workflow.CONTRACT_STEPS}
    take(steps["submit"], contract.pk, Contract, by=sales1)
    take(steps["sign"], contract.pk, Contract, by=director)
    assert not Opportunity.objects.open().exists()
    take(steps["terminate"], contract.pk, Contract, by=director, note="客户破产")
    assert Opportunity.objects.open().get() == opportunity


def test_quotation_is_ordered_from_once_unless_the_order_is_cancelled(cast):
    account = make_customer()
    quotation = quotation_at("accepted", customer=account)
    contract = signed_contract(customer=account)
    form = {"contract": contract, "quotation": quotation, "lines": [quoted(1)]}
    first = make_order(**form)
    with pytest.raises(RuleBroken, match=first.number):
        make_order(**form)
    Order.objects.update(status="cancelled")
    assert make_order(**form).quotation == quotation


@pytest.mark.parametrize("status", ["draft", "submitted", "sent", "expired", "superseded"])
def test_order_follows_from_an_accepted_quotation_only(cast, status):
    account = make_customer()
    with pytest.raises(RuleBroken, match="BJ-"):
        make_order(
            contract=signed_contract(customer=account),
            quotation=quotation_at(status, customer=account),
            lines=[quoted(1)],
        )

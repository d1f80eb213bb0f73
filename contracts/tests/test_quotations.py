"""Prices, limits and approvals of quotations, through actions and steps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.db.models import F, Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts import actions, rules
from contracts.models import DiscountLimit, Quotation
from contracts.tests.factories import (
    clerk,
    make_discountlimit,
    make_quotation,
    priced_sku,
    quotation_at,
    quoted,
)
from contracts.tests.offers import STEPS, offer, step
from core.errors import RuleBroken, StepRefused
from core.models import Notice
from customers.models import ContactRecord, TimelineEntry
from customers.tests.factories import make_opportunity
from products.models import Price
from products.tests.factories import make_price, make_sku
from users.access import Role
from users.models import ApprovalCase

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PRICES = ("28800", "42800.50", "99999.99")


# Prices


def test_line_without_price_takes_the_guide_price_of_the_day(sales1):
    line = offer(sales1).lines.get()
    assert (line.list_price_amount, line.unit_price_amount, line.amount) == (42800, 42800, 85600)


@pytest.mark.parametrize(
    ("typed", "price", "discount"),
    [
        ({"discount_percent": "3.5"}, "41302.00", "3.50"),
        ({"unit_price_amount": "41302"}, "41302.00", "3.50"),
        ({"unit_price_amount": "40000"}, "40000.00", "6.54"),
        ({"unit_price_amount": "40000", "discount_percent": "6.54"}, "40000.00", "6.54"),
        ({"discount_percent": "100"}, "0.00", "100.00"),
    ],
)
def test_discount_and_price_follow_from_one_another(sales1, typed, price, discount):
    line = {"sku": priced_sku(), "quantity": 1} | {name: Decimal(value) for name, value in typed.items()}
    found = make_quotation(owner=sales1, lines=[line]).lines.get()
    assert (found.unit_price_amount, found.discount_percent) == (Decimal(price), Decimal(discount))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"unit_price_amount": "40000", "discount_percent": "3"}, "6.54"),
        ({"unit_price_amount": "42800.01"}, "42,800.00"),
    ],
)
def test_price_that_contradicts_discount_or_list_is_refused(sales1, typed, sentence):
    line = {"sku": priced_sku(), "quantity": 1} | {name: Decimal(value) for name, value in typed.items()}
    with pytest.raises(RuleBroken, match=sentence):
        make_quotation(owner=sales1, lines=[line])


def test_car_without_a_guide_price_that_day_is_not_quoted(sales1):
    sku = make_sku()
    make_price(configuration=sku.configuration, valid_from=TODAY() + timedelta(days=1))
    with pytest.raises(RuleBroken, match=sku.name):
        make_quotation(owner=sales1, lines=[quoted(1, sku=sku)])


def test_sums_and_discount_on_the_whole_follow_from_the_lines(sales1):
    cheap, dear = make_sku(), make_sku()
    make_price(configuration=cheap.configuration, amount=Decimal("30000"))
    make_price(configuration=dear.configuration, amount=Decimal("70000"))
    quotation = make_quotation(owner=sales1, lines=[quoted(1, "10", cheap), quoted(1, "0", dear)])
    quotation.refresh_from_db()
    assert (quotation.list_amount, quotation.total_amount) == (100_000, 97_000)
    assert (quotation.discount_percent, quotation.largest_discount_percent) == (Decimal("3.00"), Decimal("10.00"))


@given(
    st.decimals("0.01", "9999999", places=2),
    st.decimals("0", "100", places=2),
)
def test_discount_is_read_back_from_the_price_it_made(list_price, percent):
    price = rules.discounted(list_price, percent)
    assert 0 <= price <= list_price
    again = rules.discounted(list_price, rules.discount_of(list_price, price))
    assert abs(again - price) <= list_price / 20_000 + Decimal("0.01")


# Limits and approval


def test_limit_is_the_highest_of_somebodys_roles_and_the_newest_line_counts(limits, sales1, trainee):
    assert DiscountLimit.objects.limit_of(sales1, TODAY()) == 3
    assert DiscountLimit.objects.limit_of(clerk(), TODAY()) == 20
    assert DiscountLimit.objects.limit_of(trainee, TODAY()) == 0
    make_discountlimit(percent=Decimal("4.5"), valid_from=date(2026, 6, 1))
    make_discountlimit(percent=Decimal("9"), valid_from=TODAY() + timedelta(days=1))
    assert DiscountLimit.objects.limit_of(sales1, TODAY()) == Decimal("4.50")


def test_discount_within_the_limit_is_sent_at_once(limits, sales1):
    quotation = offer(sales1, "3")
    with pytest.raises(StepRefused):
        step("submit", quotation, by=sales1)
    assert step("send", quotation, by=sales1).status == "sent"
    assert TimelineEntry.objects.get(customer=quotation.customer).parameters["quotation"] == quotation.number


def test_funnel_counts_an_offer_once_whatever_its_versions(limits, sales1):
    first = offer(sales1)
    step("send", first, by=sales1)
    second = step("revise", first, by=sales1).revision
    step("send", second, by=sales1)
    record = ContactRecord.objects.get(customer=first.customer)
    assert (record.kind, record.owner, record.summary) == ("quotation", sales1, first.number)


def test_discount_beyond_the_limit_names_the_limit_and_who_may_approve(limits, sales1):
    with pytest.raises(StepRefused) as refusal:
        step("send", offer(sales1, "5"), by=sales1)
    assert "陈海燕" not in refusal.value.sentence, "the manager of another region"
    for part in ("5.00 %", "3.00 %", "王建国 (大区经理, 8.00 %)", "周志远 (销售总监, 20.00 %)"):
        assert part in refusal.value.sentence, refusal.value.sentence


def test_nobody_may_approve_what_is_beyond_every_limit(limits, sales1):
    with pytest.raises(StepRefused, match="总监|director"):
        step("send", offer(sales1, "21"), by=sales1)


def test_submitted_price_waits_for_those_whose_limit_suffices(limits, sales1, manager, director, manager2, sales2):
    small, large = offer(sales1, "8"), offer(sales1, "12")
    for quotation in (small, large):
        step("submit", quotation, by=sales1)
    waiting = {
        person.username: set(Quotation.objects.waiting_for(person))
        for person in (sales1, sales2, manager, manager2, director)
    }
    assert waiting == {
        "sales1": set(),
        "sales2": set(),
        "manager": {small},
        "manager2": set(),
        "director": {small, large},
    }
    case = ApprovalCase.objects.get(object_id=large.pk)
    told = set(Notice.objects.filter(url=f"/approvals/{case.pk}/").values_list("user__username", flat=True))
    assert told == {"director"}
    with pytest.raises(StepRefused, match=r"8\.00 %.*20\.00 %"):
        step("approve", large, by=manager)
    assert step("approve", large, by=director).status == "approved"
    assert Notice.objects.filter(user=sales1, url__contains=f"/{large.pk}/").count() == 1
    assert step("send", large, by=sales1).status == "sent"


def test_nobody_approves_what_is_his_own_or_what_he_handed_in(limits, sales1, manager):
    own, handed_in = offer(manager, "12"), offer(sales1, "12")
    for quotation in (own, handed_in):
        step("submit", quotation, by=manager)
    make_discountlimit(role=Role.REGIONAL_MANAGER, percent=Decimal("15"), valid_from=TODAY())
    assert not Quotation.objects.waiting_for(manager).exists()
    for quotation in (own, handed_in):
        with pytest.raises(StepRefused, match=quotation.number):
            step("approve", quotation, by=manager)


def test_price_below_cost_needs_somebody_who_knows_the_cost(limits, sales1, manager, director):
    sku = priced_sku()
    make_price(configuration=sku.configuration, kind=Price.Kind.COST, amount=Decimal("42000"))
    quotation = offer(sales1, "2.5")
    assert quotation.is_below_cost
    with pytest.raises(StepRefused, match="销售总监"):
        step("send", quotation, by=sales1)
    step("submit", quotation, by=sales1)
    assert not Quotation.objects.waiting_for(manager).exists()
    with pytest.raises(StepRefused):
        step("approve", quotation, by=manager)
    assert step("approve", quotation, by=director).status == "approved"


def test_returned_price_is_lowered_and_sent(limits, sales1, manager):
    quotation = offer(sales1, "6")
    step("submit", quotation, by=sales1)
    step("return", quotation, by=manager, note="最多三个点")
    actions.change_quotation(quotation.pk, by=sales1, lines=[quoted(2, "3")])
    assert step("send", quotation, by=sales1).status == "sent"


@pytest.mark.parametrize("status", ["submitted", "approved", "sent", "accepted", "expired", "superseded"])
def test_nothing_changes_a_price_that_was_handed_in(sales1, status):
    """The action refuses, and so does the database to whoever writes past it."""
    quotation = quotation_at(status, owner=sales1)
    with pytest.raises(RuleBroken, match=quotation.number):
        actions.change_quotation(quotation.pk, by=sales1, lines=[quoted(1)])
    line = quotation.lines.get()
    for deed in (
        lambda: quotation.lines.update(unit_price_amount=1),
        lambda: quotation.lines.all().delete(),
        lambda: Quotation.objects.filter(pk=quotation.pk).update(total_amount=1),
        lambda: Quotation.objects.filter(pk=quotation.pk).update(valid_until=date(2099, 1, 1)),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            deed()
    assert quotation.lines.get() == line


LEADS_TO = {
    ("draft", "send"): "sent",
    ("draft", "submit"): "submitted",
    ("draft", "expire"): "expired",
    ("returned", "send"): "sent",
    ("returned", "submit"): "submitted",
    ("returned", "expire"): "expired",
    ("submitted", "approve"): "approved",
    ("submitted", "return"): "returned",
    ("approved", "send"): "sent",
    ("approved", "revise"): "superseded",
    ("approved", "expire"): "expired",
    ("sent", "accept"): "accepted",
    ("sent", "revise"): "superseded",
    ("sent", "expire"): "expired",
    ("expired", "revise"): "superseded",
    ("accepted", "contract"): "accepted",
}


@pytest.mark.parametrize("status", Quotation.Status.values)
@pytest.mark.parametrize("name", STEPS)
def test_step_is_open_from_these_statuses_only(limits, sales1, director, status, name):
    discount = "5" if name in ("submit", "approve") else "0"
    quotation = quotation_at(status, owner=sales1, unit=sales1.unit, lines=[quoted(1, discount)])
    by = sales1 if name == "submit" else director
    expected = LEADS_TO.get((status, name))
    if expected:
        assert step(name, quotation, by=by).status == expected
    else:
        with pytest.raises(StepRefused, match=quotation.number):
            step(name, quotation, by=by)
        quotation.refresh_from_db()
        assert quotation.status == status


@pytest.mark.parametrize("name", STEPS)
def test_each_step_needs_its_permission(trainee, name):
    with pytest.raises(PermissionDenied):
        step(name, make_quotation(), by=trainee)


def test_opportunity_is_one_of_the_customer(sales1):
    with pytest.raises(RuleBroken):
        make_quotation(owner=sales1, opportunity=make_opportunity())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(PRICES), st.integers(1, 400), st.decimals(0, 100, places=2)), min_size=1, max_size=12
    )
)
def test_total_is_the_sum_of_the_lines_whatever_they_are(sales1, offers):
    skus = {price: make_sku() for price, _cars, _discount in offers}
    for price, sku in skus.items():
        make_price(configuration=sku.configuration, amount=Decimal(price))
    lines = [quoted(cars, discount, skus[price]) for price, cars, discount in offers]
    quotation = make_quotation(owner=sales1, lines=lines)
    quotation.refresh_from_db()
    sums = quotation.lines.aggregate(total=Sum("amount"), listed=Sum(F("quantity") * F("list_price_amount")))
    assert (quotation.total_amount, quotation.list_amount) == (sums["total"], sums["listed"])
    discounts = [discount for _price, _cars, discount in offers]
    assert quotation.largest_discount_percent == max(discounts)
    assert min(discounts) - Decimal("0.01") <= quotation.discount_percent <= max(discounts) + Decimal("0.01")

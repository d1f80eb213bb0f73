"""Ordered, delivered, invoiced and paid of what was agreed; the reminder to renew."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.models import Allocation
from contracts.tests.factories import cars, clerk, make_order, make_receipt, signed_contract
from core.models import Notice
from inventory.tests.factories import make_warehouse

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_each_figure_leads_to_the_rows_it_sums(client, director, cast):
    """300 cars for 10 million are agreed: 3 ordered, 2 delivered of which 1 came back, 38,000 paid."""
    contract = signed_contract(agreed_count=300, agreed_amount=Decimal("10000000"))
    make_order(contract=contract, status="submitted")
    make_order(contract=contract, status="approved")
    order = make_order(contract=contract, status="received", lines=[cars(2)])
    make_receipt(receivable=order.receivable, amount=Decimal("38000"))
    gone = make_order(contract=contract, status="received")
    _return_first(Allocation.objects.filter(order_line__order=gone))
    _return_first(Allocation.objects.filter(order_line__order=order))
    client.force_login(director)
    page = client.get(reverse("contracts:contract_detail", args=[contract.pk]))
    figures = page.context["fulfilment"]
    assert [(figure.value, figure.share) for figure in figures] == [
        (2, Decimal("0.67")),
        (Decimal("76000.00"), Decimal("0.76")),
        (1, Decimal("0.33")),
        (Decimal("38000.00"), Decimal("0.38")),
        (Decimal("38000.00"), Decimal("0.38")),
    ]
    rows = [len(client.get(figure.url).context["rows"]) for figure in figures]
    assert rows == [2, 2, 1, 5, 3]


def _return_first(allocations) -> None:
    car = allocations.order_by("pk").first()
    actions.return_car(car.pk, by=clerk(), on=TODAY(), warehouse=make_warehouse(), reason="质量")


def test_whoever_owns_a_contract_is_reminded_once(cast, manager):
    today = date(2026, 11, 22)
    ends = {"ends_on": today + timedelta(days=60)}
    soon = signed_contract(owner=manager, **ends)
    signed_contract(owner=manager, ends_on=today + timedelta(days=61))
    assert actions.remind_of_renewals(today) == 1
    assert actions.remind_of_renewals(today) == 0
    assert soon.number in str(Notice.objects.filter(user=manager).latest("pk").parameters)
    assert soon.ends_soon(today)


def test_a_renewal_begins_with_the_terms_of_the_old_contract(client, director, cast):
    contract = signed_contract(ends_on=TODAY() + timedelta(days=30), starts_on=TODAY() - timedelta(days=335))
    client.force_login(director)
    page = client.get(reverse("contracts:contract_detail", args=[contract.pk]))
    assert page.context["renewal"]
    form = client.get(page.context["renew_url"]).context["form"]
    assert form.initial["dealer"] == str(contract.dealer_id)
    assert form.initial["starts_on"] == str(TODAY() + timedelta(days=31))
    assert form.initial["agreed_count"] == "300"

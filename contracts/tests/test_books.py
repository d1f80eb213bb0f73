"""Sums over orders, receivables and retail."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts import actions, queries, rules
from contracts.ageing import receivable_ageing
from contracts.models import Order, Receivable, Retail
from contracts.tests.factories import (
    PRICES,
    allocate_cars,
    clerk,
    make_order,
    make_retail,
    move_order,
    take_step,
)
from core.periods import period_of
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_sku


@pytest.mark.parametrize(
    ("ordered", "cars", "status"),
    [
        (2, {}, "approved"),
        (2, {"reserved": 1}, "approved"),
        (2, {"reserved": 1, "shipped": 1}, "allocated"),
        (2, {"invoiced": 1, "retailed": 1}, "invoiced"),
        (3, {"retailed": 3}, "retailed"),
        (0, {"returned": 2}, "taken_back"),
        (2, {"retailed": 1, "cancelled": 4}, "approved"),
    ],
)
def test_an_order_is_as_far_as_its_last_car(ordered, cars, status):
    assert rules.order_status(ordered, cars) == status


@pytest.mark.parametrize(("days", "label"), [(0, "0-30"), (30, "0-30"), (31, "31-60"), (90, "61-90"), (91, ">90")])
def test_ageing_buckets(days, label):
    assert rules.ageing_bucket(days) == label


@pytest.mark.django_db
def test_receivables_are_aged_by_the_day_they_were_opened(cast):
    today = date(2026, 11, 22)
    for days, paid in ((0, 0), (31, 8000), (95, 0), (40, 38000)):
        receivable = make_order(status="approved").receivable
        Receivable.objects.filter(pk=receivable.pk).update(opened_on=today - timedelta(days=days), received_amount=paid)
    ages = receivable_ageing(Receivable.objects.all(), today)
    assert [(age.bucket.label, age.count, age.amount) for age in ages] == [
        ("0-30", 1, Decimal("38000.00")),
        ("31-60", 1, Decimal("30000.00")),
        ("61-90", 0, Decimal("0.00")),
        (">90", 1, Decimal("38000.00")),
    ]


@pytest.mark.django_db
def test_retail_volume_by_month_and_dealer_in_the_readers_scope(manager, manager2, director):
    north = [make_retail(unit=manager.unit) for _ in range(2)]
    make_retail(unit=manager2.unit)
    Retail.objects.filter(pk=north[0].pk).update(retailed_on=date(2026, 10, 5))
    Retail.objects.exclude(pk=north[0].pk).update(retailed_on=date(2026, 11, 5))
    year = period_of("year", date(2026, 1, 1))
    mine = queries.retail_volume(Retail.objects.visible_to(manager), year)
    assert [(volume.key, volume.count, volume.amount) for volume in mine] == [
        (date(2026, 10, 1), 1, Decimal("42800.00")),
        (date(2026, 11, 1), 1, Decimal("42800.00")),
    ]
    november = period_of("month", date(2026, 11, 1))
    for by in ("series", "region", "dealer"):
        volumes = queries.retail_volume(Retail.objects.visible_to(director), november, by)
        assert sum(volume.count for volume in volumes) == 2


@pytest.mark.django_db
def test_fulfilment_counts_the_cars_under_way(cast):
    month = period_of("month", timezone.localdate())
    order = make_order(status="approved", lines=[{"sku": make_sku(), "quantity": 4, **PRICES}])
    make_order(status="submitted")
    line = order.lines.get()
    for _ in range(3):
        actions.allocate_vehicles(line.pk, by=clerk(), vehicle_ids=[make_vehicle(sku=line.sku).pk])
    take_step(order, "invoice", on=timezone.localdate())
    take_step(order, "ship", on=timezone.localdate(), carrier="")
    allocate_cars(make_order(status="approved"))
    move_order(make_order(status="received"), "retailed")
    found = queries.order_fulfilment(Order.objects.all(), month)
    assert (found.ordered, found.allocated, found.shipped, found.retailed) == (6, 5, 4, 1)
    assert found.shipped_share == Decimal("0.6667")

"""Any sequence of deeds leaves the books right: totals, receivables, allocations, stock counts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from contracts import actions, queries, rules
from contracts.ageing import receivable_ageing
from contracts.models import Allocation, Order, OrderLine, Receivable, Retail
from contracts.tests.factories import (
    PRICES,
    allocate_cars,
    clerk,
    make_order,
    make_receipt,
    make_retail,
    move_order,
    signed_contract,
    take_step,
)
from core.errors import RuleBroken
from core.periods import period_of
from customers.tests.factories import make_customer
from inventory.models import Vehicle
from inventory.queries import stock_counts
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_sku

DEEDS = ("submit", "approve", "return", "invoice", "ship", "receive", "cancel")


class Books(RuleBasedStateMachine):
    """A clerk who tries anything on a few orders; refusals are fine, wrong books are not."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.people = [clerk(), clerk("approver")]
        self.contract, self.sku, self.customer = signed_contract(), make_sku(), make_customer()
        self.made = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @rule(quantity=st.integers(1, 3), price=st.integers(1, 50_000))
    def place(self, quantity, price):
        line = {
            "sku": self.sku,
            "quantity": quantity,
            "unit_price_amount": Decimal(price),
            "retail_price_amount": Decimal(price + 1),
        }
        actions.place_order(by=self.people[0], contract=self.contract, lines=[line], customer=self.customer)

    @rule(count=st.integers(1, 2))
    def produce(self, count):
        self.made += count
        for _ in range(count):
            make_vehicle(sku=self.sku)

    @rule(name=st.sampled_from(DEEDS), person=st.integers(0, 1), pick=st.integers(0, 5))
    def step(self, name, person, pick):
        data = {"on": timezone.localdate()} if name in ("invoice", "ship", "receive") else {}
        data |= {"carrier": ""} if name == "ship" else {}
        self.attempt(lambda order: take_step(order, name, by=self.people[person], note="理由", **data), pick)

    @rule(pick=st.integers(0, 5), cars=st.integers(1, 3))
    def allocate(self, pick, cars):
        keys = list(Vehicle.objects.order_by("-pk").values_list("pk", flat=True)[pick : pick + cars])
        self.attempt(
            lambda order: actions.allocate_vehicles(order.lines.get().pk, by=self.people[0], vehicle_ids=keys), pick
        )

    @rule(pick=st.integers(0, 5))
    def retail(self, pick):
        allocations = list(Allocation.objects.order_by("pk"))
        if allocations:
            chosen = allocations[pick % len(allocations)]
            self.refusable(lambda: actions.retail_car(chosen.pk, by=self.people[1], retailed_on=timezone.localdate()))

    @rule(pick=st.integers(0, 5), amount=st.integers(1, 120_000))
    def pay(self, pick, amount):
        receivables = list(Receivable.objects.order_by("pk"))
        if receivables:
            chosen = receivables[pick % len(receivables)]
            self.refusable(lambda: make_receipt(owner=self.people[1], receivable=chosen, amount=Decimal(amount)))

    def attempt(self, deed, pick):
        orders = list(Order.objects.order_by("pk"))
        if orders:
            self.refusable(lambda: deed(orders[pick % len(orders)]))

    def refusable(self, deed):
        try:
            deed()
        except RuleBroken as refusal:
            assert refusal.sentence

    @invariant()
    def totals_are_the_sums_of_their_lines(self):
        wrong = Order.objects.alias(sum=Sum("lines__amount")).exclude(total_amount=F("sum"))
        assert not wrong.exists()

    @invariant()
    def receivables_are_their_entries_and_never_overpaid(self):
        for receivable in Receivable.objects.all():
            entries = receivable.entries.aggregate(sum=Sum("amount"))["sum"]
            settled = receivable.settlements.aggregate(sum=Sum("amount"))["sum"] or 0
            assert receivable.amount == entries
            assert receivable.received_amount == settled
            assert receivable.outstanding_amount == entries - settled >= 0

    @invariant()
    def no_car_is_promised_twice_and_no_line_has_too_many(self):
        live = list(Allocation.objects.live().values_list("vehicle", flat=True))
        assert len(live) == len(set(live))
        for line in OrderLine.objects.all():
            assert line.allocations.live().count() <= line.quantity

    @invariant()
    def every_car_made_is_in_one_stock(self):
        counts = stock_counts(Vehicle.objects.all())
        assert counts.produced == self.made
        assert counts.retailed == Retail.objects.count()

    @invariant()
    def the_customer_has_bought_what_stands_in_his_orders(self):
        for customer in {order.customer for order in Order.objects.select_related("customer") if order.customer}:
            bought = sum(customer.purchases.values_list("amount", flat=True))
            lines = OrderLine.objects.filter(order__in=Order.objects.approved().filter(customer=customer))
            planned = lines.aggregate(sum=Sum(F("quantity") * F("retail_price_amount")))["sum"] or 0
            assert bought == planned


@pytest.mark.django_db
@pytest.mark.slow
def test_the_books_stay_right_whatever_is_tried(cast):
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=10,
            stateful_step_count=15,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize(
    ("ordered", "cars", "status"),
    [
        (2, {}, "approved"),
        (2, {"reserved": 1}, "approved"),
        (2, {"reserved": 1, "shipped": 1}, "allocated"),
        (2, {"invoiced": 1, "retailed": 1}, "invoiced"),
        (3, {"retailed": 3}, "retailed"),
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

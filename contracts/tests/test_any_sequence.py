"""Any sequence of order, approve, allocate, invoice, ship, receive, retail, cancel, return, pay, refund keeps books."""

from decimal import Decimal
from itertools import count

import pytest
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from contracts import actions
from contracts.models import Allocation, Invoice, Order, OrderLine, Receipt, Receivable, Refund, Retail, Settlement
from contracts.needs import free_cars
from contracts.tests.factories import clerk, make_prepayment, make_receipt, signed_contract, take_step
from core.errors import RuleBroken
from core.periods import month_of
from customers.models import PurchaseRecord
from customers.tests.factories import make_customer
from dealers.queries import balance
from dealers.tests.factories import make_dealer
from inventory.models import Movement, Vehicle
from inventory.queries import stock_at, stock_counts, volumes
from inventory.tests.factories import make_vehicle, make_warehouse
from products.tests.factories import make_sku

Car = Allocation.Status
STEPS = ("submit", "approve", "return", "withdraw", "release", "invoice", "ship", "receive", "cancel")
STATE_OF = {
    Car.RESERVED: "in_factory",
    Car.INVOICED: "in_transit",
    Car.SHIPPED: "in_transit",
    Car.RECEIVED: "at_dealer",
    Car.RETAILED: "retailed",
}
NEXT = {
    "draft": "submit",
    "submitted": "approve",
    "returned": "submit",
    "allocated": "invoice",
    "invoiced": "ship",
    "shipped": "receive",
}
picks = st.integers(0, 7)
serial = count(1)


def total(rows, name: str = "amount") -> Decimal:
    return rows.aggregate(sum=Sum(name))["sum"] or Decimal(0)


class Books(RuleBasedStateMachine):
    """People who try anything on a few orders of a dealer with 150,000 yuan of credit; refusals are fine."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.clerk, self.approver = clerk(), clerk("approver")
        self.dealer = make_dealer(credit_limit_amount=Decimal("150000"))
        self.contract, self.sku, self.yard = signed_contract(dealer=self.dealer), make_sku(), make_warehouse()
        self.customers = [make_customer(), make_customer()]
        self.made = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @rule(quantity=st.integers(1, 3), price=st.integers(1, 50_000), whose=st.sampled_from([None, 0, 1]))
    def order(self, quantity, price, whose):
        line = {"sku": self.sku, "quantity": quantity}
        line |= {"unit_price_amount": Decimal(price), "retail_price_amount": Decimal(price + 1)}
        customer = None if whose is None else self.customers[whose]
        actions.place_order(by=self.clerk, contract=self.contract, lines=[line], customer=customer)

    @rule(cars=st.integers(1, 3))
    def produce(self, cars):
        self.made += cars
        for _ in range(cars):
            make_vehicle(sku=self.sku)

    @rule(name=st.sampled_from(STEPS), pick=picks, person=st.integers(0, 1))
    def step(self, name, pick, person):
        self.take(self.one_of(Order, pick), name, by=(self.clerk, self.approver)[person])

    @initialize(steps=st.lists(st.integers(0, 8), min_size=3, max_size=3))
    def begin(self, steps):
        """Three orders that have come differently far."""
        self.produce(7)
        for number, far in enumerate(steps):
            self.order(number + 1, 10_000 * (number + 1), (None, 0, 1)[number])
            self.go_on(number, far)

    @rule(pick=picks, steps=st.integers(1, 8))
    def go_on(self, pick, steps):
        """The next steps of the main line, so that many orders come far."""
        for _ in range(steps):
            order = self.one_of(Order, pick)
            if order is None:
                return
            if order.status == "approved":
                self.allocate(pick, 3)
            elif order.status == "received":
                self.retail(pick, 0, 0)
            elif order.status in NEXT:
                self.take(order, NEXT[order.status], by=self.approver if order.status == "submitted" else self.clerk)

    @rule(pick=picks, cars=st.integers(1, 3))
    def allocate(self, pick, cars):
        order = self.one_of(Order, pick)
        if order is None:
            return
        keys = list(free_cars().order_by("produced_on", "pk").values_list("pk", flat=True)[:cars])
        line = order.lines.get()
        self.refusable(lambda: actions.allocate_vehicles(line.pk, by=self.clerk, vehicle_ids=keys, reason="手工"))

    @rule()
    def propose_and_apply(self):
        def deed():
            proposal = actions.propose_allocation(by=self.clerk)
            actions.apply_proposal(proposal, by=self.clerk, reserved_until=timezone.localdate())

        self.refusable(deed)

    @rule(pick=picks)
    def release(self, pick):
        if car := self.one_of(Allocation, pick):
            self.refusable(lambda: actions.release_allocation(car.pk, by=self.clerk, reason="释放"))

    @rule(pick=picks, whose=st.integers(0, 1), less=st.integers(0, 500))
    def retail(self, pick, whose, less):
        ready = Allocation.objects.filter(status=Car.RECEIVED)
        if car := self.one_of(Allocation, pick, ready):
            price = max(car.order_line.retail_price_amount - less, Decimal(0))
            about = {"customer": self.customers[whose], "price_amount": price, "retailed_on": timezone.localdate()}
            self.refusable(lambda: actions.retail_car(car.pk, by=self.clerk, **about))

    @rule(pick=picks)
    def take_back_retail(self, pick):
        if sale := self.one_of(Retail, pick):
            about = {"on": timezone.localdate(), "reason": "客户退车"}
            self.refusable(lambda: actions.take_back_retail(sale.pk, by=self.clerk, **about))

    @rule(pick=picks)
    def return_car(self, pick):
        if car := self.one_of(Allocation, pick, Allocation.objects.exclude(status=Car.RESERVED)):
            about = {"on": timezone.localdate(), "warehouse": self.yard, "reason": "退车"}
            self.refusable(lambda: actions.return_car(car.pk, by=self.clerk, **about))

    @rule(pick=picks, amount=st.integers(1, 120_000))
    def pay(self, pick, amount):
        if owed := self.one_of(Receivable, pick):
            self.refusable(lambda: make_receipt(owner=self.clerk, receivable=owed, amount=Decimal(amount)))

    @rule(amount=st.integers(1, 120_000))
    def pay_in_advance(self, amount):
        make_prepayment(owner=self.clerk, payer_dealer=self.dealer, amount=Decimal(amount))

    @rule(pick=picks, amount=st.integers(1, 60_000))
    def refund(self, pick, amount):
        if receipt := self.one_of(Receipt, pick):
            about = {"refunded_on": timezone.localdate(), "reference": f"TK-{next(serial)}", "reason": "退款"}
            self.refusable(lambda: actions.refund_receipt(receipt.pk, by=self.clerk, amount=Decimal(amount), **about))

    def one_of(self, model, pick, rows=None):
        found = list((model.objects.all() if rows is None else rows).order_by("pk"))
        return found[pick % len(found)] if found else None

    def take(self, order, name, *, by):
        if order is None:
            return
        data = {"on": timezone.localdate()} if name in ("invoice", "ship", "receive") else {}
        data |= {"carrier": ""} if name == "ship" else {}
        self.refusable(lambda: take_step(order, name, by=by, note="理由", **data))

    def refusable(self, deed):
        try:
            with transaction.atomic():
                deed()
        except RuleBroken as refusal:
            assert refusal.sentence

    @invariant()
    def order_totals_are_the_sums_of_their_lines(self):
        assert not Order.objects.alias(sum=Sum("lines__amount")).exclude(total_amount=F("sum")).exists()

    @invariant()
    def outstanding_is_charged_less_returned_less_received(self):
        for order in Order.objects.filter(receivable__isnull=False):
            owed = order.receivable
            is_cancelled = order.status == "cancelled"
            returned = -total(order.invoices.filter(amount__lt=0))
            assert owed.amount == total(owed.entries) == (0 if is_cancelled else order.total_amount - returned)
            assert owed.received_amount == total(owed.settlements)
            assert owed.outstanding_amount == owed.amount - owed.received_amount >= 0

    @invariant()
    def a_surplus_is_a_prepayment_and_money_is_never_used_twice(self):
        prepaid = sum(receipt.prepaid_amount for receipt in Receipt.objects.all())
        assert prepaid == total(Receipt.objects) - total(Refund.objects) - total(Settlement.objects) >= 0
        assert balance(self.dealer.pk, "car") == (
            total(Receipt.objects) - total(Refund.objects) - total(Invoice.objects)
        )

    @invariant()
    def nothing_counts_before_it_is_approved(self):
        assert not Receivable.objects.filter(order__status__in=Order.NOT_YET).exists()

    @invariant()
    def each_car_is_in_one_place_and_no_line_has_too_many(self):
        live = list(Allocation.objects.live().select_related("vehicle"))
        assert len(live) == len({car.vehicle_id for car in live})
        assert all(car.vehicle.state == STATE_OF[car.status] for car in live)
        elsewhere = Vehicle.objects.exclude(pk__in=[car.vehicle_id for car in live])
        assert set(elsewhere.values_list("state", flat=True)) <= {"in_factory"}
        for line in OrderLine.objects.all():
            assert line.allocations.live().count() + line.returned_count <= line.quantity

    @invariant()
    def produced_is_factory_and_transit_and_dealers_and_sold(self):
        counts = stock_counts(Vehicle.objects.all())
        assert counts == stock_at(Vehicle.objects.all(), timezone.localdate())
        assert counts.produced == self.made
        assert counts.retailed == total(Retail.objects, "quantity")
        flow = volumes(Movement.objects.all(), month_of(timezone.localdate()))
        assert flow.wholesale == counts.channel + counts.retailed
        assert flow.retail == counts.retailed

    @invariant()
    def purchases_are_the_approved_orders_and_what_was_sold_otherwise(self):
        """Each car counts once: at the price it was sold for, else at the price it was ordered for by a customer."""
        sold = total(Retail.objects.filter(quantity=1, taken_back_on=None), "price_amount")
        ordered = Decimal(0)
        for line in OrderLine.objects.filter(order__in=Order.objects.approved().exclude(customer=None)):
            waiting = line.quantity - line.returned_count - line.allocations.filter(status=Car.RETAILED).count()
            ordered += waiting * line.retail_price_amount
        assert total(PurchaseRecord.objects) == sold + ordered


@pytest.mark.django_db
@pytest.mark.slow
def test_the_books_stay_right_whatever_is_tried(cast):
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

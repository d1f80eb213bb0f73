"""The status diagram of orders."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop

from contracts import actions, discounts, forms
from contracts.actions.allocations import release_reserved_cars
from contracts.actions.approvals import approve_order, release_order
from contracts.actions.orders import check_cover, date_order, status_by_cars
from contracts.actions.purchases import take_back_order
from contracts.approvals import ORDER_APPROVAL
from contracts.kinds import check_stock
from contracts.models import Allocation, Order
from core.notices import notify
from core.workflow import Step, behind

S = Order.Status
Car = Allocation.Status


@dataclass(frozen=True)
class CarStep(Step):
    """A step that moves cars of an order: offered while cars are ready for it; the status follows the cars."""

    cars: str = ""

    def is_offered(self, record, user) -> bool:
        return (
            super().is_offered(record, user)
            and Allocation.objects.filter(order_line__order=record, status=self.cars).exists()
        )


def submit(order, *, by, note):
    today = timezone.localdate()
    date_order(order, today, by=by)
    check_stock(order)
    if discounts.needs_limit(order, today):
        discounts.check_somebody_may(order, by, today)


def approve(order, *, by, note):
    today = timezone.localdate()
    check_cover(order, today)
    discounts.approver_within(order, by, today)
    approve_order(order, by=by)


def release(order, *, by, note):
    release_order(order, by=by)


def send_back(order, *, by, note):
    _tell_owner(order, by=by, message=gettext_noop("%(by)s returned the order %(order)s: %(note)s"), note=note)


def cancel(order, *, by, note):
    """Before the first invoice: cars go back, receivable and purchase record are taken back by negative rows."""
    today = timezone.localdate()
    release_reserved_cars(order, reason=note)
    actions.take_back_receivable(order, by=by, on=today)
    if order.approved_on:
        take_back_order(order, by=by, on=today)
    if order.buyer_dealer:
        actions.release_held_orders(order.buyer_dealer, by=by, but=order)
    _tell_owner(order, by=by, message=gettext_noop("%(by)s cancelled the order %(order)s: %(note)s"), note=note)


def invoice(order, *, by, note, on, rebate_amount=None, cars=None):
    actions.invoice_cars(order, by=by, on=on, rebate=rebate_amount, cars=cars)
    order.status = status_by_cars(order)


def ship(order, *, by, note, on, carrier, cars=None):
    delivery = actions.ship_cars(order, by=by, on=on, carrier=carrier, cars=cars)
    order.status = status_by_cars(order)
    _tell_owner(
        order,
        by=by,
        message=gettext_noop("Delivery %(delivery)s of the order %(order)s is on its way."),
        delivery=delivery.number,
    )


def receive(order, *, by, note, on, **arrived):
    actions.receive_cars(order, by=by, on=on, **arrived)
    order.status = status_by_cars(order)


def _tell_owner(order, *, by, message: str, **parameters) -> None:
    if order.owner_id and order.owner_id != by.pk:
        notify([order.owner_id], message, url=_url(order), by=str(by), order=order.number, **parameters)


def _url(order) -> str:
    return reverse("contracts:order_detail", args=[order.pk])


_STEPS = (
    Step(
        "submit",
        gettext_lazy("Submit"),
        frozenset({S.DRAFT, S.RETURNED}),
        S.SUBMITTED,
        "contracts.submit_order",
        submit,
    ),
    Step(
        "approve",
        gettext_lazy("Approve"),
        frozenset({S.SUBMITTED}),
        "",
        "contracts.approve_order",
        approve,
        by_another=True,
        tone="success",
    ),
    Step(
        "release",
        gettext_lazy("Release"),
        frozenset({S.HELD}),
        S.APPROVED,
        "contracts.release_order",
        release,
        tone="success",
    ),
    Step(
        "return",
        gettext_lazy("Return"),
        frozenset({S.SUBMITTED}),
        S.RETURNED,
        "contracts.return_order",
        send_back,
        needs_note=True,
        tone="warning",
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        frozenset({S.SUBMITTED}),
        S.DRAFT,
        "contracts.submit_order",
        tone="secondary",
    ),
    CarStep(
        "invoice",
        gettext_lazy("Issue the invoices"),
        frozenset({S.APPROVED, S.ALLOCATED}),
        "",
        "contracts.invoice_order",
        invoice,
        forms.InvoiceForm,
        cars=Car.RESERVED,
    ),
    CarStep(
        "ship",
        gettext_lazy("Ship"),
        frozenset({S.APPROVED, S.ALLOCATED, S.INVOICED}),
        "",
        "contracts.ship_order",
        ship,
        forms.ShipForm,
        cars=Car.INVOICED,
    ),
    CarStep(
        "receive",
        gettext_lazy("Confirm receipt"),
        frozenset({S.APPROVED, S.ALLOCATED, S.INVOICED, S.SHIPPED}),
        "",
        "contracts.receive_order",
        receive,
        forms.ReceiveForm,
        tone="success",
        cars=Car.SHIPPED,
    ),
    Step(
        "cancel",
        gettext_lazy("Cancel the order"),
        frozenset({*Order.NOT_YET, S.APPROVED, S.ALLOCATED}),
        S.CANCELLED,
        "contracts.cancel_order",
        cancel,
        needs_note=True,
        tone="secondary",
    ),
)
ORDER_STEPS = behind(ORDER_APPROVAL, _STEPS)

"""Cars and sales that come back (退车): negative rows on their own day, nothing that happened is changed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.accounts import post_invoices
from contracts.actions.allocations import lock_allocation
from contracts.actions.approvals import release_held_orders
from contracts.actions.orders import refresh_order_status
from contracts.actions.purchases import enter_returned_car, lose_order, settle_retail
from contracts.actions.rebate_uses import return_rebate
from contracts.actions.receivables import lower_receivable
from contracts.actions.retails import write_reversal
from contracts.models import Allocation, Invoice, Order, ReceivableEntry, Retail
from core.errors import RuleBroken
from core.numbering import next_number
from customers.actions import withdraw_milestone
from dealers.closed_months import check_day
from inventory import actions as inventory
from inventory.models import Movement, Warehouse
from users.models import User

Status = Allocation.Status


@transaction.atomic
def return_car(allocation_id: int, *, by: User, on: date, warehouse: Warehouse, reason: str) -> Allocation:
    """A wholesaled car comes back to the factory: credit note, less owed, purchase taken back, free to be sold anew."""
    order, allocation = lock_allocation(allocation_id)
    if allocation.status not in Allocation.WHOLESALED:
        raise RuleBroken(
            _("“%(car)s” is %(status)s; a car is returned once it is invoiced. A reserved one is given back.")
            % {"car": allocation, "status": allocation.get_status_display()}
        )
    _check_day(allocation, on)
    for retail in _live_sales(allocation):
        _reverse(order, retail, by=by, on=on, reason=reason)
    inventory.return_vehicle(allocation.vehicle_id, by=by, on=on, warehouse=warehouse, note=reason)
    _credit(order, allocation, by=by, on=on, reason=reason)
    enter_returned_car(order, allocation, on=on)
    allocation.status, allocation.reason = Status.RETURNED, reason
    allocation.save(update_fields=["status", "reason"])
    line = allocation.order_line
    line.returned_count += 1
    line.save(update_fields=["returned_count"])
    refresh_order_status(order, by=by, step="take_back", note=reason)
    if order.status == Order.Status.TAKEN_BACK:
        lose_order(order, by=by)
    if order.buyer_dealer:
        release_held_orders(order.buyer_dealer, by=by)
    return allocation


@transaction.atomic
def take_back_retail(retail_id: int, *, by: User, on: date, reason: str) -> Retail:
    """The customer gives the car back to the dealer: the sale is taken back by a negative row of the day."""
    allocation_id = Retail.objects.values_list("allocation", flat=True).get(pk=retail_id)
    order, allocation = lock_allocation(allocation_id)
    retail = Retail.objects.select_for_update(of=("self",)).select_related("vehicle").get(pk=retail_id)
    if not retail.is_live:
        raise RuleBroken(_("The sale of “%(car)s” has been taken back already.") % {"car": retail.vehicle})
    if order.is_direct:
        raise RuleBroken(_("“%(order)s” was sold without a dealer: return the car to the factory.") % {"order": order})
    _check_day(allocation, on)
    reversal = _reverse(order, retail, by=by, on=on, reason=reason)
    inventory.take_back_vehicle(allocation.vehicle_id, by=by, on=on, note=reason)
    allocation.status = Status.RECEIVED
    allocation.save(update_fields=["status"])
    refresh_order_status(order, by=by, step="take_back", note=reason)
    return reversal


def _live_sales(allocation: Allocation) -> list[Retail]:
    sales = Retail.objects.select_for_update(of=("self",)).select_related("vehicle")
    return list(sales.filter(allocation=allocation, quantity=1, taken_back_on=None))


def _reverse(order: Order, retail: Retail, *, by: User, on: date, reason: str) -> Retail:
    """A locked sale is undone, and what it entered with it. What a false report entered was taken back already."""
    retail.taken_back_on = on
    retail.save(update_fields=["taken_back_on"])
    if retail.stays_reported:  # its negative row was written when it was refuted
        return Retail.objects.get(reverses=retail)
    reversal = write_reversal(retail, on=on, reason=reason)
    if retail.verification != Retail.Verification.FALSE:
        settle_retail(order, retail, on=on, sign=-1)
        withdraw_milestone(f"retail:{retail.pk}")
    return reversal


def _credit(order: Order, allocation: Allocation, *, by: User, on: date, reason: str) -> None:
    """The wholesale invoice taken back by a negative one (红冲), and the buyer owes that much less."""
    invoiced = allocation.invoices.get(amount__gt=0)
    note = Invoice.objects.create(
        number=next_number("credit_note", prefix="HC", on=on),
        order=order,
        allocation=allocation,
        amount=-invoiced.amount,
        invoiced_on=on,
    )
    post_invoices([note], by=by)
    return_rebate(invoiced, by=by, on=on)
    lower_receivable(order, kind=ReceivableEntry.Kind.RETURNED, amount=invoiced.amount, on=on, by=by, text=reason[:200])


def _check_day(allocation: Allocation, on: date) -> None:
    """It counts in the month in which it happens."""
    moved = Movement.objects.filter(vehicle=allocation.vehicle_id).order_by("-on").values_list("on", flat=True)[0]
    check_day("on", on, earliest=moved)

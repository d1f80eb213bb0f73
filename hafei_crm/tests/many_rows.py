"""Very many rows for a list, made at once where one order, plan or buyer has them all; by the name of their pages."""

from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone

from analytics.tests.factories import make_retailfinding
from contracts.actions import refund_receipt
from contracts.actions.deliveries import ship_cars
from contracts.models import Allocation, Invoice, Order, Retail
from contracts.tests.factories import (
    cars,
    clerk,
    make_allocationproposal,
    make_order,
    make_prepayment,
    make_rebateaccrual,
    make_rebatebasis,
    make_receipt,
    make_refund,
)
from inventory.tests.factories import make_vehicle
from salesplan.tests.factories import dealer_at, make_productionplan, plan_line
from users.models import Unit, User


def allocations(count: int, *, unit: Unit, owner: User) -> None:
    _order(count, "allocated", unit, owner)


def proposed_cars(count: int, *, unit: Unit, owner: User) -> None:
    order = _order(count, "approved", None, None)
    for _ in range(count - 1):
        make_vehicle(sku=order.lines.get().sku)
    make_allocationproposal(owner=owner, order=order)


def invoices(count: int, *, unit: Unit, owner: User) -> list[Invoice]:
    return list(_order(count, "invoiced", unit, owner).invoices.all())


def deliveries(count: int, *, unit: Unit, owner: User) -> None:
    """Each car is shipped alone."""
    order = _order(count, "invoiced", unit, owner)
    for car in Allocation.objects.filter(order_line__order=order):
        ship_cars(order, by=clerk(), on=timezone.localdate(), carrier="长久物流", cars=[car])


def retails(count: int, *, unit: Unit, owner: User) -> list[Retail]:
    order = _order(count, "retailed", unit, owner)
    sold = Retail.objects.filter(allocation__order_line__order=order)
    sold.update(unit=unit, sold_by=owner)
    return list(sold)


def retail_findings(count: int, *, unit: Unit, owner: User) -> None:
    for sale in retails(count, unit=unit, owner=owner):
        make_retailfinding(retail=sale)


def rebate_basis(count: int, *, unit: Unit, owner: User) -> None:
    accrual = make_rebateaccrual(unit=unit, owner=owner)
    for invoice in invoices(count, unit=unit, owner=owner):
        make_rebatebasis(accrual=accrual, invoice=invoice)


def receipts(count: int, *, unit: Unit, owner: User) -> None:
    """All of them pay for the same car."""
    small = {"owner": owner, "amount": Decimal("100.00")}
    owed = make_receipt(unit=unit, **small).settlements.get().receivable
    for _ in range(count - 1):
        make_receipt(receivable=owed, **small)


def refunds(count: int, *, unit: Unit, owner: User) -> None:
    """To the same buyer."""
    payer = make_refund(unit=unit, owner=owner).receipt
    for _ in range(count - 1):
        receipt = make_prepayment(owner=owner, payer_dealer=payer.payer_dealer, payer_customer=payer.payer_customer)
        words = {"reference": receipt.number, "reason": "多付", "refunded_on": timezone.localdate()}
        refund_receipt(receipt.pk, by=owner, amount=Decimal("100.00"), **words)


def production_plan_lines(count: int, *, unit: Unit, owner: User) -> None:
    """Each for another car."""
    dealer = dealer_at()
    make_productionplan(unit=unit, owner=owner, lines=[plan_line(dealer) for _ in range(count)])


def _order(count: int, status: str, unit: Unit | None, owner: User | None) -> Order:
    return make_order(unit=unit, owner=owner, status=status, lines=[cars(count)])


MANY: dict[str, Callable] = {
    "allocation": allocations,
    "proposedcar": proposed_cars,
    "invoice": invoices,
    "delivery": deliveries,
    "retail": retails,
    "retailfinding": retail_findings,
    "rebatebasis": rebate_basis,
    "receipt": receipts,
    "settlement": receipts,
    "refund": refunds,
    "productionplanline": production_plan_lines,
}

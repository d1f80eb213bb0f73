"""Contracts, orders and what follows from them, with chosen values; ``unit`` and ``owner`` say whose they are.

``an_order`` goes through the real steps as far as ``status``; its people are made where none are given.
"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from contracts import actions, workflow
from contracts.models import (
    Allocation,
    AllocationProposal,
    Contract,
    ContractAmendment,
    ContractSeal,
    Delivery,
    DiscountLimit,
    Instalment,
    Invoice,
    Order,
    OrderLine,
    OrderVersion,
    PaperTerms,
    PriceCondition,
    ProposedCar,
    Quotation,
    QuotationLine,
    RebateAccrual,
    RebateBasis,
    Receipt,
    Receivable,
    Refund,
    Retail,
    Settlement,
)
from core.workflow import take
from customers.tests.factories import make_customer
from dealers.models import Dealer, RebatePolicy
from dealers.tests.factories import make_dealer, make_rebatepolicy
from inventory.tests.factories import make_vehicle, make_warehouse
from products.models import Price, Sku
from products.tests.factories import make_price, make_sku
from users.access import Role
from users.models import Unit, User
from users.tests.factories import make_user

serial = count(1)
WAY = ("draft", "submitted", "approved", "allocated", "invoiced", "shipped", "received", "retailed")
PRICES = {"unit_price_amount": Decimal("38000.00"), "retail_price_amount": Decimal("42800.00")}


def make_quotation(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Quotation:
    by = owner or make_user(unit=unit)
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=by)
    lines = fields.pop("lines", None) or [quoted(2)]
    values = {"valid_until": timezone.localdate() + timedelta(days=30), "note": ""}
    return actions.add_quotation(by=by, customer=customer, lines=lines, **values | fields)


def quotation_at(status: str, **fields) -> Quotation:
    """Put there at once; the steps have tests of their own."""
    quotation = make_quotation(**fields)
    Quotation.objects.filter(pk=quotation.pk).update(status=status)
    quotation.refresh_from_db()
    return quotation


def make_quotationline(*, unit: Unit | None = None, owner: User | None = None, **fields) -> QuotationLine:
    return make_quotation(unit=unit, owner=owner, **fields).lines.get()


def make_discountlimit(*, unit: Unit | None = None, owner: User | None = None, **fields) -> DiscountLimit:
    """A limit of a day of its own, so that there may be many."""
    values = {"role": Role.SALESMAN, "percent": Decimal("3.00")}
    values["valid_from"] = date(2020, 1, 1) + timedelta(days=next(serial))
    return actions.add_discount_limit(by=owner or make_user(), **values | fields)


def make_paperterms(*, unit: Unit | None = None, owner: User | None = None, **fields) -> PaperTerms:
    """Of orders, from a day of its own on, as if entered then; belongs to nobody."""
    values = {"kind": PaperTerms.Kind.ORDER, "valid_from": date(2020, 1, 1) + timedelta(days=next(serial))}
    return PaperTerms.objects.create(**values | {"text": "货到验收\n当日反馈"} | fields)


def make_pricecondition(*, unit: Unit | None = None, owner: User | None = None, **fields) -> PriceCondition:
    """Two percent off all wholesale prices from the beginning of the year, as if entered then; belongs to nobody."""
    values = {"kind": PriceCondition.Kind.PROMOTION, "name": f"秋季促销{next(serial)}", "valid_from": date(2026, 1, 1)}
    if "amount" not in fields:
        values["percent"] = Decimal("2.00")
    return PriceCondition.objects.create(**values | fields)


def make_contract(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Contract:
    """A draft with a dealer of its own, filed in ``unit``."""
    kind = Contract.Kind.KEY_ACCOUNT_FRAME if fields.get("customer") else Contract.Kind.ANNUAL_DEALER
    if not fields.get("customer"):
        fields["dealer"] = fields.get("dealer") or make_dealer()
    values = {"kind": kind, "starts_on": date(2026, 1, 1), "ends_on": date(2099, 12, 31), "agreed_count": 300}
    contract = actions.add_contract(by=owner or make_user(unit=unit), **values | fields)
    return _file(contract, unit, owner)


def signed_contract(**fields) -> Contract:
    contract = make_contract(**fields)
    Contract.objects.filter(pk=contract.pk).update(status=Contract.Status.SIGNED, signed_on=date(2026, 1, 1))
    contract.refresh_from_db()
    return contract


def any_contract() -> Contract:
    dealers = Contract.objects.in_force().filter(kind=Contract.Kind.ANNUAL_DEALER)
    return dealers.select_related("dealer__unit").order_by("pk").first() or signed_contract()


def make_contractamendment(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ContractAmendment:
    """A hundred cars more than were signed for."""
    contract = signed_contract(unit=unit, owner=owner)
    clerk("approver")
    terms = {name: getattr(contract, name) for name in ContractAmendment.TERMS} | {"agreed_count": 400}
    return actions.propose_amendment(contract.pk, by=clerk(), reason="增加台数", **terms | fields)


def make_contractseal(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ContractSeal:
    """The register's row alone: no file is drawn for it."""
    contract = fields.pop("contract", None) or signed_contract(unit=unit, owner=owner)
    values = {
        "version": 1,
        "purpose": "年度签约",
        "sealed_by": owner or clerk(),
        "gateway": "local",
        "sha256": "0" * 64,
    }
    return ContractSeal.objects.create(contract=contract, **values | fields)


def make_order(*, unit: Unit | None = None, owner: User | None = None, status: str = "draft", **fields) -> Order:
    """An order of one car, taken through its steps to ``status`` and then filed in ``unit``."""
    by = owner or make_user(unit=unit)
    contract = fields.pop("contract", None) or any_contract()
    lines = fields.pop("lines", None) or [cars(1)]
    placed_by = by if getattr(by.unit, "dealer", None) in (None, contract.dealer) else clerk()
    order = actions.place_order(by=placed_by, contract=contract, lines=lines, **fields)
    move_order(order, status)
    return _file(order, unit, owner)


def move_order(order: Order, status: str) -> Order:
    """Take the steps from where the order is to ``status``, each by somebody who may."""
    for stage in WAY[WAY.index(order.status) + 1 : WAY.index(status) + 1]:
        MOVES[stage](order)
        order.refresh_from_db()
    return order


def take_step(order: Order, name: str, *, by: User | None = None, note: str = "", **data) -> Order:
    step = next(step for step in workflow.ORDER_STEPS if step.name == name)
    return take(step, order.pk, Order, by=by or clerk(), note=note, **data)


def allocate_cars(order: Order) -> list[Allocation]:
    """New cars for every line of the order."""
    return [
        allocation
        for line in order.lines.all()
        for allocation in actions.allocate_vehicles(
            line.pk,
            by=clerk(),
            vehicle_ids=[make_vehicle(sku=line.sku).pk for _ in range(line.quantity)],
            reason="现车",
        )
    ]


def held_order(**fields) -> Order:
    """Approved, but the dealer has neither money nor credit for it."""
    contract = fields.pop("contract", None) or signed_contract(dealer=make_dealer(credit_limit_amount=0))
    order = move_order(make_order(contract=contract, **fields), "submitted")
    return take_step(order, "approve", by=clerk("approver"))


def taken_back() -> Order:
    """An order whose only car came back."""
    order = make_order(status="received")
    car = Allocation.objects.live().get(order_line__order=order)
    actions.return_car(car.pk, by=clerk(), on=timezone.localdate(), warehouse=make_warehouse(), reason="退车")
    order.refresh_from_db()
    return order


def retail_cars(order: Order) -> list[Retail]:
    customer = None if order.customer or order.buyer_customer else make_customer()
    return [
        actions.retail_car(allocation.pk, by=clerk(), retailed_on=timezone.localdate(), customer=customer)
        for allocation in Allocation.objects.live().filter(order_line__order=order)
    ]


def hand_in(order: Order) -> Order:
    """To somebody who may approve it, whoever owns it."""
    clerk("approver")
    return take_step(order, "submit")


MOVES = {
    "submitted": hand_in,
    "approved": lambda order: take_step(order, "approve", by=clerk("approver")),
    "allocated": allocate_cars,
    "invoiced": lambda order: take_step(order, "invoice", on=timezone.localdate()),
    "shipped": lambda order: take_step(order, "ship", on=timezone.localdate(), carrier="长久物流"),
    "received": lambda order: take_step(order, "receive", on=timezone.localdate()),
    "retailed": retail_cars,
}


def make_orderline(*, unit: Unit | None = None, owner: User | None = None, **fields) -> OrderLine:
    return make_order(unit=unit, owner=owner, **fields).lines.get()


def make_allocation(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Allocation:
    order = make_order(unit=unit, owner=owner, **{"status": "allocated"} | fields)
    return Allocation.objects.get(order_line__order=order)


def make_allocationproposal(*, unit: Unit | None = None, owner: User | None = None, **fields) -> AllocationProposal:
    """One car for one order; a proposal belongs to nobody."""
    order = fields.pop("order", None) or make_order(status="approved", lines=[cars(1) | {"sku": make_sku()}])
    make_vehicle(sku=order.lines.get().sku)
    return actions.propose_allocation(by=owner or clerk(), order=order)


def make_proposedcar(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ProposedCar:
    return make_allocationproposal(owner=owner, **fields).cars.get()


def make_orderversion(*, unit: Unit | None = None, owner: User | None = None, **fields) -> OrderVersion:
    """One car more than was approved."""
    order = fields.pop("order", None) or make_order(unit=unit, owner=owner, status="approved")
    values = {"reason": "加一台", "lines": [cars(2)]}
    return actions.propose_version(order.pk, by=clerk(), **values | fields)


def make_invoice(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Invoice:
    return make_order(unit=unit, owner=owner, **{"status": "invoiced"} | fields).invoices.get()


def make_delivery(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Delivery:
    return make_order(unit=unit, owner=owner, **{"status": "shipped"} | fields).deliveries.get()


def make_retail(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Retail:
    order = make_order(unit=unit, owner=owner, **{"status": "retailed"} | fields)
    retail = Retail.objects.get(allocation__order_line__order=order)
    Retail.objects.filter(pk=retail.pk).update(unit=unit or retail.unit, sold_by=owner or retail.sold_by)
    retail.refresh_from_db()
    return retail


def make_rebateaccrual(*, unit: Unit | None = None, owner: User | None = None, **fields) -> RebateAccrual:
    """600 yuan for one car invoiced in January 2025, as the run of that month left it."""
    dealer = fields.pop("dealer", None) or make_dealer(unit=unit)
    values = {
        "number": f"FL-2025-{next(serial):05d}",
        "policy": fields.pop("policy", None) or make_rebatepolicy(status=RebatePolicy.Status.PUBLISHED),
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 1, 31),
        "month": date(2025, 1, 1),
        "car_count": 1,
        "value_amount": Decimal("38000.00"),
        "computed_amount": Decimal("600.00"),
        "amount": Decimal("600.00"),
    }
    return RebateAccrual.objects.create(dealer=dealer, **values | fields)


def make_rebatebasis(*, unit: Unit | None = None, owner: User | None = None, **fields) -> RebateBasis:
    accrual = fields.pop("accrual", None) or make_rebateaccrual(unit=unit, owner=owner)
    invoice = fields.pop("invoice", None) or make_invoice()
    return RebateBasis.objects.create(accrual=accrual, invoice=invoice, car_count=1, value_amount=invoice.amount)


def make_receivable(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Receivable:
    receivable = make_order(unit=unit, owner=owner, **{"status": "approved"} | fields).receivable
    Receivable.objects.filter(pk=receivable.pk).update(unit=unit or receivable.unit)
    receivable.refresh_from_db()
    return receivable


def make_instalment(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Instalment:
    return make_receivable(unit=unit, owner=owner, **fields).instalments.get()


def make_receipt(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Receipt:
    """1,000 yuan that pay for a car, by its buyer."""
    receivable = fields.pop("receivable", None) or _owed(unit, owner)
    amount = fields.pop("amount", Decimal("1000.00"))
    whose = {"payer_dealer": receivable.buyer_dealer, "payer_customer": receivable.buyer_customer}
    return make_prepayment(owner=owner, amount=amount, settles={receivable.pk: amount}, **whose | fields)


def make_prepayment(*, owner: User | None = None, **fields) -> Receipt:
    """Money that came in without a word what it is for."""
    values = {
        "amount": Decimal("1000.00"),
        "received_on": timezone.localdate(),
        "reference": f"ICBC-{next(serial)}",
        "method": Receipt.Method.TRANSFER,
    }
    return actions.record_receipt(by=owner or clerk(), **values | fields)


def _owed(unit: Unit | None, owner: User | None) -> Receivable:
    """By a dealer in the unit, so that his money is there too."""
    if unit is None:
        return make_receivable(owner=owner)
    dealer = getattr(unit, "dealer", None) or Dealer.objects.filter(unit__parent=unit).first() or make_dealer(unit=unit)
    contract = dealer.contracts.in_force().first() or signed_contract(dealer=dealer)
    return make_receivable(owner=owner, contract=contract)


def make_settlement(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Settlement:
    return make_receipt(unit=unit, owner=owner, **fields).settlements.get()


def make_refund(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Refund:
    """100 yuan too much were paid for a car and go back."""
    receivable = _owed(unit, owner)
    whose = {"payer_dealer": receivable.buyer_dealer, "payer_customer": receivable.buyer_customer}
    receipt = make_prepayment(owner=owner, settles={receivable.pk: Decimal("900.00")}, **whose)
    values = {"amount": Decimal("100.00"), "refunded_on": timezone.localdate(), "reason": "多付"}
    return actions.refund_receipt(
        receipt.pk, by=owner or clerk(), **values | {"reference": f"TK{next(serial)}"} | fields
    )


def _file(record, unit: Unit | None, owner: User | None):
    """Put a record into a unit and into somebody's hands, whoever its partner is."""
    type(record).objects.filter(pk=record.pk).update(unit=unit or record.unit, owner=owner or record.owner)
    record.refresh_from_db()
    return record


def clerk(username: str = "clerk") -> User:
    """Somebody who may do everything with orders: director, finance, stock keeper and dealer manager at once."""
    roles = [Role.DIRECTOR, Role.FINANCE, Role.STOCK_KEEPER, Role.DEALER_MANAGER]
    return User.objects.filter(username=username).first() or make_user(username=username, roles=roles)


def cars(count: int) -> dict:
    return {"sku": any_sku(), "quantity": count, **PRICES}


def quoted(count: int, discount: str = "0", sku: Sku | None = None) -> dict:
    return {"sku": sku or priced_sku(), "quantity": count, "discount_percent": Decimal(discount)}


def priced_sku() -> Sku:
    """One with a guide price of 42,800 yuan."""
    sku = any_sku()
    if not Price.objects.filter(configuration=sku.configuration, kind=Price.Kind.GUIDE).exists():
        make_price(configuration=sku.configuration)
    return sku


def any_sku() -> Sku:
    return Sku.objects.order_by("pk").first() or make_sku()

"""How far a contract is fulfilled, in the reader's rights: ordered, delivered, invoiced and paid of what was agreed."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Allocation, Contract, Invoice, Order, OrderLine, Receivable
from users.models import User

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """``url`` leads to the rows that are summed here."""

    label: str | Promise
    kind: str
    value: Decimal | int
    agreed: Decimal | int
    url: str

    @property
    def share(self) -> Decimal | None:
        return (Decimal(self.value) * 100 / self.agreed).quantize(CENT, ROUND_HALF_UP) if self.agreed else None


def fulfilment_of(contract: Contract, user: User) -> list[Figure]:
    orders = Order.objects.visible_to(user).kept().filter(contract=contract)
    lines = OrderLine.objects.visible_to(user).filter(order__in=orders)
    kept = F("quantity") - F("returned_count")
    ordered = lines.aggregate(
        cars=Sum(kept, default=0), amount=Sum(kept * F("unit_price_amount"), default=Decimal("0.00"))
    )
    delivered = Allocation.objects.visible_to(user).delivered().filter(order_line__order__contract=contract)
    invoices = Invoice.objects.visible_to(user).filter(order__contract=contract)
    receivables = Receivable.objects.visible_to(user).filter(order__contract=contract)
    arrived = delivered.aggregate(cars=Count("pk"))["cars"]
    cars, amount = contract.agreed_count, contract.agreed_amount
    figures = (
        (_("Ordered"), "cars", ordered["cars"], cars, "order", {"is_kept": "true"}),
        (_("Ordered (yuan)"), "money", ordered["amount"], amount, "order", {"is_kept": "true"}),
        (_("Delivered"), "cars", arrived, cars, "allocation", {"is_delivered": "true"}),
        (_("Invoiced (yuan)"), "money", _sum(invoices, "amount"), amount, "invoice", {}),
        (_("Paid (yuan)"), "money", _sum(receivables, "received_amount"), amount, "receivable", {}),
    )  # fmt: skip
    return [
        Figure(label, kind, value, agreed, _rows(name, contract, filters))
        for label, kind, value, agreed, name, filters in figures
        if user.has_perm(f"contracts.view_{name}")
    ]


def _sum(rows, name: str) -> Decimal:
    return rows.aggregate(sum=Sum(name, default=Decimal("0.00")))["sum"]


def _rows(name: str, contract: Contract, filters: dict) -> str:
    return f"{reverse(f'contracts:{name}_list')}?{urlencode({'contract': contract.pk} | filters)}"

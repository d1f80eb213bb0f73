"""What each kind of order asks for (DOMAIN 1.6)."""

from collections.abc import Callable

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from contracts.models import Allocation, Order
from contracts.needs import free_cars
from core.errors import RuleBroken

Kind = Order.Kind


def check_kind(order: Order) -> None:
    """Regular orders ask for nothing; stock is asked for when an urgent one is handed in."""
    if check := CHECKS.get(order.kind):
        check(order)


def check_stock(order: Order) -> None:
    """An urgent order is served from the stock that is there: free cars of each SKU, now, for what has no car yet."""
    if order.kind != Kind.URGENT:
        return
    wanted: dict = {}
    served = Count("allocations", filter=Q(allocations__status__in=Allocation.LIVE))
    for line in order.lines.select_related("sku").annotate(served=served):
        missing = line.quantity - line.served - line.returned_count
        wanted[line.sku] = wanted.get(line.sku, 0) + missing
    free = _free_cars(sku.pk for sku in wanted)
    for sku, cars in wanted.items():
        if cars > free.get(sku.pk, 0):
            raise RuleBroken(
                _(
                    "An urgent order is served from stock: of “%(sku)s” %(free)d cars are free, "
                    "%(wanted)d are ordered. Order fewer, or place a regular order."
                )
                % {"sku": sku, "free": free.get(sku.pk, 0), "wanted": cars}
            )


def _free_cars(skus) -> dict[int, int]:
    free = free_cars().filter(sku__in=list(skus)).order_by()
    return dict(free.values_list("sku").annotate(cars=Count("pk")))


def _check_special(order: Order) -> None:
    if not order.note.strip():
        raise RuleBroken({"note": _("Say what is special about this order: options, colour, conversion.")})


def _check_demo(order: Order) -> None:
    if order.is_direct:
        raise RuleBroken({"kind": _("Demo and exhibition cars are ordered by a dealer for his own showroom.")})
    if order.customer_id:
        raise RuleBroken({"customer": _("A demo car stands in the showroom: leave the end user empty.")})


def _check_key_account(order: Order) -> None:
    if not (order.customer_id or order.buyer_customer_id):
        raise RuleBroken({"customer": _("Name the key account that gets the cars.")})


CHECKS: dict[str, Callable[[Order], None]] = {
    Kind.SPECIAL: _check_special,
    Kind.DEMO: _check_demo,
    Kind.KEY_ACCOUNT: _check_key_account,
}

"""What did not go as planned: cars and sales that came back, orders changed, orders held for money, cars proposed."""

from itertools import islice

from django.db.models import Count

from contracts.actions import place_order, propose_allocation, propose_version, return_car, take_back_retail
from contracts.credit import Credit, credit_of
from contracts.models import Allocation, Contract, Order, OrderLine, OrderVersion, Retail
from contracts.workflow import ORDER_VERSION_STEPS
from core.workflow import take
from dealers.models import Dealer
from hafei_crm.demo.world import World
from inventory.models import Warehouse
from products.models import Sku
from users.models import User

RETURNED, TAKEN_BACK, CHANGED, HELD = 2, 2, 3, 3
LOOKED_AT = 100  # of the newest orders, for those that may be changed


def make_exceptions(world: World) -> None:
    """Through the actions, so that money, stock and purchase records follow."""
    director, keeper = (User.objects.get(pk=world.people[name]) for name in ("director", "stock"))
    _take_back(world, director)
    _change_orders(director)
    _hold_orders(world)
    propose_allocation(by=keeper)


def _take_back(world: World, director: User) -> None:
    home = Warehouse.objects.filter(kind=Warehouse.Kind.FACTORY).order_by("pk").first()
    there = Allocation.objects.filter(status=Allocation.Status.RECEIVED).order_by("-pk")
    for car in there[:RETURNED]:
        return_car(car.pk, by=director, on=world.today, warehouse=home, reason="运输划伤，经销商退车")
    sales = Retail.objects.filter(quantity=1, dealer__isnull=False).order_by("-retailed_on", "-pk")
    for sale in sales[:TAKEN_BACK]:
        take_back_retail(sale.pk, by=director, on=world.today, reason="客户贷款未通过，退车")


def _change_orders(director: User) -> None:
    """One car more for each at the same price; the first is approved, the others wait."""
    simple = Order.objects.filter(status=Order.Status.APPROVED, owner__isnull=False).annotate(count=Count("lines"))
    lines = OrderLine.objects.filter(order__in=simple.filter(count=1).values("pk"), sku__in=Sku.objects.on_sale())
    lines = lines.select_related("order__owner", "order__buyer_dealer", "sku").order_by("-pk")[:LOOKED_AT]
    for number, line in enumerate(islice(filter(_one_more_is_covered, lines), CHANGED)):
        wanted = {name: getattr(line, name) for name in ("sku", "unit_price_amount", "retail_price_amount")} | {
            "quantity": line.quantity + 1
        }
        version = propose_version(line.order_id, by=line.order.owner, reason="客户追加一台", lines=[wanted])
        if number == 0:
            take(ORDER_VERSION_STEPS[0], version.pk, OrderVersion, by=director)


def _one_more_is_covered(line: OrderLine) -> bool:
    dealer = line.order.buyer_dealer
    return dealer is None or credit_of(dealer).available >= line.unit_price_amount


def _hold_orders(world: World) -> None:
    """More cars than the money and the credit line of the dealer cover; approved all the same."""
    contracts = Contract.objects.covering(world.today).filter(kind=Contract.Kind.ANNUAL_DEALER)
    managers = {shop.key: shop.manager for shop in world.shops}
    for contract in contracts.select_related("dealer").filter(dealer__in=managers).order_by("-pk")[:HELD]:
        line = OrderLine.objects.filter(order__buyer_dealer=contract.dealer_id, sku__in=Sku.objects.on_sale()).last()
        order = place_order(
            by=User.objects.get(pk=managers[contract.dealer_id]),
            contract=contract,
            lines=[{"sku": line.sku, "quantity": _too_many(contract.dealer, line)}],
            note="季末补库",
        )
        Order.objects.filter(pk=order.pk).update(status=Order.Status.HELD)


def _too_many(dealer: Dealer, line: OrderLine) -> int:
    credit: Credit = credit_of(dealer)
    covered = max(0, credit.available + credit.rebate)
    return int(covered / (line.unit_price_amount * 9 / 10)) + 1

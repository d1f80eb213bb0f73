from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import rules
from contracts.actions.contracts import check_first_tier
from contracts.kinds import check_kind
from contracts.models import Allocation, Contract, Order, OrderLine, Quotation, QuotationLine
from contracts.price_conditions import buyer_of, typist_of
from contracts.pricing import NO_DISCOUNT, PricedLine, check_on_sale, priced_lines, total_of
from core.errors import RuleBroken, StepRefused
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status, log_statuses
from customers.models import Customer
from dealers.models import Dealer
from products.models import Price
from users.models import User

BATCH = 1_000
KEPT = F("quantity") - F("returned_count")
SUMS = ("total_amount", "largest_discount_percent")


@transaction.atomic
def place_order(
    *,
    by: User,
    contract: Contract,
    lines: Iterable[dict],
    buyer_dealer: Dealer | None = None,
    buyer_customer: Customer | None = None,
    **fields,
) -> Order:
    """A draft order in the buyer's unit; without a buyer named it is the partner of the contract."""
    if buyer_dealer is None and buyer_customer is None:
        buyer_dealer, buyer_customer = contract.dealer, contract.customer
    today = timezone.localdate()
    order = Order(
        number=next_number("order", prefix="DD", on=today),
        contract=contract,
        buyer_dealer=buyer_dealer,
        buyer_customer=buyer_customer,
        owner=by,
        **fields,
    )
    priced = _prepare(order, lines, by=by)
    order.save()
    _write_lines(order, priced)
    log_status(order, by=by, step="add", before="", after=order.status)
    return order


@transaction.atomic
def change_order(order_id: int, *, by: User, lines: Iterable[dict], **fields) -> Order:
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    if order.status not in Order.CHANGEABLE:
        raise RuleBroken(
            _("“%(record)s” is %(status)s and can no longer be changed.")
            % {"record": order, "status": order.get_status_display()}
        )
    former_kind = order.kind
    for name, value in fields.items():
        setattr(order, name, value)
    priced = _prepare(order, lines if order.kind == former_kind else _of_new_kind(order, lines), by=by)
    order.save(update_fields=[*fields, *SUMS, "unit", "search_text"])
    order.lines.all().delete()
    _write_lines(order, priced)
    return order


def check_contract(order: Order) -> None:
    """The contract is the buyer's own, or the frame contract of the end user, and in force on the day of the order."""
    contract = order.contract
    if order.is_direct:
        is_own = contract.customer_id == order.buyer_customer_id
    else:
        is_own = contract.dealer_id == order.buyer_dealer_id or (
            contract.customer_id is not None and contract.customer_id == order.customer_id
        )
    if not is_own:
        raise RuleBroken(
            {
                "contract": _("Contract %(contract)s is with %(partner)s. Choose a contract of %(buyer)s.")
                % {"contract": contract, "partner": contract.partner, "buyer": order.buyer}
            }
        )


def check_cover(order: Order, day: date) -> None:
    contract = order.contract
    if not Contract.objects.covering(day).filter(pk=contract.pk).exists():
        raise StepRefused(
            _("Contract %(contract)s is %(status)s and runs from %(first)s to %(last)s; it does not cover %(day)s.")
            % {
                "contract": contract,
                "status": contract.get_status_display(),
                "first": contract.starts_on,
                "last": contract.ends_on,
                "day": day,
            }
        )


def date_order(order: Order, today: date, *, by: User) -> None:
    """A locked order is handed in today: its contract and its cars are of today, and so are prices of the list."""
    check_contract(order)
    check_cover(order, today)
    lines = list(order.lines.select_related("sku").order_by("pk"))
    check_on_sale((line.sku for line in lines), today)
    if order.ordered_on == today:
        return
    order.ordered_on = today
    if order.quotation_id is None:  # else the prices are those agreed
        priced = price_lines(order, [_as_wanted(order, line) for line in lines], by=by)
        _take_sums(order, priced)
        order.lines.all().delete()
        _write_lines(order, priced)
    order.save(update_fields=["ordered_on", *SUMS])


def _as_wanted(order: Order, line: OrderLine) -> dict:
    """A line to be priced anew: what somebody typed stays."""
    names = ("sku", "quantity", "unit_price_amount", "retail_price_amount")
    wanted = {name: getattr(line, name) for name in names}
    return wanted | (_unpriced(order) if _is_from_list(line) else {})


def _of_new_kind(order: Order, lines: Iterable[dict]) -> list[dict]:
    """A price from the price list becomes that of the new kind, with or without a surcharge; what was typed stays."""
    from_list = {(line.sku_id, line.unit_price_amount) for line in order.lines.all() if _is_from_list(line)}
    return [
        line | _unpriced(order) if (line["sku"].pk, line.get("unit_price_amount")) in from_list else line
        for line in lines
    ]


def _is_from_list(line: OrderLine) -> bool:
    return bool(line.price_steps) and not typist_of(line.price_steps, line.unit_price_amount)


def _unpriced(order: Order) -> dict:
    """Sold without a dealer, one price is both."""
    return dict.fromkeys(("unit_price_amount", "retail_price_amount") if order.is_direct else ("unit_price_amount",))


def refresh_order_status(order: Order, *, by: User | None, step: str, note: str = "") -> Order:
    """Set a locked order to where its cars are; called by whatever moves a car of it."""
    before, order.status = order.status, status_by_cars(order)
    if order.status != before:
        order.save(update_fields=["status"])
        log_status(order, by=by, step=step, before=before, after=order.status, note=note)
    return order


def refresh_order_statuses(orders: Iterable[Order], *, by: User | None, step: str) -> None:
    """The same for many locked orders, in as many queries as for one."""
    orders = list(orders)
    ordered = OrderLine.objects.filter(order__in=orders).order_by().values_list("order").annotate(cars=Sum(KEPT))
    wanted, cars = dict(ordered), defaultdict(dict)
    live = Allocation.objects.live().filter(order_line__order__in=orders).order_by()
    for key, status, count in live.values_list("order_line__order", "status").annotate(cars=Count("pk")):
        cars[key][status] = count
    changed = []
    for order in orders:
        before, order.status = order.status, rules.order_status(wanted.get(order.pk, 0), cars[order.pk])
        if order.status != before:
            changed.append((order, before))
    Order.objects.bulk_update([order for order, _before in changed], ["status"], batch_size=BATCH)
    log_statuses(changed, by=by, step=step)


def status_by_cars(order: Order) -> str:
    ordered = order.lines.aggregate(cars=Sum(KEPT))["cars"] or 0
    cars = Allocation.objects.live().filter(order_line__order=order).order_by().values_list("status")
    return rules.order_status(ordered, dict(cars.annotate(cars=Count("pk"))))


def _prepare(order: Order, lines: Iterable[dict], *, by: User) -> list[PricedLine]:
    """Fill in what follows from buyer and lines; a dealer's people order for their own dealer only."""
    if order.buyer_dealer is not None and order.buyer_customer is not None:
        raise RuleBroken(
            {"buyer_customer": _("Name one buyer: the dealer, or the key account that buys without a dealer.")}
        )
    check_first_tier(order.buyer_dealer, "buyer_dealer")
    own_dealer = getattr(by.unit, "dealer", None)
    if own_dealer is not None and order.buyer_dealer != own_dealer:
        raise RuleBroken({"buyer_dealer": _("You order for %(dealer)s only.") % {"dealer": own_dealer}})
    check_contract(order)
    check_kind(order)
    _check_origin(order)
    priced = price_lines(order, lines, by=by)
    order.unit = order.buyer.unit
    _take_sums(order, priced)
    end_user = order.customer.name if order.customer else ""
    order.search_text = search_text(order.number, order.buyer.name, end_user)
    return priced


def _take_sums(order: Order, priced: list[PricedLine]) -> None:
    order.total_amount, order.largest_discount_percent = total_of(priced), largest_discount(order, priced)


def largest_discount(order: Order, priced: list[PricedLine]) -> Decimal:
    """Of what was typed; what the end user accepted in a quotation was decided on there."""
    offers = list(order.quotation.lines.all()) if order.is_direct and order.quotation_id else []
    typed = (line.discount for line in priced if not _is_offered(line, priced, offers))
    return max(typed, default=NO_DISCOUNT)


def _is_offered(line: PricedLine, priced: list[PricedLine], offers: list[QuotationLine]) -> bool:
    """Whether as many cars of its SKU were offered at its price, or a lower one, as are ordered at such prices."""
    sku, price = line.sku.pk, line.unit_price
    offered = sum(offer.quantity for offer in offers if offer.sku_id == sku and offer.unit_price_amount <= price)
    ordered = sum(one.quantity for one in priced if one.sku.pk == sku and one.unit_price <= price)
    return ordered <= offered


def price_lines(order: Order, lines: Iterable[dict], *, by: User) -> list[PricedLine]:
    """At the prices of the day of the order, or those typed."""
    if order.is_direct:
        lines, price_kind = _priced_once(lines), Price.Kind.GUIDE
    else:
        price_kind = Price.Kind.WHOLESALE
    terms = {"unit_price_kind": price_kind, "order_kind": order.kind}
    terms |= {"day": order.ordered_on, "buyer": buyer_of(order)}
    return priced_lines(lines, **terms, by=by, former=order.lines.all() if order.pk else ())


def _check_origin(order: Order) -> None:
    """Opportunity and quotation are those of the customer who gets the cars; a quotation is ordered from once."""
    if order.quotation_id:
        _check_quotation(order)
    customers = {order.customer_id, order.buyer_customer_id} - {None}
    for name in ("opportunity", "quotation"):
        origin = getattr(order, name)
        if origin is not None and origin.customer_id not in customers:
            raise RuleBroken(
                {
                    name: _("“%(origin)s” is about %(customer)s. Enter this customer, or choose another.")
                    % {"origin": origin, "customer": origin.customer}
                }
            )


def _check_quotation(order: Order) -> None:
    quotation = Quotation.objects.select_for_update(of=("self",)).get(pk=order.quotation_id)
    if quotation.status != Quotation.Status.ACCEPTED:
        raise RuleBroken(
            {
                "quotation": _("“%(quotation)s” is %(status)s. An order follows from an accepted quotation.")
                % {"quotation": quotation, "status": quotation.get_status_display()}
            }
        )
    others = Order.objects.filter(quotation=quotation).exclude(status=Order.Status.CANCELLED).exclude(pk=order.pk)
    if made := others.first():
        raise RuleBroken(
            {
                "quotation": _("“%(quotation)s” has become the order %(order)s already.")
                % {"quotation": quotation, "order": made}
            }
        )


def _priced_once(lines: Iterable[dict]) -> list[dict]:
    """Sold without a dealer, the end user pays what is invoiced: the one price typed, or quoted, is both."""
    names = ("unit_price_amount", "retail_price_amount")
    priced = []
    for line in lines:
        typed = [line[name] for name in names if line.get(name) is not None]
        priced.append(line | {name: typed[0] for name in names if typed and line.get(name) is None})
    return priced


def _write_lines(order: Order, priced: list[PricedLine]) -> None:
    OrderLine.objects.bulk_create(OrderLine(order=order, **line.columns) for line in priced)

"""An order changed after its approval: asked for as a new version, approved by somebody else, followed by entries."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import discounts
from contracts.actions.approvals import check_order, check_prices, lock_credit
from contracts.actions.orders import SUMS, largest_discount, price_lines, refresh_order_status
from contracts.actions.purchases import enter_change, order_value
from contracts.actions.receivables import lower_receivable, raise_receivable
from contracts.approvals import ORDER_VERSION_APPROVAL
from contracts.credit import credit_of
from contracts.kinds import check_kind, check_stock
from contracts.models import Allocation, Order, OrderLine, OrderVersion, OrderVersionLine, ReceivableEntry
from contracts.pricing import total_of
from core.errors import RuleBroken
from core.formats import money
from core.workflow import log_status
from users.models import User

Status = OrderVersion.Status
COPIED = ("sku_id", "quantity", "unit_price_amount", "retail_price_amount", "price_steps")


@transaction.atomic
def propose_version(order_id: int, *, by: User, reason: str, lines: Iterable[dict]) -> OrderVersion:
    """The lines that an approved order is to have; they hold once somebody else has approved them."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    if order.status not in Order.AMENDABLE:
        raise RuleBroken(
            _("“%(order)s” is %(status)s; its lines are changed by a new version from its approval to its delivery.")
            % {"order": order, "status": order.get_status_display()}
        )
    if waiting := order.versions.filter(status=Status.SUBMITTED).first():
        raise RuleBroken(_("“%(version)s” still waits for its approval.") % {"version": waiting})
    priced = price_lines(order, lines, by=by)
    number = order.versions.aggregate(last=Max("version"))["last"] or _write_first(order)
    version = OrderVersion.objects.create(
        order=order,
        version=number + 1,
        reason=reason,
        made_by=by,
        total_amount=total_of(priced),
        largest_discount_percent=largest_discount(order, priced),
    )
    OrderVersionLine.objects.bulk_create(OrderVersionLine(version=version, **line.columns) for line in priced)
    _pairs(order, version)
    today = timezone.localdate()
    if discounts.needs_limit(version, today):
        discounts.check_somebody_may(version, by, today)
    log_status(version, by=by, step="submit", before="", after=version.status)
    ORDER_VERSION_APPROVAL.open_case(version, by=by, note=reason)
    return version


def approve_version(version: OrderVersion, *, by: User) -> None:
    """The lines of the order become those of a locked version; receivable and purchase record follow by entries."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=version.order_id)
    today, before, bought = timezone.localdate(), order.total_amount, order_value(order)
    if order.status not in Order.AMENDABLE:
        raise RuleBroken(
            _("“%(order)s” is %(status)s meanwhile. Reject the change.")
            % {"order": order, "status": order.get_status_display()}
        )
    more = version.total_amount - before
    _check_credit(order, more)
    pairs = _pairs(order, version)
    is_more = any(line is None or (new and new.quantity > line.quantity) for line, new in pairs)
    _apply(order, pairs)
    _check_as_order(order, is_more=is_more)
    for name in SUMS:
        setattr(order, name, getattr(version, name))
    order.save(update_fields=list(SUMS))
    follow = raise_receivable if more > 0 else lower_receivable
    if more:
        kind = ReceivableEntry.Kind.CHANGED
        follow(order, kind=kind, amount=abs(more), on=today, by=by, text=version.reason)
    enter_change(order, version=version.version, before=bought, on=today)
    order.versions.filter(status=Status.APPROVED).update(status=Status.SUPERSEDED)
    refresh_order_status(order, by=by, step="change", note=version.reason)


def _write_first(order: Order) -> int:
    """What was approved, as version 1."""
    first = OrderVersion.objects.create(
        order=order,
        version=1,
        status=Status.APPROVED,
        made_by=order.owner,
        **{name: getattr(order, name) for name in SUMS},
    )
    lines = order.lines.order_by("pk").values(*COPIED)
    OrderVersionLine.objects.bulk_create(OrderVersionLine(version=first, **line) for line in lines)
    return first.version


Pair = tuple[OrderLine | None, OrderVersionLine | None]


def _pairs(order: Order, version: OrderVersion) -> list[Pair]:
    """Each line beside what becomes of it, by SKU; refused where cars already stand for the line."""
    wanted = list(version.lines.select_related("sku").order_by("pk"))
    pairs: list[Pair] = []
    for line in order.lines.select_related("sku").order_by("pk"):
        twin = next((new for new in wanted if new.sku_id == line.sku_id), None)
        if twin:
            wanted.remove(twin)
        _check_cars(line, twin)
        pairs.append((line, twin))
    return [*pairs, *((None, new) for new in wanted)]


def _check_cars(line: OrderLine, twin: OrderVersionLine | None) -> None:
    live = line.allocations.live()
    bound = live.count() + line.returned_count
    if bound > (twin.quantity if twin else 0):
        raise RuleBroken(
            _("%(cars)d cars of “%(line)s” are allocated or returned already. Give them back first, or order as many.")
            % {"cars": bound, "line": line}
        )
    is_invoiced = line.returned_count or live.exclude(status=Allocation.Status.RESERVED).exists()
    if twin and is_invoiced and twin.unit_price_amount != line.unit_price_amount:
        raise RuleBroken(
            _("Cars of “%(line)s” are invoiced at %(price)s yuan; that price stays.")
            % {"line": line, "price": money(line.unit_price_amount)}
        )
    if twin and is_invoiced and twin.retail_price_amount != line.retail_price_amount:
        raise RuleBroken(_("Cars of “%(line)s” are invoiced; the retail price stays.") % {"line": line})


def _check_as_order(order: Order, *, is_more: bool) -> None:
    """What the approval of an order asks; whoever may not be supplied any more can still be left fewer cars."""
    check_prices(order)
    if is_more:
        check_order(order)
        check_kind(order)
        check_stock(order)


def _check_credit(order: Order, more: Decimal) -> None:
    if more <= 0 or order.is_direct:
        return
    if lacking := credit_of(lock_credit(order.buyer_dealer)).missing(more):
        raise RuleBroken(
            _("%(amount)s yuan are missing for the change of “%(order)s”.") % {"amount": money(lacking), "order": order}
        )


def _apply(order: Order, pairs: list[Pair]) -> None:
    for line, new in pairs:
        if line is None:
            OrderLine.objects.create(order=order, **{name: getattr(new, name) for name in COPIED})
        elif new is None and not line.allocations.exists():
            line.delete()
        elif new is None:  # cars were allocated to it once; the line stays as their history
            line.quantity = 0
            line.save(update_fields=["quantity"])
        else:
            for name in COPIED:
                setattr(line, name, getattr(new, name))
            line.save(update_fields=list(COPIED))

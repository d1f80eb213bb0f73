"""What the approval of an order does: it counts from now on, or is held (待款) until its dealer's money covers it."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contracts.actions.orders import check_contract, check_cover
from contracts.actions.purchases import enter_order
from contracts.actions.receivables import open_receivable
from contracts.credit import credit_of
from contracts.models import Contract, Order
from core.errors import RuleBroken, StepRefused
from core.formats import money
from core.notices import notify
from core.workflow import log_status
from dealers.models import Dealer
from products.models import Price
from products.queries import prices_of
from users.models import User

Status = Order.Status


def approve_order(order: Order, *, by: User) -> None:
    """Prices, dealer and contract of a locked order are right; its status says whether the money is there, too."""
    check_order(order)
    lacking = missing_money(order)
    if lacking:
        order.status = Status.HELD
        message = gettext_noop("The order %(order)s is approved and held: %(amount)s yuan are missing.")
        _tell_owner(order, by=by, message=message, amount=money(lacking))
    else:
        _commit(order, by=by, on=timezone.localdate())


def release_order(order: Order, *, by: User) -> None:
    """A locked, held order counts from now on; refused while money is missing."""
    check_order(order)
    if lacking := missing_money(order):
        raise StepRefused(
            _("%(amount)s yuan are still missing for “%(order)s”. It is released by itself when they arrive.")
            % {"amount": money(lacking), "order": order}
        )
    _commit(order, by=by, on=timezone.localdate())


@transaction.atomic
def release_held_orders(dealer: Dealer, *, by: User | None = None, but: Order | None = None) -> list[Order]:
    """Money came in, or was set free: the held orders that are covered now, the oldest first; not the one that ends."""
    lock_credit(dealer)
    released = []
    # Whoever has locked one of them is deciding on it at this moment.
    held = Order.objects.select_for_update(of=("self",), skip_locked=True).filter(status=Status.HELD)
    if but is not None:
        held = held.exclude(pk=but.pk)
    for order in held.filter(buyer_dealer=dealer).order_by("ordered_on", "pk"):
        try:
            with transaction.atomic():
                release_order(order, by=by)
        except RuleBroken:  # not covered yet, or its contract has ended meanwhile
            continue
        order.save(update_fields=["status"])
        log_status(order, by=by, step="release", before=Status.HELD, after=order.status)
        released.append(order)
    return released


def release_all_held_orders() -> int:
    """For whatever freed money without saying so: a higher credit line, a credited rebate."""
    waiting = Dealer.objects.filter(orders__status=Status.HELD).distinct().order_by("pk")
    return sum(len(release_held_orders(dealer)) for dealer in waiting)


def missing_money(order: Order) -> int:
    """What cash, usable rebate and credit line of the dealer lack for the order; a key account pays by contract."""
    if order.is_direct:
        return 0
    return credit_of(lock_credit(order.buyer_dealer)).missing(order.total_amount)


def lock_credit(dealer: Dealer) -> Dealer:
    """So that two orders do not use the same money; entries of his accounts may be written meanwhile."""
    return Dealer.objects.select_for_update(of=("self",), no_key=True).get(pk=dealer.pk)


def _commit(order: Order, *, by: User | None, on: date) -> None:
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=order.contract_id)
    if contract.status == Contract.Status.SIGNED:
        contract.status = Contract.Status.FULFILLING
        contract.save(update_fields=["status"])
    order.contract, order.status, order.approved_on = contract, Status.APPROVED, on
    order.save(update_fields=["approved_on"])
    receivable = open_receivable(order, by=by, on=on)
    enter_order(order, by=by, on=on)
    _tell_owner(
        order,
        by=by,
        message=gettext_noop("The order %(order)s is approved; %(amount)s yuan are due on %(day)s."),
        amount=money(receivable.amount),
        day=receivable.due_on.isoformat(),
    )


def check_order(order: Order) -> None:
    """Dealer, contract and prices of the lines, as they are now."""
    check_contract(order)
    dealer = order.buyer_dealer
    if dealer is not None and not Dealer.objects.trading().filter(pk=dealer.pk).exists():
        raise StepRefused(
            _("Dealer %(dealer)s is %(state)s and cannot be supplied.")
            % {"dealer": dealer, "state": dealer.get_state_display()}
        )
    check_cover(order, order.ordered_on)
    check_prices(order)


def check_prices(order: Order) -> None:
    """Every line has a price, and none lies below its floor, the cost price of the day."""
    lines = list(order.lines.select_related("sku").order_by("pk"))
    floors = prices_of({line.sku.configuration_id for line in lines}, Price.Kind.COST, order.ordered_on)
    for line in lines:
        if not line.unit_price_amount:
            raise StepRefused(
                _("“%(sku)s” has no price. Return or reject it, so that one is entered.") % {"sku": line.sku}
            )
        if line.unit_price_amount < floors.get(line.sku.configuration_id, 0):
            raise StepRefused(
                _("The price of “%(sku)s”, %(price)s yuan, lies below its floor. Return or reject it.")
                % {"sku": line.sku, "price": money(line.unit_price_amount)}
            )


def _tell_owner(order: Order, *, by: User | None, message: str, **parameters) -> None:
    if order.owner_id and (by is None or order.owner_id != by.pk):
        url = reverse("contracts:order_detail", args=[order.pk])
        notify([order.owner_id], message, url=url, order=order.number, **parameters)

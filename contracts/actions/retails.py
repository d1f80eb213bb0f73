from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contracts import rules
from contracts.actions.allocations import lock_allocation
from contracts.actions.orders import refresh_order_status
from contracts.actions.purchases import settle_retail
from contracts.models import Allocation, Order, Retail
from core.errors import RuleBroken
from core.workflow import log_status
from customers.actions import add_timeline_entry, record_milestone, withdraw_milestone
from customers.divisions import code_of
from customers.models import ContactRecord, Customer
from dealers.closed_months import check_day, open_from
from dealers.models import Dealer
from inventory import actions as inventory
from users.models import User

Status = Allocation.Status
DELIVERED_WITHIN = timedelta(days=7)  # a sale may be entered some days before the car is handed over
REVERSED = (
    "allocation",
    "vehicle",
    "dealer",
    "outlet",
    "unit",
    "customer",
    "sold_by",
    "ordered_by",
    "price_amount",
    "usage_kind",
    "verification",
    "is_out_of_area",
    "is_fleet",
    "stays_reported",
    "warranty_starts_on",
)
PROVINCE = 2  # digits of a division's code


@transaction.atomic
def retail_car(
    allocation_id: int,
    *,
    by: User,
    retailed_on: date,
    customer: Customer | None = None,
    outlet: Dealer | None = None,
    delivered_on: date | None = None,
    price_amount: Decimal | None = None,
    is_out_of_area: bool = False,
    is_fleet: bool = False,
    **fields,
) -> Retail:
    """The end user gets his car: the order's customer and the line's retail price unless others are named.

    What the system knows of area and fleet counts beside what was ticked.
    """
    order, allocation = lock_allocation(allocation_id)
    customer = customer or order.customer or order.buyer_customer
    delivered_on = delivered_on or retailed_on
    _check_outlet(outlet, order)
    _check(allocation, order, customer, retailed_on, delivered_on)
    retail = Retail.objects.create(
        allocation=allocation,
        vehicle=inventory.retail_vehicle(allocation.vehicle_id, by=by, on=retailed_on, directly=order.is_direct),
        dealer=order.buyer_dealer,
        outlet=outlet,
        unit=order.unit,
        customer=customer,
        sold_by=by,
        ordered_by=order.owner,
        retailed_on=retailed_on,
        delivered_on=delivered_on,
        warranty_starts_on=rules.warranty_start(invoiced_on=retailed_on, delivered_on=delivered_on),
        price_amount=_price(price_amount, allocation),
        is_out_of_area=is_out_of_area or _lives_elsewhere(customer, outlet or order.buyer_dealer),
        is_fleet=is_fleet or order.is_fleet,
        **fields,
    )
    return _enter(retail, order, by=by)


def _enter(retail: Retail, order: Order, *, by: User) -> Retail:
    allocation = retail.allocation
    allocation.status = Status.RETAILED
    allocation.save(update_fields=["status"])
    refresh_order_status(order, by=by, step="retail")
    settle_retail(order, retail, on=retail.retailed_on)
    _tell_customer(retail, by=by)
    _count_in_funnel(retail, order)
    return retail


@transaction.atomic
def refute_retail(retail: Retail, *, by: User, on: date, reason: str) -> None:
    """A locked sale was no sale (虚报), and what it entered as bought is taken back.

    It counts nowhere; where its month is over, that stays as reported and a negative row of today takes the car back.
    What was paid for it as rebate is clawed back by the next reckoning, which counts it no more.
    """
    if not retail.is_live:
        raise RuleBroken(_("The sale of “%(car)s” has been taken back already.") % {"car": retail.vehicle})
    settle_retail(retail.allocation.order_line.order, retail, on=on, sign=-1)
    withdraw_milestone(f"retail:{retail.pk}")
    if retail.retailed_on < open_from(on):
        retail.stays_reported = True
        retail.save(update_fields=["stays_reported"])
        write_reversal(retail, on=on, reason=reason, verification=Retail.Verification.FALSE)


def write_reversal(retail: Retail, *, on: date, reason: str, **fields) -> Retail:
    """The negative row of a locked sale."""
    copied = {name: getattr(retail, name) for name in REVERSED}
    day = {"retailed_on": on, "delivered_on": on}
    return Retail.objects.create(**copied | fields, **day, quantity=-1, reverses=retail, reason=reason[:200])


@transaction.atomic
def refute_returned_sale(retail_id: int, *, by: User, note: str) -> None:
    """A sale that has been taken back was none (虚报); the rest is settled.

    Neither it nor its return counts, unless the month of the sale is over: then both stay as they were reported.
    """
    sale = Retail.objects.select_for_update(of=("self",)).get(pk=retail_id)
    pair = Retail.objects.filter(Q(pk=retail_id) | Q(reverses=retail_id))
    is_closed = sale.retailed_on < open_from(timezone.localdate())
    pair.update(verification=Retail.Verification.FALSE, stays_reported=is_closed)
    log_status(sale, by=by, step="refute", before=sale.verification, after=Retail.Verification.FALSE, note=note)


def _lives_elsewhere(customer: Customer, dealer: Dealer | None) -> bool:
    """In another province than his dealer, as far as both are known (窜货)."""
    area = code_of(dealer.province, dealer.city)[:PROVINCE] if dealer else ""
    home = (customer.division or code_of(customer.province, customer.city))[:PROVINCE]
    return bool(area and home) and area != home


def _tell_customer(retail: Retail, *, by: User) -> None:
    add_timeline_entry(
        retail.customer_id,
        by=by,
        message=gettext_noop("Took delivery of %(vin)s on %(day)s."),
        url=reverse("inventory:vehicle_detail", args=[retail.vehicle_id]),
        vin=retail.vehicle.vin,
        day=retail.delivered_on.isoformat(),
    )


def _count_in_funnel(retail: Retail, order: Order) -> None:
    on = retail.retailed_on
    record_milestone(
        retail.customer_id,
        kind=ContactRecord.Kind.DELIVERY,
        source_key=f"retail:{retail.pk}",
        text=retail.vehicle.vin,
        owner=retail.sold_by,
        unit=retail.unit,
        opportunity=order.opportunity if order.customer_id == retail.customer_id else None,
        at=timezone.localtime().replace(year=on.year, month=on.month, day=on.day),
    )


def _check(
    allocation: Allocation, order: Order, customer: Customer | None, retailed_on: date, delivered_on: date
) -> None:
    ready = Status.SHIPPED if order.is_direct else Status.RECEIVED
    if allocation.status == Status.RETAILED:
        raise RuleBroken(
            _("“%(car)s” has been retailed already. Take that sale back first, where it was wrong.")
            % {"car": allocation}
        )
    if allocation.status != ready:
        raise RuleBroken(
            _("“%(car)s” is %(status)s; it can be retailed once it is %(ready)s.")
            % {"car": allocation, "status": allocation.get_status_display(), "ready": ready.label}
        )
    if customer is None:
        raise RuleBroken({"customer": _("Choose the customer who gets the car.")})
    earliest = allocation.vehicle.shipped_on if order.is_direct else allocation.vehicle.received_on
    check_day("retailed_on", retailed_on, earliest=earliest)
    _check_delivery(delivered_on, earliest, timezone.localdate() + DELIVERED_WITHIN)


def _price(agreed: Decimal | None, allocation: Allocation) -> Decimal:
    amount = allocation.order_line.retail_price_amount if agreed is None else agreed
    if amount <= 0:
        raise RuleBroken({"price_amount": _("Enter an amount above zero.")})
    return amount


def _check_outlet(outlet: Dealer | None, order: Order) -> None:
    if outlet and not Dealer.objects.outlets_of(order.buyer_dealer).filter(pk=outlet.pk).exists():
        raise RuleBroken(
            {
                "outlet": _("“%(outlet)s” is no outlet of “%(buyer)s”. Choose another, or leave it empty.")
                % {"outlet": outlet, "buyer": order.buyer}
            }
        )


def _check_delivery(delivered_on: date, earliest: date, latest: date) -> None:
    if delivered_on < earliest:
        raise RuleBroken({"delivered_on": _("The day cannot lie before %(day)s.") % {"day": earliest}})
    if delivered_on > latest:
        raise RuleBroken({"delivered_on": _("The day cannot lie after %(day)s.") % {"day": latest}})

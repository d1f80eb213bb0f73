"""What must always be true of orders, money and cars; ``manage.py check_books`` and the nightly job ask it."""

from decimal import Decimal

from django.db import connection
from django.db.models import Count, DecimalField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from contracts.models import (
    Allocation,
    Instalment,
    Invoice,
    Order,
    OrderLine,
    Receipt,
    Receivable,
    ReceivableEntry,
    Refund,
    Settlement,
)
from contracts.rules import LARGEST_DEPOSIT_PERCENT
from core.books import SHOWN_BREACHES, BookCheck, Finding, finding
from customers.models import Customer
from dealers.models import AccountEntry, Dealer
from inventory.models import Vehicle

ZERO = Decimal("0.00")
MONEY = DecimalField(max_digits=16, decimal_places=2)
KEPT = F("quantity") - F("returned_count")
PLACE_OF_CAR = {
    Allocation.Status.RESERVED: Vehicle.State.IN_FACTORY,
    Allocation.Status.INVOICED: Vehicle.State.IN_TRANSIT,
    Allocation.Status.SHIPPED: Vehicle.State.IN_TRANSIT,
    Allocation.Status.RECEIVED: Vehicle.State.AT_DEALER,
    Allocation.Status.RETAILED: Vehicle.State.RETAILED,
}
# Bought: the cars kept of approved orders at the planned price; a retail sale replaces the plan by what was paid.
PURCHASES = """
    SELECT customer, SUM(amount) FROM (
        SELECT customer_id AS customer, amount FROM customers_purchaserecord
        UNION ALL
        SELECT COALESCE(o.customer_id, o.buyer_customer_id), (l.returned_count - l.quantity) * l.retail_price_amount
        FROM contracts_order o JOIN contracts_orderline l ON l.order_id = o.id
        WHERE o.id IN ({approved})
        UNION ALL
        SELECT unnest(ARRAY[COALESCE(o.customer_id, o.buyer_customer_id), r.customer_id]),
               unnest(ARRAY[l.retail_price_amount, -r.price_amount])
        FROM contracts_retail r
        JOIN contracts_allocation a ON a.id = r.allocation_id
        JOIN contracts_orderline l ON l.id = a.order_line_id
        JOIN contracts_order o ON o.id = l.order_id
        WHERE r.quantity = 1 AND r.taken_back_on IS NULL AND r.verification <> 'false'
    ) AS moves
    WHERE customer IS NOT NULL
    GROUP BY customer HAVING SUM(amount) <> 0
    ORDER BY customer
"""


def order_totals() -> Finding:
    wrong = Order.objects.alias(lines_sum=Coalesce(Sum("lines__amount"), ZERO)).exclude(total_amount=F("lines_sum"))
    figures = [
        (_("Orders"), Order.objects.count()),
        (_("Totals of the orders"), _sum(Order, "total_amount")),
        (_("Amounts of their lines"), _sum(OrderLine)),
    ]
    return finding(figures, wrong)


def explained_lines() -> Finding:
    """Where a line keeps how its price came about, the last step is its price."""
    last = Cast(KeyTextTransform("price", KeyTransform("-1", "price_steps")), MONEY)
    explained = OrderLine.objects.exclude(price_steps=[]).select_related("sku").annotate(last_step=last)
    figures = [
        (_("Unit prices of explained lines"), _sum(explained, "unit_price_amount")),
        (_("Last steps of their explanations"), _sum(explained, "last_step")),
    ]
    return finding(figures, explained.exclude(unit_price_amount=F("last_step")))


def charged_for_goods() -> Finding:
    """An approved order is charged with the cars its buyer keeps, every other with nothing."""
    goods = ReceivableEntry.objects.filter(receivable__order=OuterRef("pk"), kind__in=ReceivableEntry.GOODS)
    lines = OrderLine.objects.filter(order=OuterRef("pk")).annotate(kept=KEPT * F("unit_price_amount"))
    approved = Order.objects.approved().alias(charged=_total_of(goods, "receivable__order"))
    approved = approved.alias(kept=_total_of(lines, "order", "kept")).exclude(charged=F("kept"))
    others = Order.objects.exclude(pk__in=Order.objects.approved().values("pk"))
    others = others.alias(charged=_total_of(goods, "receivable__order")).exclude(charged=ZERO)
    wrong = Order.objects.filter(Q(pk__in=approved.values("pk")) | Q(pk__in=others.values("pk")))
    charged = ReceivableEntry.objects.filter(kind__in=ReceivableEntry.GOODS)
    kept = OrderLine.objects.filter(order__in=Order.objects.approved()).annotate(kept=KEPT * F("unit_price_amount"))
    figures = [(_("Charged for cars"), _sum(charged)), (_("Cars kept at their prices"), _sum(kept, "kept"))]
    return finding(figures, wrong)


def receivables() -> Finding:
    """Amount = entries, received = settlements; outstanding is the difference, never below nothing."""
    entries = _total_of(ReceivableEntry.objects.filter(receivable=OuterRef("pk")), "receivable")
    settled = _total_of(Settlement.objects.filter(receivable=OuterRef("pk")), "receivable")
    rows = Receivable.objects.select_related("order").alias(entries_sum=entries, settled=settled)
    wrong = rows.exclude(amount=F("entries_sum"), received_amount=F("settled"), outstanding_amount__gte=0)
    figures = [
        (_("Receivables"), Receivable.objects.count()),
        (_("Charged"), _sum(ReceivableEntry)),
        (_("Settled"), _sum(Settlement)),
        (pgettext("money", "Outstanding"), _sum(Receivable, "outstanding_amount")),
    ]
    return finding(figures, wrong)


def receipts() -> Finding:
    """What a receipt was used for is what it settled and what went back; the rest is a prepayment."""
    settled = _total_of(Settlement.objects.filter(receipt=OuterRef("pk")), "receipt")
    refunded = _total_of(Refund.objects.filter(receipt=OuterRef("pk")), "receipt")
    rows = Receipt.objects.alias(settled=settled, refunded=refunded)
    figures = [
        (pgettext("money", "Received"), _sum(Receipt)),
        (_("Settled"), _sum(Settlement)),
        (_("Refunded"), _sum(Refund)),
        (_("Prepayments"), _sum(Receipt, "prepaid_amount")),
    ]
    return finding(figures, rows.exclude(used_amount=F("settled") + F("refunded"), prepaid_amount__gte=0))


def schedules() -> Finding:
    """The parts of a receivable add up to it, and no deposit is above its legal share."""
    parts = _total_of(Instalment.objects.filter(receivable=OuterRef("pk")), "receivable")
    deposit = Instalment.objects.filter(receivable=OuterRef("pk"), kind=Instalment.Kind.DEPOSIT)
    rows = Receivable.objects.select_related("order").alias(
        parts=parts,
        too_much=Exists(
            deposit.filter(amount__gt=OuterRef("amount") * Decimal(LARGEST_DEPOSIT_PERCENT) / Decimal(100))
        ),
    )
    figures = [(_("Instalments"), _sum(Instalment)), (_("Charged"), _sum(Receivable))]
    return finding(figures, rows.exclude(amount=F("parts"), too_much=False))


def allocations() -> Finding:
    """No order line has more cars than are wanted of it."""
    live = Q(allocations__status__in=Allocation.LIVE)
    lines = OrderLine.objects.select_related("sku").alias(cars=Count("allocations", filter=live))
    figures = [
        (_("Cars ordered"), _sum(OrderLine, "quantity")),
        (_("Cars allocated"), Allocation.objects.live().count()),
    ]
    return finding(figures, lines.filter(cars__gt=KEPT))


def cars_in_place() -> Finding:
    """Each car is allocated at most once, and stands where its allocation says."""
    right = Q()
    for status, state in PLACE_OF_CAR.items():
        right |= Q(status=status, vehicle__state=state)
    elsewhere = Allocation.objects.live().exclude(right).values("vehicle")
    sold = Allocation.objects.filter(vehicle=OuterRef("pk"), status__in=Allocation.LIVE)
    lost = Vehicle.objects.exclude(state=Vehicle.State.IN_FACTORY).filter(~Exists(sold)).values("pk")
    twice = Allocation.objects.live().values("vehicle").annotate(times=Count("pk")).filter(times__gt=1).order_by()
    wrong = Vehicle.objects.filter(Q(pk__in=elsewhere) | Q(pk__in=lost) | Q(pk__in=twice.values("vehicle")))
    figures = [
        (_("Cars"), Vehicle.objects.count()),
        (pgettext("cars", "Allocated"), Allocation.objects.live().count()),
        (_("Outside the factory"), Vehicle.objects.exclude(state=Vehicle.State.IN_FACTORY).count()),
    ]
    return finding(figures, wrong)


def car_accounts() -> Finding:
    """Receipts − refunds − invoices + what was taken off: no more and no less stands on a dealer's car account."""
    taken_off = ReceivableEntry.objects.exclude(kind__in=ReceivableEntry.GOODS)
    rows = Dealer.objects.alias(
        posted=_posted(),
        paid=_total_of(Receipt.objects.filter(payer_dealer=OuterRef("pk")), "payer_dealer"),
        refunded=_total_of(Refund.objects.filter(receipt__payer_dealer=OuterRef("pk")), "receipt__payer_dealer"),
        invoiced=_invoiced(),
        taken_off=_total_of(taken_off.filter(receivable__buyer_dealer=OuterRef("pk")), "receivable__buyer_dealer"),
    )
    entries = AccountEntry.objects.filter(account=AccountEntry.Account.CAR)
    dealers = Receipt.objects.exclude(payer_dealer=None)
    figures = [
        (_("Car accounts"), _sum(entries)),
        (pgettext("money", "Received"), _sum(dealers)),
        (_("Refunded"), _sum(Refund.objects.exclude(receipt__payer_dealer=None))),
        (_("Invoiced"), _sum(Invoice.objects.exclude(order__buyer_dealer=None))),
        (_("Taken off"), -_sum(taken_off.exclude(receivable__buyer_dealer=None))),
    ]
    return finding(figures, rows.exclude(posted=F("paid") - F("refunded") - F("invoiced") - F("taken_off")))


def credit() -> Finding:
    """A dealer's money less what is ordered and not invoiced is his prepayment less what he owes."""
    goods = ReceivableEntry.objects.filter(kind__in=ReceivableEntry.GOODS, receivable__buyer_dealer=OuterRef("pk"))
    prepaid = Receipt.objects.filter(payer_dealer=OuterRef("pk"))
    owed = Receivable.objects.filter(buyer_dealer=OuterRef("pk"))
    rows = Dealer.objects.alias(
        posted=_posted(),
        invoiced=_invoiced(),
        goods=_total_of(goods, "receivable__buyer_dealer"),
        prepaid=_total_of(prepaid, "payer_dealer", "prepaid_amount"),
        owed=_total_of(owed, "buyer_dealer", "outstanding_amount"),
    )
    figures = [
        (_("Prepayments of dealers"), _sum(Receipt.objects.exclude(payer_dealer=None), "prepaid_amount")),
        (_("Owed by dealers"), _sum(Receivable.objects.exclude(buyer_dealer=None), "outstanding_amount")),
    ]
    wrong = rows.exclude(posted=F("goods") - F("invoiced") + F("prepaid") - F("owed"))
    return finding(figures, wrong)


def purchase_records() -> Finding:
    approved, parameters = Order.objects.approved().values("pk").order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(PURCHASES.format(approved=approved), parameters)
        found = dict(cursor.fetchall())
        cursor.execute("SELECT COALESCE(SUM(amount), 0), COALESCE(SUM(car_count), 0) FROM customers_purchaserecord")
        amount, cars = cursor.fetchone()
    customers = Customer._base_manager.filter(pk__in=list(found)[:SHOWN_BREACHES]).order_by("pk")
    figures = [(_("Purchase records"), amount), (_("Cars bought"), cars)]
    return Finding(figures, [f"{customer} {found[customer.pk]:+,.2f}" for customer in customers], len(found))


def _posted() -> Coalesce:
    entries = AccountEntry.objects.filter(dealer=OuterRef("pk"), account=AccountEntry.Account.CAR)
    return _total_of(entries, "dealer")


def _invoiced() -> Coalesce:
    return _total_of(Invoice.objects.filter(order__buyer_dealer=OuterRef("pk")), "order__buyer_dealer")


def _total_of(rows: QuerySet, owner: str, field: str = "amount") -> Coalesce:
    """The sum of the rows of each record of an outer query."""
    sums = rows.order_by().values(owner).annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(sums), ZERO, output_field=MONEY)


def _sum(rows: QuerySet | type[Model], field: str = "amount") -> Decimal:
    found = rows if isinstance(rows, QuerySet) else rows.objects.all()
    return found.aggregate(sum=Sum(field))["sum"] or ZERO


CHECKS = (
    BookCheck(gettext_lazy("The total of an order is the sum of its lines"), order_totals),
    BookCheck(gettext_lazy("The price of an order line is the last step of its explanation"), explained_lines),
    BookCheck(gettext_lazy("An order is charged with the cars its buyer keeps"), charged_for_goods),
    BookCheck(gettext_lazy("A receivable is its entries less its settlements, never below nothing"), receivables),
    BookCheck(gettext_lazy("A receipt is what it settled, what went back and a prepayment"), receipts),
    BookCheck(gettext_lazy("Instalments add up to the receivable, deposits are within the law"), schedules),
    BookCheck(gettext_lazy("No order line has more cars than it asks for"), allocations),
    BookCheck(gettext_lazy("Each car is in one place and allocated once"), cars_in_place),
    BookCheck(gettext_lazy("Car accounts are receipts less refunds and invoices"), car_accounts),
    BookCheck(gettext_lazy("Credit used is what is owed less the prepayments"), credit),
    BookCheck(gettext_lazy("Purchase records are the approved orders and the retail sales"), purchase_records),
)

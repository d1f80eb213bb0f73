"""What must always be true of rebates; ``manage.py check_books`` asks it with the rest."""

from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import RebateAccrual, RebateBasis, ReceivableEntry
from core.books import BookCheck, Finding, finding
from dealers.models import AccountEntry, Dealer

ZERO = Decimal("0.00")
MONEY = DecimalField(max_digits=16, decimal_places=2)


def rebate_accounts() -> Finding:
    """Credited, clawed back included, less what invoices used: just that stands on a dealer's rebate account."""
    entries = AccountEntry.objects.filter(account=AccountEntry.Account.REBATE)
    credited = RebateAccrual.objects.filter(status=RebateAccrual.Status.CREDITED)
    used = ReceivableEntry.objects.filter(kind=ReceivableEntry.Kind.REBATE)
    rows = Dealer.objects.alias(
        posted=_total_of(entries.filter(dealer=OuterRef("pk")), "dealer"),
        credited=_total_of(credited.filter(dealer=OuterRef("pk")), "dealer"),
        used=_total_of(used.filter(receivable__buyer_dealer=OuterRef("pk")), "receivable__buyer_dealer"),
    )
    figures = [
        (_("Rebate accounts"), _sum(entries)),
        (_("Rebates credited"), _sum(credited)),
        (_("Rebates used"), -_sum(used)),
    ]
    return finding(figures, rows.exclude(posted=F("credited") + F("used")))


def rebate_basis() -> Finding:
    """Each accrual has the cars it says, and their value."""
    basis = RebateBasis.objects.filter(accrual=OuterRef("pk"))
    rows = RebateAccrual.objects.alias(
        cars=_total_of(basis, "accrual", "car_count"), value=_total_of(basis, "accrual", "value_amount")
    )
    figures = [
        (_("Value of the rebate accruals"), _sum(RebateAccrual.objects.all(), "value_amount")),
        (_("Value of their rows"), _sum(RebateBasis.objects.all(), "value_amount")),
    ]
    return finding(figures, rows.exclude(cars=F("car_count"), value=F("value_amount")))


def _total_of(rows: QuerySet, owner: str, field: str = "amount") -> Coalesce:
    sums = rows.order_by().values(owner).annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(sums), ZERO, output_field=MONEY)


def _sum(rows: QuerySet, field: str = "amount") -> Decimal:
    return rows.aggregate(sum=Sum(field))["sum"] or ZERO


CHECKS = (
    BookCheck(gettext_lazy("Rebate accounts are what was credited less what was used"), rebate_accounts),
    BookCheck(gettext_lazy("Each rebate accrual has the cars it says"), rebate_basis),
)

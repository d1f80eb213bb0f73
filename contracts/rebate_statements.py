"""The rebate account of a dealer in a year: what stood there, what came, what went, and the cars it came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.urls import reverse

from contracts.models import RebateAccrual, RebateBasis
from core.periods import Period
from dealers.models import AccountEntry, Dealer

NOTHING = Decimal("0.00")
Kind = AccountEntry.Kind
PAGES_OF_SOURCES = {
    "rebate_accrual": "contracts:rebateaccrual_detail",
    "rebate_use": "contracts:invoice_detail",
    "rebate_return": "contracts:invoice_detail",
}


@dataclass(frozen=True)
class Posted:
    """An entry, what stood on the account after it, and the record it comes from."""

    entry: AccountEntry
    balance: Decimal
    url: str


@dataclass(frozen=True)
class Statement:
    dealer: Dealer
    period: Period
    opening: Decimal
    entries: list[Posted]
    accruals: list[RebateAccrual]

    @property
    def closing(self) -> Decimal:
        return self.entries[-1].balance if self.entries else self.opening

    @property
    def credited(self) -> Decimal:
        return self._sum(Kind.CREDITED)

    @property
    def consumed(self) -> Decimal:
        return self._sum(Kind.CONSUMED)

    @property
    def clawed_back(self) -> Decimal:
        return self._sum(Kind.CLAWED_BACK)

    @property
    def pending(self) -> Decimal:
        """Accrued or reviewed, not credited yet."""
        on_the_way = (RebateAccrual.Status.ACCRUED, RebateAccrual.Status.REVIEWED)
        return sum((accrual.amount for accrual in self.accruals if accrual.status in on_the_way), NOTHING)

    def _sum(self, kind: str) -> Decimal:
        return sum((posted.entry.amount for posted in self.entries if posted.entry.kind == kind), NOTHING)


def statement_of(dealer: Dealer, period: Period) -> Statement:
    account = AccountEntry.objects.filter(dealer=dealer, account=AccountEntry.Account.REBATE)
    opening = account.filter(on__lt=period.start).aggregate(sum=Sum("amount", default=NOTHING))["sum"]
    entries = account.filter(on__gte=period.start, on__lt=period.end).select_related("by").order_by("on", "pk")
    accruals = RebateAccrual.objects.filter(dealer=dealer, month__gte=period.start, month__lt=period.end)
    return Statement(
        dealer,
        period,
        opening,
        list(_posted(entries, opening)),
        list(accruals.select_related("policy").order_by("starts_on", "pk")),
    )


def basis_of(statement: Statement) -> QuerySet[RebateBasis]:
    """Every invoice and retail sale behind the lines of a statement."""
    return (
        RebateBasis.objects.filter(accrual__in=statement.accruals)
        .select_related("accrual__policy", "invoice__allocation__vehicle", "retail__vehicle")
        .order_by("accrual__starts_on", "accrual", "pk")
    )


def _posted(entries: QuerySet[AccountEntry], balance: Decimal) -> Iterator[Posted]:
    for entry in entries:
        balance += entry.amount
        source, _colon, key = entry.source_key.partition(":")
        page = PAGES_OF_SOURCES.get(source)
        yield Posted(entry, balance, reverse(page, args=[int(key)]) if page and key.isdecimal() else "")

"""What moved on an account in a period, from the opening to the closing balance (对账单)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from dealers.models import AccountEntry, Dealer
from users.access import Scope
from users.models import User

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Move:
    """Money to (+) or from (−) an account."""

    on: date
    kind: str
    text: str
    amount: Decimal


@dataclass(frozen=True)
class StatementRow:
    move: Move
    balance: Decimal

    @property
    def paid_in(self) -> Decimal | None:
        return self.move.amount if self.move.amount > 0 else None

    @property
    def charged(self) -> Decimal | None:
        return -self.move.amount if self.move.amount < 0 else None


@dataclass(frozen=True)
class Statement:
    """``first`` and ``last`` are the days of the period, both in it; of a long one ``rows`` may be its latest only."""

    holder: str
    account: str
    first: date
    last: date
    opening: Decimal
    paid_in: Decimal
    charged: Decimal
    row_count: int
    rows: list[StatementRow]

    @property
    def closing(self) -> Decimal:
        return self.opening + self.paid_in - self.charged

    @property
    def verdict(self) -> str:
        """Whose money the closing balance is."""
        if self.closing > 0:
            return _("Balance in favour of %(holder)s") % {"holder": self.holder}
        return _("Balance owed by %(holder)s") % {"holder": self.holder} if self.closing else _("Balanced")


def with_balances(moves: Iterable[Move], *, opening: Decimal) -> list[StatementRow]:
    """The moves in their order, each with the balance after it."""
    rows, balance = [], opening
    for move in moves:
        balance += move.amount
        rows.append(StatementRow(move, balance))
    return rows


def account_statement(
    dealer: Dealer, account: str, *, first: date, last: date, most_rows: int | None = None
) -> Statement:
    """The database adds; of the entries no more are read than are shown: the latest ``most_rows``, else all."""
    entries = AccountEntry.objects.filter(dealer=dealer, account=account, on__lte=last).order_by()
    inside = Q(on__gte=first)
    sums = entries.aggregate(
        opening=Sum("amount", filter=~inside, default=ZERO),
        paid_in=Sum("amount", filter=inside & Q(amount__gt=0), default=ZERO),
        charged=-Sum("amount", filter=inside & Q(amount__lt=0), default=ZERO),
        row_count=Count("pk", filter=inside),
    )
    latest = entries.filter(inside).order_by("-on", "-pk")[:most_rows]
    kinds = {value: str(label) for value, label in AccountEntry.Kind.choices}
    found = reversed(latest.values_list("on", "kind", "text", "amount"))
    moves = [Move(on, kinds[kind], text, amount) for on, kind, text, amount in found]
    closing = sums["opening"] + sums["paid_in"] - sums["charged"]
    return Statement(
        holder=f"{dealer.name}（{dealer.code}）",
        account=str(AccountEntry.Account(account).label),
        first=first,
        last=last,
        rows=with_balances(moves, opening=closing - sum((move.amount for move in moves), ZERO)),
        **sums,
    )


def dealers_with_open_accounts(user: User) -> QuerySet[Dealer]:
    """Those whose entries the person sees: somebody of a dealer his own, not those of its outlets."""
    dealers, scope = Dealer.objects.visible_to(user), user.scope_of(AccountEntry)
    if scope is None:
        return dealers.none()
    return dealers.filter(unit=user.unit_id) if scope in (Scope.OWN, Scope.UNIT) else dealers

"""What moved on an account in a period, from the opening to the closing balance (对账单)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum
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
    """``first`` and ``last`` are the days of the period, both in it."""

    holder: str
    account: str
    first: date
    last: date
    opening: Decimal
    rows: list[StatementRow]

    @property
    def closing(self) -> Decimal:
        return self.rows[-1].balance if self.rows else self.opening

    @property
    def paid_in(self) -> Decimal:
        return sum((row.paid_in or ZERO for row in self.rows), ZERO)

    @property
    def charged(self) -> Decimal:
        return sum((row.charged or ZERO for row in self.rows), ZERO)

    @property
    def verdict(self) -> str:
        """Whose money the closing balance is."""
        if self.closing > 0:
            return _("Balance in favour of %(holder)s") % {"holder": self.holder}
        return _("Balance owed by %(holder)s") % {"holder": self.holder} if self.closing else _("Balanced")


def statement_of(
    *, holder: str, account: str, first: date, last: date, opening: Decimal, moves: Iterable[Move]
) -> Statement:
    """The moves of the period in their order, each with the balance after it."""
    rows, balance = [], opening
    for move in moves:
        balance += move.amount
        rows.append(StatementRow(move, balance))
    return Statement(holder, account, first, last, opening, rows)


def account_statement(dealer: Dealer, account: str, *, first: date, last: date) -> Statement:
    entries = AccountEntry.objects.filter(dealer=dealer, account=account)
    moves = entries.filter(on__gte=first, on__lte=last).order_by("on", "pk").values_list("on", "kind", "text", "amount")
    kinds = {value: str(label) for value, label in AccountEntry.Kind.choices}
    return statement_of(
        holder=f"{dealer.name}（{dealer.code}）",
        account=str(AccountEntry.Account(account).label),
        first=first,
        last=last,
        opening=entries.filter(on__lt=first).aggregate(sum=Sum("amount", default=ZERO))["sum"],
        moves=(Move(on, kinds[kind], text, amount) for on, kind, text, amount in moves.iterator()),
    )


def dealers_with_open_accounts(user: User) -> QuerySet[Dealer]:
    """Those whose entries the person sees: somebody of a dealer his own, not those of its outlets."""
    dealers, scope = Dealer.objects.visible_to(user), user.scope_of(AccountEntry)
    if scope is None:
        return dealers.none()
    return dealers.filter(unit=user.unit_id) if scope in (Scope.OWN, Scope.UNIT) else dealers

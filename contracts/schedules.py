"""When a price is paid: deposit 定金, balance 尾款 or instalments. Pure rules, without the database."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from contracts.rules import CENT, LARGEST_DEPOSIT_PERCENT

DEPOSIT, BALANCE, INSTALMENT = "deposit", "balance", "instalment"


@dataclass(frozen=True)
class Part:
    kind: str
    amount: Decimal
    due_on: date


@dataclass(frozen=True)
class Terms:
    """What a contract says about paying."""

    deposit_percent: Decimal
    deposit_days: int
    payment_days: int
    instalment_count: int


def schedule(amount: Decimal, terms: Terms, *, on: date) -> list[Part]:
    """The parts of a price agreed on a day; they add up to it to the cent."""
    deposit = share(amount, terms.deposit_percent)
    parts = [Part(DEPOSIT, deposit, on + timedelta(days=terms.deposit_days))]
    first = on + timedelta(days=terms.payment_days)
    each = ((amount - deposit) / terms.instalment_count).quantize(CENT, ROUND_DOWN)
    kind = BALANCE if terms.instalment_count == 1 else INSTALMENT
    parts += [Part(kind, each, months_later(first, number)) for number in range(terms.instalment_count)]
    rest = amount - sum(part.amount for part in parts)
    parts[-1] = replace(parts[-1], amount=each + rest)
    return [part for part in parts if part.amount]


def share(amount: Decimal, percent: Decimal) -> Decimal:
    """Rounded down, so that a deposit never passes its legal limit by a cent."""
    return (amount * percent / 100).quantize(CENT, ROUND_DOWN)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def lowered(parts: Sequence[Part], by: Decimal) -> list[Part]:
    """Taken off from the last part backwards; a deposit above its legal share of the rest is cut down to it."""
    left = list(parts)
    for place in reversed(range(len(left))):
        taken = min(by, left[place].amount)
        left[place] = replace(left[place], amount=left[place].amount - taken)
        by -= taken
    return _legal([part for part in left if part.amount], parts[-1])


def raised(parts: Sequence[Part], by: Decimal, terms: Terms, *, on: date) -> list[Part]:
    """Added to the last part; where only a deposit is left, or the last part was due already, as a new balance."""
    last = parts[-1] if parts else None
    if last and last.kind != DEPOSIT and last.due_on >= on:
        return [*parts[:-1], replace(last, amount=last.amount + by)]
    return [*parts, Part(BALANCE, by, on + timedelta(days=terms.payment_days))]


def _legal(parts: list[Part], last: Part) -> list[Part]:
    deposit = next((part for part in parts if part.kind == DEPOSIT), None)
    if deposit is None:
        return parts
    most = share(sum((part.amount for part in parts), Decimal(0)), Decimal(LARGEST_DEPOSIT_PERCENT))
    too_much = deposit.amount - most
    if too_much <= 0:
        return parts
    others = [part for part in parts if part is not deposit] or [Part(BALANCE, Decimal(0), last.due_on)]
    others[-1] = replace(others[-1], amount=others[-1].amount + too_much)
    return [part for part in (replace(deposit, amount=most), *others) if part.amount]

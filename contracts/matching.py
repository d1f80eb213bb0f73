"""Which free car goes to which order line (配车), and why: pure functions over lines and cars.

Priority: key account by the day of its contract, then orders a customer waits for, then what is paid, then the
oldest order. Cars leave in the order in which they left the line. Where a SKU is short, the dealers' own stock orders
share what is left in proportion to demand and plan attainment.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from heapq import heapify, heapreplace
from itertools import islice

from django.utils.translation import gettext as _

LOWEST_WEIGHT = Decimal("0.1")  # a dealer who has sold nothing yet is not left without a car for ever


class Rank(IntEnum):
    KEY_ACCOUNT = 0
    CUSTOMER = 1
    STOCK = 2


@dataclass(frozen=True)
class OpenLine:
    """An order line that still needs ``open_count`` cars."""

    key: int
    order: int
    sku: int
    dealer: int | None
    open_count: int
    fleet_on: date | None
    has_customer: bool
    paid_share: Decimal
    ordered_on: date

    @property
    def rank(self) -> Rank:
        if self.fleet_on is not None:
            return Rank.KEY_ACCOUNT
        return Rank.CUSTOMER if self.has_customer else Rank.STOCK

    @property
    def priority(self) -> tuple:
        return (self.rank, self.fleet_on or date.max, -self.paid_share, self.ordered_on, self.key)


@dataclass(frozen=True)
class FreeCar:
    key: int
    produced_on: date


@dataclass(frozen=True)
class Given:
    line: OpenLine
    car: FreeCar
    reason: str


@dataclass(frozen=True)
class Short:
    """A line that does not get all it needs."""

    line: OpenLine
    given_count: int
    reason: str


@dataclass
class Match:
    given: list[Given] = field(default_factory=list)
    short: list[Short] = field(default_factory=list)


def match(
    lines: Iterable[OpenLine], cars: Mapping[int, list[FreeCar]], attainment: Mapping[int, Decimal] | None = None
) -> Match:
    """``cars`` by SKU, the oldest first; ``attainment`` of the plan by dealer, 1 where it is not known."""
    by_sku: dict[int, list[OpenLine]] = defaultdict(list)
    for line in lines:
        by_sku[line.sku].append(line)
    found = Match()
    for sku, wanting in by_sku.items():
        _match_sku(found, sorted(wanting, key=lambda line: line.priority), cars.get(sku, []), attainment or {})
    return found


def shares(supply: int, demands: Mapping[int, int], attainment: Mapping[int, Decimal]) -> dict[int, int]:
    """Whole cars per dealer, in proportion to demand times attainment, none above its demand.

    By highest averages (Webster): each car goes to whoever is furthest below his share.
    """
    weights = {dealer: demand * max(attainment.get(dealer, 1), LOWEST_WEIGHT) for dealer, demand in demands.items()}
    given = dict.fromkeys(demands, 0)
    claims = [(-weight, dealer) for dealer, weight in weights.items()]
    heapify(claims)
    for _car in range(min(supply, sum(demands.values()))):
        dealer = claims[0][1]
        given[dealer] += 1
        is_served = given[dealer] == demands[dealer]
        heapreplace(claims, (1 if is_served else -weights[dealer] / (2 * given[dealer] + 1), dealer))
    return given


def _match_sku(found: Match, lines: list[OpenLine], cars: list[FreeCar], attainment: Mapping[int, Decimal]) -> None:
    supply, demand = len(cars), sum(line.open_count for line in lines)
    quotas = _quotas(lines, supply, attainment) if supply < demand else {}
    waiting = iter(cars)
    for line in lines:
        wanted = line.open_count if line.rank < Rank.STOCK else min(line.open_count, quotas.get(line.dealer, supply))
        given = list(islice(waiting, wanted))
        if line.dealer in quotas and line.rank == Rank.STOCK:
            quotas[line.dealer] -= len(given)
        found.given += [Given(line, car, reason(line, car)) for car in given]
        if len(given) < line.open_count:
            found.short.append(Short(line, len(given), _why_short(line, supply, demand, attainment)))


def _quotas(lines: list[OpenLine], supply: int, attainment: Mapping[int, Decimal]) -> dict[int, int]:
    """What customers wait for comes first; the rest is shared by the dealers who order for their stock."""
    promised = sum(line.open_count for line in lines if line.rank < Rank.STOCK)
    demands: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.rank == Rank.STOCK:
            demands[line.dealer] += line.open_count
    return shares(max(supply - promised, 0), demands, attainment)


def reason(line: OpenLine, car: FreeCar) -> str:
    words = {
        "paid": f"{line.paid_share:.0%}",
        "ordered": line.ordered_on,
        "produced": car.produced_on,
        "signed": line.fleet_on,
    }
    if line.rank == Rank.KEY_ACCOUNT:
        text = _("Key account contract of %(signed)s; paid %(paid)s; ordered %(ordered)s; off the line %(produced)s")
    elif line.rank == Rank.CUSTOMER:
        text = _("A customer waits; paid %(paid)s; ordered %(ordered)s; off the line %(produced)s")
    else:
        text = _("Dealer's stock; paid %(paid)s; ordered %(ordered)s; off the line %(produced)s")
    return text % words


def _why_short(line: OpenLine, supply: int, demand: int, attainment: Mapping[int, Decimal]) -> str:
    if not supply:
        return _("No car of this SKU is free.")
    words = {"free": supply, "wanted": demand}
    if line.rank < Rank.STOCK:
        return _("%(free)d cars are free for %(wanted)d; others come first.") % words
    words["attained"] = f"{attainment.get(line.dealer, Decimal(1)):.0%}"
    return _("%(free)d cars are free for %(wanted)d; the dealer has attained %(attained)s of the plan.") % words

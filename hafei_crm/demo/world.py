"""What the parts of the demo data share: the clock, the dice, the people and things made so far."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random

from django.utils import timezone

from hafei_crm.demo.copying import Copier

MONTHS = 36


@dataclass
class Shop:
    """A dealer with his unit and the people who sell there."""

    key: int
    unit: int
    region: str
    name: str
    province: str
    city: str
    manager: int
    sellers: list[int]
    weight: float
    pays_late: bool
    level: str


@dataclass
class Item:
    """An SKU with its series and prices in yuan."""

    key: int
    configuration: int
    series: int
    series_name: str
    name: str
    guide: int
    wholesale: int
    weight: float


@dataclass
class World:
    today: date
    rng: Random
    copier: Copier
    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    region_sellers: dict[str, list[int]] = field(default_factory=dict)
    shops: list[Shop] = field(default_factory=list)
    outlets: dict[int, int] = field(default_factory=dict)
    stations: list[tuple[int, int]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    price_rules: list = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    competitors: list[int] = field(default_factory=list)
    pipeline: int = 0
    stages: dict[int | str, int] = field(default_factory=dict)
    serial: int = 0
    zone: tzinfo = field(default_factory=timezone.get_current_timezone)
    numbers: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    @property
    def months(self) -> list[date]:
        """The first days of the last 36 months, this month included."""
        first = self.today.replace(day=1)
        found = [first]
        for _ in range(MONTHS - 1):
            first = (first - timedelta(days=1)).replace(day=1)
            found.append(first)
        return found[::-1]

    def next_serial(self) -> int:
        self.serial += 1
        return self.serial

    def number(self, kind: str, prefix: str, on: date) -> str:
        """As core.numbering gives it out; the counters are written when all is done."""
        self.numbers[kind, on.year] += 1
        return f"{prefix}-{on.year}-{self.numbers[kind, on.year]:04d}"

    def moment(self, day: date) -> datetime:
        """Some time of the working day, never one that has yet to come."""
        at = time(self.rng.randint(8, 17), self.rng.randint(0, 59), tzinfo=self.zone)
        return min(datetime.combine(day, at), self.copier.now)

    def days(self, low: int, high: int) -> timedelta:
        return timedelta(days=self.rng.randint(low, high))

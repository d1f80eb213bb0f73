"""The pipeline as a board: a column per stage with exact sums, and the first cards of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from core.periods import midnight
from customers.models import Opportunity, Pipeline, Stage
from customers.models.opportunities import probability, weighted_amount

CARDS = 20
LONG_AGO, KEY_DIGITS = 1900, 19
Place = tuple[datetime, int]
# What was decided longer ago is found in the list; on the board it would bury what is being worked on.
CLOSED_DAYS = 90


@dataclass(frozen=True)
class Sums:
    count: int = 0
    amount: Decimal = Decimal(0)
    weighted: Decimal = Decimal(0)


def total_of(sums: Iterable[Sums]) -> Sums:
    total = Sums()
    for one in sums:
        total = Sums(total.count + one.count, total.amount + one.amount, total.weighted + one.weighted)
    return total


@dataclass
class BoardColumn:
    stage: Stage
    sums: Sums
    cards: list[Opportunity] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.stage.kind == Stage.Kind.OPEN

    @property
    def has_more(self) -> bool:
        return self.sums.count > len(self.cards)

    @property
    def after(self) -> str:
        return place_of(self.cards)


@dataclass(frozen=True)
class Board:
    pipeline: Pipeline
    columns: list[BoardColumn]

    @property
    def total(self) -> Sums:
        """Of what is still open."""
        return total_of(column.sums for column in self.columns if column.is_open)


def board_of(pipeline: Pipeline, stages: list[Stage], rows: QuerySet, today: date) -> Board:
    """``rows`` are the opportunities the reader sees, filtered."""
    rows = on_board(rows, pipeline, today)
    sums = column_sums(rows)
    shown = [stage for stage in stages if stage.is_active or stage.pk in sums]
    columns = {stage.pk: BoardColumn(stage, sums.get(stage.pk, Sums())) for stage in shown}
    for card in first_cards(rows, [key for key, column in columns.items() if column.sums.count]):
        columns[card.stage_id].cards.append(card)
    return Board(pipeline, list(columns.values()))


def on_board(rows: QuerySet, pipeline: Pipeline, today: date) -> QuerySet:
    since = midnight(today - timedelta(days=CLOSED_DAYS))
    return rows.filter(Q(status__in=Opportunity.OPEN) | Q(closed_at__gte=since), pipeline=pipeline)


def column_sums(rows: QuerySet) -> dict[int, Sums]:
    grouped = (
        rows.order_by().values("stage").annotate(count=Count("*"), total=Sum("amount"), weighted=Sum(weighted_amount()))
    )
    return {row["stage"]: Sums(row["count"], row["total"], row["weighted"]) for row in grouped}


def cards_of(rows: QuerySet, stage_id: int, after: Place | None = None) -> QuerySet:
    """One page of a column, those moved there last first; a card that left meanwhile shifts no other."""
    rows = rows.filter(stage=stage_id).order_by("-stage_since", "-pk")
    if after:
        since, key = after
        rows = rows.filter(Q(stage_since__lt=since) | Q(stage_since=since, pk__lt=key))
    return _shown(rows)[:CARDS]


def card_of(rows: QuerySet, key: int) -> Opportunity | None:
    return _shown(rows).filter(pk=key).first()


def place_of(cards: list[Opportunity]) -> str:
    """Where the last of these cards stands, as it is written in an address."""
    return f"{cards[-1].stage_since.isoformat()}_{cards[-1].pk}" if cards else ""


def read_place(text: str) -> Place | None:
    since, _line, key = text.rpartition("_")
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        return None
    is_place = moment.tzinfo is not None and moment.year > LONG_AGO and key.isdecimal() and len(key) < KEY_DIGITS
    return (moment, int(key)) if is_place else None


def first_cards(rows: QuerySet, stage_ids: list[int]) -> list[Opportunity]:
    """The top of every column by one query, each part of it led by the index over stage and time."""
    if not stage_ids:
        return []
    first, *others = [cards_of(rows, key) for key in stage_ids]
    found = first.union(*others, all=True) if others else first
    return sorted(found, key=lambda card: (card.stage_since, card.pk), reverse=True)


def _shown(rows: QuerySet) -> QuerySet:
    """With what a card says."""
    return rows.annotate(chance=probability(), customer_name=F("customer__name"), owner_name=F("owner__name"))

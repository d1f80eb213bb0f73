"""The pipeline as a board: a column per stage with exact sums, and the first cards of each."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from core.periods import midnight
from customers.models import Opportunity, Pipeline, Stage
from customers.models.opportunities import probability, weighted_amount

CARDS = 20
# What was decided longer ago is found in the list; on the board it would bury what is being worked on.
CLOSED_DAYS = 90


@dataclass(frozen=True)
class Sums:
    count: int = 0
    amount: Decimal = Decimal(0)
    weighted: Decimal = Decimal(0)


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


@dataclass(frozen=True)
class Board:
    pipeline: Pipeline
    columns: list[BoardColumn]

    @property
    def total(self) -> Sums:
        """Of what is still open."""
        sums = [column.sums for column in self.columns if column.is_open]
        return Sums(
            sum(one.count for one in sums),
            sum((one.amount for one in sums), Decimal(0)),
            sum((one.weighted for one in sums), Decimal(0)),
        )


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
        rows.order_by()
        .values("stage")
        .annotate(count=Count("pk"), total=Sum("amount"), weighted=Sum(weighted_amount()))
    )
    return {row["stage"]: Sums(row["count"], row["total"], row["weighted"]) for row in grouped}


def cards_of(rows: QuerySet, stage_id: int, skip: int = 0) -> QuerySet:
    """One page of a column, those moved there last first."""
    rows = rows.filter(stage=stage_id).order_by("-stage_since", "-pk")
    return _shown(rows)[skip : skip + CARDS]


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

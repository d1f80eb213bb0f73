"""Writing the sales of earlier years: whole files at once, by the database."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from analytics.actions.schemes import add_standing_schemes
from analytics.models import HistorySource, SalesHistory
from core.errors import RuleBroken

LOADING = "loading_sales_history"
KEY = "month, area, model, maker, colour, price_amount"


class HistoryRow(NamedTuple):
    """One row of a file, its words as written."""

    month: date
    area: str
    model: str
    quantity: int
    maker: str = ""
    colour: str = ""
    price_amount: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class LoadResult:
    """Stored rows that are new or have other figures now; the rest of the file's rows changed nothing."""

    created: int
    updated: int


def add_history_source(name: str, *, kind: str = "") -> HistorySource:
    """The source of that name; its kind is settled when it is first named."""
    source, _is_new = HistorySource.objects.get_or_create(
        name=name, defaults={"kind": kind or HistorySource.Kind.COMPANY}
    )
    if kind and source.kind != kind:
        raise RuleBroken(
            _("“%(source)s” is marked “%(kind)s”. Choose another name for figures of the other kind.")
            % {"source": source, "kind": source.get_kind_display()}
        )
    return source


@transaction.atomic
def load_history(rows: Iterable[HistoryRow], *, source: HistorySource) -> LoadResult:
    """Make the source hold what the file says: rows with the same key are summed, the same file changes nothing."""
    table = SalesHistory._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {LOADING} (LIKE {table}) ON COMMIT DROP")
        for column in ("id", "source_id"):
            cursor.execute(f"ALTER TABLE {LOADING} DROP COLUMN {column}")
        columns = ", ".join(HistoryRow._fields)
        # Only a missing amount is NULL; a missing word is an empty word, so that it takes part in the key.
        options = "FORMAT csv, FORCE_NULL (price_amount, amount)"
        cursor.copy_expert(f"COPY {LOADING} ({columns}) FROM STDIN WITH ({options})", _text(rows))
        cursor.execute(
            f"""
            WITH written AS (
                INSERT INTO {table} AS kept (source_id, {KEY}, quantity, amount)
                SELECT %s, {KEY}, sum(quantity), sum(amount) FROM {LOADING} GROUP BY {KEY} ORDER BY {KEY}
                ON CONFLICT (source_id, {KEY}) DO UPDATE SET quantity = excluded.quantity, amount = excluded.amount
                WHERE (kept.quantity, kept.amount) IS DISTINCT FROM (excluded.quantity, excluded.amount)
                RETURNING xmax = 0 AS is_new
            )
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
            """,
            [source.pk],
        )
        created, updated = cursor.fetchone()
        cursor.execute(f"DROP TABLE {LOADING}")
    add_standing_schemes(source)
    return LoadResult(created, updated)


def _text(rows: Iterable[HistoryRow]) -> io.StringIO:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    text.seek(0)
    return text

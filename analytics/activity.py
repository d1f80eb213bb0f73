"""What the people one looks after did in a period, beside the period before and the year before."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from analytics.boards import kept
from analytics.queries import same_days_before
from analytics.ranks import dense_ranks
from core.periods import Period
from salesplan import activity
from salesplan.activity import Amount, Figure, Shown
from salesplan.models import ReportTemplate
from users.models import Unit, User

KINDS = ("day", "week", "month", "quarter")
DEFAULT_SORT = "contacts"


@dataclass(frozen=True)
class PersonLine:
    """One person's figures; ``rank`` by the figure that sorts the table, equal figures share it."""

    rank: int
    person_id: int
    name: str
    unit: str
    values: dict[str, Amount]
    shown: list[Shown]


@dataclass(frozen=True)
class Total:
    """The sum over all people, and how it differs from as many days of the period and of the year before."""

    figure: Figure
    value: Amount
    before: Amount
    year_before: Amount

    @property
    def change(self) -> float | None:
        return _growth(self.value, self.before)

    @property
    def year_change(self) -> float | None:
        return _growth(self.value, self.year_before)


@dataclass(frozen=True)
class Statistics:
    period: Period
    before: Period
    year_before: Period
    figures: list[Figure]
    sorted_by: Figure
    lines: list[PersonLine]
    totals: list[Total]


def statistics_of(reader: User, period: Period, *, unit: Unit | None, sort: str, today: date) -> Statistics:
    """Everybody the reader looks after and himself, with and without deeds, the best in the chosen figure first."""
    figures = [figure for _source, figure in activity.figures_for(reader)]
    sorted_by = next((figure for figure in figures if figure.name == sort), figures[0])
    before, year_before = same_days_before(period, today), same_days_last_year(period, today)
    of_unit = User.objects.filter(unit__path__startswith=unit.path).values("pk") if unit else None
    periods, name = (period, before, year_before), f"activity-{unit.pk if unit else 'all'}"
    counted = kept(name, reader, period, today, lambda: [_counted(reader, one, of_unit) for one in periods])
    counts = counted[0][0]
    people = list(_people(reader, counts, unit))
    values = {key: _complete(counts.get(key, {}), figures) for key, _name, _unit in people}
    ranks = dense_ranks({key: values[key][sorted_by.name] for key, _name, _unit in people})
    lines = [
        PersonLine(ranks[key], key, name, unit_name or "", values[key], _shown(reader, values[key], key, period))
        for key, name, unit_name in people
    ]
    sums = [_sums(one) | together for one, together in counted]
    totals = [Total(figure, *(values.get(figure.name, 0) for values in sums)) for figure in figures]
    lines.sort(key=lambda line: (line.rank, line.unit, line.name, line.person_id))
    return Statistics(period, before, year_before, figures, sorted_by, lines, totals)


def _counted(reader: User, period: Period, people: QuerySet | None) -> tuple[activity.Counts, dict[str, Amount]]:
    """Person by person, and of what several may share all together."""
    return dict(activity.counted(reader, period, people=people)), activity.counted_once(reader, period, people=people)


def same_days_last_year(period: Period, today: date) -> Period:
    """As many days of the same period a year ago as have passed of this one."""
    former = period.same_last_year()
    passed = min(period.end, max(today, period.start) + (period.end - period.last_day)) - period.start
    return Period("custom", former.start, min(former.start + passed, former.end))


def _people(reader: User, counts: activity.Counts, unit: Unit | None) -> Iterator[tuple[int, str, str | None]]:
    """Sellers on duty whom the reader looks after, and whoever else has a figure (somebody who has left)."""
    after = User.objects.within(reader, "supervise") | User.objects.filter(pk=reader.pk)
    sellers = after.on_duty().filter(groups__name__in=ReportTemplate.REPORTING)
    if unit:
        sellers = sellers.filter(unit__path__startswith=unit.path)
    wanted = User.objects.filter(pk__in=sellers.values("pk")) | User.objects.filter(pk__in=list(counts))
    yield from wanted.order_by("pk").values_list("pk", "name", "unit__name")


def _complete(values: dict[str, Amount], figures: list[Figure]) -> dict[str, Amount]:
    return {figure.name: values.get(figure.name) or 0 for figure in figures}


def _shown(reader: User, values: dict[str, Amount], person_id: int, period: Period) -> list[Shown]:
    return activity.shown(values, person_id, period, reader=reader)


def _sums(counts: activity.Counts) -> dict[str, Amount]:
    sums: Counter[str] = Counter()
    for values in counts.values():
        sums.update({name: value or 0 for name, value in values.items()})
    return dict(sums)


def _growth(value: Amount, before: Amount) -> float | None:
    return float((value - before) / before) if before else None

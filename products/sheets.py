"""Specification sheets side by side: ours and competitors', group by group, with what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.formats import money
from products.models import CompetitorModel, Configuration, Feature, FeatureValue, Option, Price
from products.queries import prices_of

MOST_SUBJECTS = 5
UNKNOWN = ""
Record = Configuration | CompetitorModel


@dataclass(frozen=True)
class Subject:
    """A column: one of our configurations or a competitor's model."""

    record: Record
    price: Decimal | None = None

    @property
    def is_ours(self) -> bool:
        return isinstance(self.record, Configuration)

    @property
    def key(self) -> tuple[str, int]:
        return "configuration" if self.is_ours else "competitor_model", self.record.pk

    @property
    def parameter(self) -> str:
        """Under which name the column stands in an address."""
        return "pk" if self.is_ours else "rival"

    @property
    def title(self) -> str:
        """As it heads a column of a file and is recognised there again."""
        if not self.is_ours:
            return str(self.record)
        car = self.record
        return f"{car.vehicle_model.code} {car.code} {car.name} {car.model_year}"


@dataclass(frozen=True)
class SheetRow:
    label: str
    unit: str
    cells: list[str]

    @property
    def differs(self) -> bool:
        """Whether what is known is not the same everywhere."""
        return len(set(self.cells) - {UNKNOWN}) > 1


@dataclass(frozen=True)
class SheetGroup:
    label: str
    rows: list[SheetRow]


def all_subjects(configurations: QuerySet[Configuration], rivals: QuerySet[CompetitorModel]) -> list[Subject]:
    return [Subject(one) for one in (*configurations.select_related("vehicle_model"), *rivals)]


def subjects_of(configurations: Iterable[Configuration], rivals: Iterable[CompetitorModel], day: date) -> list[Subject]:
    configurations = list(configurations)
    prices = prices_of([one.pk for one in configurations], Price.Kind.GUIDE, day)
    ours = [Subject(one, prices.get(one.pk)) for one in configurations]
    return ours + [Subject(one, one.guide_price_amount) for one in rivals]


def comparison(subjects: list[Subject], *, only_differences: bool = False) -> list[SheetGroup]:
    """Three queries for any number of cars; features about which nothing is known are left out."""
    groups = [SheetGroup(_("Price and model"), _basics(subjects)), *feature_groups(subjects), *_options(subjects)]
    kept = [
        SheetGroup(group.label, [row for row in group.rows if row.differs or not only_differences]) for group in groups
    ]
    return [group for group in kept if group.rows]


def feature_groups(subjects: list[Subject], *, with_unknown: bool = False) -> list[SheetGroup]:
    values = {_place(value): value.shown for value in FeatureValue.objects.of(*(one.record for one in subjects))}
    groups: dict[str, list[SheetRow]] = {group: [] for group in Feature.Group.values}
    for feature in Feature.objects.all():
        cells = [values.get((feature.pk, *subject.key), UNKNOWN) for subject in subjects]
        if with_unknown or any(cells):
            groups[feature.group].append(SheetRow(feature.name, feature.measure, cells))
    return [SheetGroup(str(Feature.Group(group).label), rows) for group, rows in groups.items() if rows]


def _basics(subjects: list[Subject]) -> list[SheetRow]:
    def ours(name: str) -> list[str]:
        return [str(getattr(one.record, name) or UNKNOWN) if one.is_ours else UNKNOWN for one in subjects]

    prices = [money(subject.price) if subject.price is not None else UNKNOWN for subject in subjects]
    rows = [
        SheetRow(_("Guide price of today"), _("yuan"), prices),
        SheetRow(_("Model year"), "", ours("model_year")),
        SheetRow(_("Engine"), "", ours("engine")),
        SheetRow(_("Gearbox"), "", ours("gearbox")),
        SheetRow(_("Emission standard"), "", ours("emission_standard")),
    ]
    return [row for row in rows if any(row.cells)]


def _options(subjects: list[Subject]) -> list[SheetGroup]:
    keys = [subject.record.pk for subject in subjects if subject.is_ours]
    options = Option.objects.filter(configuration__in=keys, is_offered=True).order_by("name", "pk")
    prices: dict[str, dict[int, str]] = {}
    for option in options:
        prices.setdefault(option.name, {})[option.configuration_id] = f"+{money(option.price_amount)}"
    rows = [
        SheetRow(
            name,
            _("yuan"),
            [found.get(one.record.pk, "–") if one.is_ours else UNKNOWN for one in subjects],
        )
        for name, found in prices.items()
    ]
    return [SheetGroup(_("Options"), rows)] if rows else []


def _place(value: FeatureValue) -> tuple[int, str, int]:
    if value.configuration_id:
        return value.feature_id, "configuration", value.configuration_id
    return value.feature_id, "competitor_model", value.competitor_model_id

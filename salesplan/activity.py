"""What people did in a period: each figure is defined here once, for work reports, statistics and the home page.

A figure counts rows in its reader's rights, person by person in one query, and names the list that holds those rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, Model, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Order, Settlement
from core.periods import Period
from customers.models import ContactRecord, Customer, Lead, Opportunity
from users.models import User

Amount = int | Decimal
Counts = dict[int, dict[str, Amount]]
Kind = ContactRecord.Kind


@dataclass(frozen=True)
class Figure:
    """``chosen`` are the filters that, beside person and days, leave exactly the counted rows in the list."""

    name: str
    label: str | Promise
    definition: str | Promise
    value: Aggregate
    chosen: Mapping[str, str] = field(default_factory=dict)
    is_money: bool = False

    @property
    def is_shared(self) -> bool:
        """Two people may have followed the same customer."""
        return self.value.distinct


@dataclass(frozen=True)
class Source:
    """Figures over the same rows. ``listing`` is the list that shows them: its name, and its filters for person,
    first and last day; ``narrowed`` leaves rows out that the list would not show."""

    model: type[Model]
    person: str
    day: str
    is_moment: bool
    listing: tuple[str, str, str, str]
    figures: tuple[Figure, ...]
    narrowed: Callable[[QuerySet, User], QuerySet] = lambda rows, reader: rows

    @cached_property
    def permission(self) -> str:
        app, model = self.listing[0].split(":")
        return f"{app}.view_{model}"

    def rows(self, reader: User, period: Period) -> QuerySet:
        """Of people in the reader's reach: of a customer shared with him he sees a part of a colleague's work alone."""
        start, end = period.bounds() if self.is_moment else (period.start, period.end)
        rows = self.model.objects.visible_to(reader).filter(**{f"{self.day}__gte": start, f"{self.day}__lt": end})
        people = User.objects.reached_by(reader, self.model).values("pk")
        return self.narrowed(rows, reader).filter(**{f"{self.person}__in": people}).order_by()

    def url(self, figure: Figure, person_id: int | None, period: Period) -> str:
        name, person, first, last = self.listing
        chosen = {person: person_id} if person_id else {}
        days = {first: period.start, last: period.last_day}
        return f"{reverse(f'{name}_list')}?{urlencode(chosen | days | dict(figure.chosen))}"


def of_kind(kind: str, definition: str | Promise) -> Figure:
    return Figure(f"contacts_{kind}", Kind(kind).label, definition, Count("pk", filter=Q(kind=kind)), {"kind": kind})


CONTACTS = Source(
    ContactRecord,
    "owner",
    "at",
    True,
    ("customers:contactrecord", "owner", "from_day", "to_day"),
    (
        Figure(
            "contacts",
            _("Contacts made"),
            _("Calls, visits, messages and other contacts recorded."),
            Count("pk"),
            {"is_by_hand": "true"},
        ),
        of_kind(Kind.CALL, _("Contact records of the kind call.")),
        of_kind(Kind.VISIT, _("Contact records of the kind visit.")),
        of_kind(Kind.MESSAGE, _("Contact records of the kind message.")),
        of_kind(Kind.SHOWROOM, _("Contact records of the kind showroom visit.")),
        of_kind(Kind.TEST_DRIVE, _("Contact records of the kind test drive.")),
    ),
    lambda rows, reader: rows.by_hand(),
)
CUSTOMERS_FOLLOWED = Source(
    ContactRecord,
    "owner",
    "at",
    True,
    ("customers:customer", "contacted_by", "contacted_from", "contacted_until"),
    (
        Figure(
            "customers_followed",
            _("Customers followed"),
            _("Different customers with a contact record of the person in the period."),
            Count("customer", distinct=True),
        ),
    ),
    lambda rows, reader: rows.by_hand().filter(customer__in=Customer.objects.visible_to(reader)),
)
LEADS_FOLLOWED = Source(
    ContactRecord,
    "owner",
    "at",
    True,
    ("customers:lead", "contacted_by", "contacted_from", "contacted_until"),
    (
        Figure(
            "leads_followed",
            _("Leads followed"),
            _("Different leads with a contact record of the person in the period."),
            Count("lead", distinct=True),
        ),
    ),
    lambda rows, reader: rows.by_hand().filter(lead__in=Lead.objects.visible_to(reader)),
)
LEADS = Source(
    Lead,
    "owner",
    "recorded_at",
    True,
    ("customers:lead", "owner", "recorded_from", "recorded_until"),
    (Figure("leads", _("New leads"), _("Leads recorded in the period that are the person's now."), Count("pk")),),
)
CUSTOMERS = Source(
    Customer,
    "owner",
    "created_at",
    True,
    ("customers:customer", "owner", "added_from", "added_until"),
    (
        Figure(
            "customers", _("New customers"), _("Customers added in the period that are the person's now."), Count("pk")
        ),
    ),
)
OPPORTUNITIES = Source(
    Opportunity,
    "owner",
    "created_at",
    True,
    ("customers:opportunity", "owner", "added_from", "added_until"),
    (
        Figure(
            "opportunities",
            _("New opportunities"),
            _("Opportunities added in the period that are the person's now."),
            Count("pk"),
        ),
    ),
)
ORDERS = Source(
    Order,
    "owner",
    "approved_on",
    False,
    ("contracts:order", "owner", "approved_from", "approved_until"),
    (
        Figure(
            "orders",
            _("Orders"),
            _("Orders of the person approved in the period and not cancelled."),
            Count("pk"),
            {"is_in_force": "true"},
        ),
        Figure(
            "order_amount",
            _("Order amount (yuan)"),
            _("Total of the orders approved in the period and not cancelled."),
            Sum("total_amount"),
            {"is_in_force": "true"},
            is_money=True,
        ),
    ),
    lambda rows, reader: rows.approved(),
)
RECEIPTS = Source(
    Settlement,
    "receivable__order__owner",
    "on",
    False,
    ("contracts:settlement", "owner", "from_day", "to_day"),
    (
        Figure(
            "receipts",
            _("Receipts (yuan)"),
            _("Money received in the period on orders of the person."),
            Sum("amount"),
            is_money=True,
        ),
    ),
)
SOURCES = (
    CUSTOMERS_FOLLOWED,
    LEADS_FOLLOWED,
    CONTACTS,
    LEADS,
    CUSTOMERS,
    OPPORTUNITIES,
    ORDERS,
    RECEIPTS,
)


@dataclass(frozen=True)
class Shown:
    """A figure of one person with the address of its rows; without one it cannot be opened."""

    figure: Figure
    value: Amount
    url: str = ""


def figures_for(reader: User) -> list[tuple[Source, Figure]]:
    """The figures whose lists the reader may open, in their order."""
    return [(source, figure) for source in SOURCES if reader.has_perm(source.permission) for figure in source.figures]


def counted(reader: User, period: Period, *, people: Iterable[int] | QuerySet | None = None) -> Counts:
    """Person by person what the reader's rows hold; whoever has none is left out. One query per source."""
    found: Counts = defaultdict(dict)
    for source in SOURCES:
        if not reader.has_perm(source.permission):
            continue
        names = [figure.name for figure in source.figures]
        rows = _rows_of(source, reader, period, people).values_list(source.person)
        for person, *values in rows.annotate(**_annotations(source.figures)):
            found[person] |= dict(zip(names, values, strict=True))
    return found


def counted_once(reader: User, period: Period, *, people: Iterable[int] | QuerySet | None = None) -> dict[str, Amount]:
    """All people together, of the figures whose rows several people may share: their sum would count a row twice."""
    found: dict[str, Amount] = {}
    for source in SOURCES:
        shared = [figure for figure in source.figures if figure.is_shared]
        if shared and reader.has_perm(source.permission):
            values = _rows_of(source, reader, period, people).aggregate(**_annotations(shared))
            found |= {figure.name: values[f"counted_{figure.name}"] for figure in shared}
    return found


def counted_for(person: User, period: Period) -> dict[str, Amount]:
    """One person's own figures, all of them, in his own rights."""
    found = counted(person, period, people=[person.pk]).get(person.pk, {})
    return {figure.name: found.get(figure.name) or 0 for _source, figure in figures_for(person)}


def shown(values: Mapping[str, Amount | str], person_id: int, period: Period, *, reader: User) -> list[Shown]:
    """Figures with the lists behind them; a figure whose list the reader may not open is shown without one."""
    return [
        Shown(
            figure,
            Decimal(values[figure.name]) if figure.is_money else int(values[figure.name]),
            source.url(figure, person_id, period) if reader.has_perm(source.permission) else "",
        )
        for source in SOURCES
        for figure in source.figures
        if figure.name in values
    ]


def _rows_of(source: Source, reader: User, period: Period, people: Iterable[int] | QuerySet | None) -> QuerySet:
    rows = source.rows(reader, period)
    return rows if people is None else rows.filter(**{f"{source.person}__in": people})


def _annotations(figures: Iterable[Figure]) -> dict[str, Aggregate]:
    """Named apart from the model's own fields."""
    return {f"counted_{figure.name}": figure.value for figure in figures}

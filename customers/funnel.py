"""The funnel of DOMAIN 1.8: from the first visit to the order, by cohort of first visit and by calendar month.

A figure is a set of rows: the page counts them, the list behind the figure shows them. A visitor is a customer, or a
lead as long as nobody has turned it into one; a lead's records follow it to its customer.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils.translation import gettext_lazy as _

from core.periods import Period
from customers.models import ContactRecord, Opportunity, WalkIns

K = ContactRecord.Kind
# Whether a visit was the first is no question of what the reader sees.
EVERYBODYS = ContactRecord.objects.filter(binned_at=None)


class Basis(models.TextChoices):
    COHORT = "cohort", _("Cohort of first visit")
    CALENDAR = "calendar", _("Calendar period")


class Figure(models.TextChoices):
    INVITED = "invited", _("First contact by call or message")
    CAME = "came", _("Came to the showroom after it")
    FILES = "files", _("First visits with contact data")
    SECOND_VISITS = "second_visits", _("Second visits")
    TEST_DRIVES = "test_drives", _("Test drives")
    QUOTATIONS = "quotations", _("Received a quotation")
    ORDERS = "orders", _("Ordered, or bought from stock")
    DELIVERIES = "deliveries", _("Car handed over")


KIND_OF = {
    Figure.TEST_DRIVES: (K.TEST_DRIVE,),
    Figure.QUOTATIONS: (K.QUOTATION,),
    # Who buys a car from the dealer's stock has no order of his own.
    Figure.ORDERS: (K.ORDER, K.DELIVERY),
    Figure.DELIVERIES: (K.DELIVERY,),
}


@dataclass(frozen=True)
class Funnel:
    """``records``, ``opportunities`` and ``walk_ins`` are what the reader sees, filtered by unit and source."""

    records: QuerySet[ContactRecord]
    opportunities: QuerySet[Opportunity]
    walk_ins: QuerySet[WalkIns]
    period: Period

    def rows(self, figure: str, basis: str) -> QuerySet[ContactRecord]:
        """One record per visitor: the first of its kind since his first visit in the period, or within the period."""
        if figure == Figure.INVITED:
            return self._within(self._begun_from_afar())
        if figure == Figure.CAME and basis == Basis.COHORT:
            return _of_visitors(first_of(self.records, (K.SHOWROOM,)), self._within(self._begun_from_afar()))
        if figure == Figure.CAME:
            return self.first_visits().filter(Exists(_same_visitor(self._begun_from_afar())))
        if figure == Figure.FILES:
            return self.first_visits()
        if figure == Figure.SECOND_VISITS:
            found = later_visits(self.records)
        elif basis == Basis.COHORT:
            found = first_of(visited_before(self.records), KIND_OF[figure], among=visited_before(EVERYBODYS))
        else:
            found = first_of(self.records, KIND_OF[figure], among=self._within(EVERYBODYS))
        return _of_visitors(found, self.first_visits()) if basis == Basis.COHORT else self._within(found)

    def first_visits(self) -> QuerySet[ContactRecord]:
        return self._within(first_of(self.records, (K.SHOWROOM,)))

    def closed(self, status: str, basis: str) -> QuerySet[Opportunity]:
        """Won or lost: of the customers who first came in the period, or closed in the period."""
        found = self.opportunities.filter(status=status)
        if basis == Basis.COHORT:
            return self.of_first_visitors(found)
        start, end = self.period.bounds()
        return found.filter(closed_at__gte=start, closed_at__lt=end)

    def of_first_visitors(self, opportunities: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
        """Of the customers who first came in the period; what was decided before they came does not count."""
        visits = self.first_visits().filter(customer=OuterRef("customer")).annotate(day=TruncDate("at"))
        decided = opportunities.alias(decided_on=TruncDate(Coalesce("closed_at", Now())))
        return decided.filter(Exists(visits.filter(day__lte=OuterRef("decided_on"))))

    def anonymous(self) -> int:
        """Parties of the period who left no contact data; as first visits they belong to it by either basis."""
        days = self.walk_ins.filter(on__gte=self.period.start, on__lt=self.period.end)
        return days.aggregate(parties=Sum("count", default=0))["parties"]

    def cycle_days(self, basis: str) -> float | None:
        """From the first visit to the first order, on the average of those who ordered."""
        visits = first_of(ContactRecord.objects.filter(binned_at=None), (K.SHOWROOM,))
        visit = visits.filter(customer=OuterRef("customer")).order_by("at").values("at")[:1]
        ordered = self.rows(Figure.ORDERS, basis) & first_of(self.records, (K.ORDER,))
        orders = ordered.annotate(first_at=models.Subquery(visit)).filter(first_at__lte=F("at"))
        mean = orders.aggregate(mean=models.Avg(F("at") - F("first_at"), output_field=models.DurationField()))["mean"]
        return None if mean is None else mean / timedelta(days=1)

    def _within(self, rows: QuerySet[ContactRecord]) -> QuerySet[ContactRecord]:
        start, end = self.period.bounds()
        return rows.filter(at__gte=start, at__lt=end)

    def _begun_from_afar(self) -> QuerySet[ContactRecord]:
        """Those whose very first contact was a call or a message: coming to the showroom, they were invited."""
        return first_of(self.records, ContactRecord.BY_HAND).filter(kind__in=(K.CALL, K.MESSAGE))


def first_of(
    records: QuerySet[ContactRecord], kinds: tuple[str, ...], *, among: QuerySet[ContactRecord] | None = None
) -> QuerySet[ContactRecord]:
    """The first record of these kinds of each visitor, whoever logged it; ``among`` bounds what may come before it."""
    earlier = (EVERYBODYS if among is None else among).filter(kind__in=kinds)
    return records.filter(~Exists(_same_visitor(earlier, before=True)), kind__in=kinds)


def visited_before(records: QuerySet[ContactRecord]) -> QuerySet[ContactRecord]:
    """Those of the day on which their visitor first came to the showroom, or later."""
    visits = EVERYBODYS.filter(kind=K.SHOWROOM).annotate(day=TruncDate("at"))
    dated = records.annotate(day=TruncDate("at"))
    return dated.filter(Exists(_same_visitor(visits.filter(day__lte=OuterRef("day")))))


def later_visits(records: QuerySet[ContactRecord]) -> QuerySet[ContactRecord]:
    """The first visit of each visitor on a later day than his very first one."""
    visits = ContactRecord.objects.filter(kind=K.SHOWROOM, binned_at=None).annotate(day=TruncDate("at"))
    dated = records.filter(kind=K.SHOWROOM).annotate(day=TruncDate("at"))
    days_before = visits.filter(day__lt=OuterRef("day"))
    # A second visit has one earlier day before it; a third has two, so an earlier record with an earlier day before.
    between = _same_visitor(days_before).annotate(inner=F("day"))
    has_former_day = Exists(_same_visitor(visits.filter(day__lt=OuterRef("day"))))
    is_first_of_its_day = ~Exists(_same_visitor(visits.filter(day=OuterRef("day")), before=True))
    return dated.filter(Exists(between), is_first_of_its_day).filter(~Exists(between.filter(has_former_day)))


def _same_visitor(records: QuerySet[ContactRecord], *, before: bool = False) -> QuerySet[ContactRecord]:
    """Of the same customer, or of the same lead where it has no customer; null equals nothing."""
    same = Q(customer=OuterRef("customer")) | Q(lead=OuterRef("lead"), customer=None)
    if before:
        same &= Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk"))
    return records.filter(same)


def _of_visitors(rows: QuerySet[ContactRecord], chosen: QuerySet[ContactRecord]) -> QuerySet[ContactRecord]:
    return rows.filter(
        Q(customer__in=chosen.exclude(customer=None).values("customer"))
        | Q(customer=None, lead__in=chosen.filter(customer=None).values("lead"))
    )


@dataclass(frozen=True)
class Rate:
    """A share with its name and its base in words."""

    label: object
    base: object
    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> str:
        return f"{self.value:.2%}" if self.value is not None else "–"


@dataclass(frozen=True)
class FunnelFigures:
    """The counts of a period by one basis, and what they say."""

    basis: str
    counts: dict[str, int]
    anonymous: int
    won: int
    lost: int
    cycle_days: float | None

    @property
    def first_visits(self) -> int:
        return self.counts[Figure.FILES] + self.anonymous

    @property
    def rates(self) -> list[Rate]:
        counts, visits, files = self.counts, self.first_visits, self.counts[Figure.FILES]
        all_visits, known = _("all first visits"), _("first visits with contact data")
        return [
            Rate(_("Filing rate"), all_visits, files, visits),
            Rate(_("Test drive rate"), all_visits, counts[Figure.TEST_DRIVES], visits),
            Rate(_("Closing rate"), all_visits, counts[Figure.ORDERS], visits),
            Rate(_("Loss rate"), _("opportunities won or lost"), self.lost, self.won + self.lost),
            Rate(
                _("Invitation rate"),
                _("first contacts by call or message"),
                counts[Figure.CAME],
                counts[Figure.INVITED],
            ),
            Rate(_("Second visit rate"), known, counts[Figure.SECOND_VISITS], files),
        ]


def figures_of(funnel: Funnel, basis: str) -> FunnelFigures:
    return FunnelFigures(
        basis,
        {figure: funnel.rows(figure, basis).count() for figure in Figure.values},
        funnel.anonymous(),
        funnel.closed(Opportunity.Status.WON, basis).count(),
        funnel.closed(Opportunity.Status.LOST, basis).count(),
        funnel.cycle_days(basis),
    )

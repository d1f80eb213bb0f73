"""Who has to hand in which work report by when, who has not, and who reviews it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from core.periods import Period, period_of
from salesplan import rules
from salesplan.models import ReportKind, ReportTemplate, WorkReport
from users.access import Role
from users.models import User

# Most recent periods that are looked at, by kind of report.
LOOKED_BACK = {ReportKind.DAY: 10, ReportKind.WEEK: 4, ReportKind.MONTH: 4}
REVIEWERS = (Role.DEALER_MANAGER, Role.REGIONAL_MANAGER, Role.DIRECTOR)


@dataclass(frozen=True)
class Duty:
    """A report that one person owes for a period; ``report`` where it was at least begun."""

    period: Period
    due_at: datetime
    report: WorkReport | None
    now: datetime

    @property
    def kind(self) -> ReportKind:
        return ReportKind(self.period.kind)

    @property
    def is_done(self) -> bool:
        return self.report is not None and self.report.is_handed_in

    @property
    def is_missing(self) -> bool:
        return not self.is_done and self.due_at < self.now


@dataclass(frozen=True)
class Reporter:
    """Somebody who has to report, with what he owes period by period."""

    person: User
    duties: list[Duty | None]

    @property
    def missing_count(self) -> int:
        return sum(duty is not None and duty.is_missing for duty in self.duties)


def template_for(person: User, kind: str) -> ReportTemplate | None:
    """By the person's roles; of two roles the one that is higher up."""
    found = ReportTemplate.objects.filter(kind=kind, role__in=person.role_names)
    return max(found, key=lambda template: _rank(template.role), default=None)


def recent_periods(kind: str, today: date, count: int) -> list[Period]:
    """The last periods with a working day in them, the one of ``today`` last."""
    periods, period = [], period_of(kind, today)
    while len(periods) < count:
        if rules.is_reported(period):
            periods.append(period)
        period = period.previous()
    return periods[::-1]


def own_duties(person: User, now: datetime) -> list[Duty]:
    """What the person has not handed in yet of the last periods, kind by kind, the oldest first: two queries.

    The present period is offered on a day of rest too: whoever works may report.
    """
    today = timezone.localdate(now)
    own = ReportTemplate.objects.filter(role__in=person.role_names)
    templates = {template.kind: template for template in sorted(own, key=lambda template: _rank(template.role))}
    periods = {kind: recent_periods(kind, today, LOOKED_BACK[ReportKind(kind)] // 2) for kind in templates}
    first = min((found[0].start for found in periods.values()), default=today)
    reports = {(one.kind, one.starts_on): one for one in WorkReport.objects.filter(owner=person, starts_on__gte=first)}
    found = []
    for kind in (kind for kind in ReportKind.values if kind in templates):
        present = period_of(kind, today)
        former = periods[kind] if templates[kind].is_required else []
        asked = [*(one for one in former if one != present), present]
        found += [_duty(person, templates[kind], one, reports.get((kind, one.start)), now) for one in asked]
    return [duty for duty in found if duty is not None and not duty.is_done]


def _duty(
    person: User, template: ReportTemplate, period: Period, report: WorkReport | None, now: datetime
) -> Duty | None:
    """Nobody owes a report for the time before he came."""
    due_at = rules.report_due_at(period, after_days=template.due_after_days, at=template.due_at)
    if report is None and timezone.localdate(person.date_joined) >= period.end:
        return None
    return Duty(period, due_at, report, now)


def reporters(people: QuerySet[User], kind: str, periods: list[Period], now: datetime) -> list[Reporter]:
    """Those of the people who have to write this kind of report, whoever misses most first: three queries."""
    templates = {template.role: template for template in ReportTemplate.objects.filter(kind=kind, is_required=True)}
    reports = {
        (report.owner_id, report.starts_on): report
        for report in WorkReport.objects.filter(
            owner__in=people, kind=kind, starts_on__in=[period.start for period in periods]
        )
    }
    found = [
        Reporter(
            person, [_duty(person, template, period, reports.get((person.pk, period.start)), now) for period in periods]
        )
        for person, template in _reporting(people, templates)
    ]
    return sorted(found, key=lambda one: (-one.missing_count, one.person.unit.path, one.person.name, one.person.pk))


def _reporting(people: QuerySet[User], templates: dict[str, ReportTemplate]) -> Iterator[tuple[User, ReportTemplate]]:
    """Each person once, with the template of the highest of his roles."""
    rows = people.on_duty().filter(groups__name__in=list(templates)).select_related("unit").exclude(unit=None)
    roles: dict[int, tuple[User, str]] = {}
    for person in rows.annotate(reporting_role=F("groups__name")).order_by("pk"):
        former = roles.get(person.pk)
        if former is None or _rank(person.reporting_role) > _rank(former[1]):
            roles[person.pk] = (person, person.reporting_role)
    return ((person, templates[role]) for person, role in roles.values())


def _rank(role: str) -> int:
    return ReportTemplate.REPORTING.index(role)


def supervised_by(user: User) -> QuerySet[User]:
    """Those whose reports and figures the user looks after, himself left out."""
    return User.objects.within(user, "supervise").exclude(pk=user.pk)


def reviewer_for(author: User) -> User | None:
    """The nearest manager above: in his own unit, else in the units above it; nobody is reviewed by his equal."""
    if author.unit is None:
        return None
    roles = [role for role in REVIEWERS if role not in author.role_names]
    managers = (
        User.objects.on_duty()
        .filter(unit__in=author.unit.line, groups__name__in=roles)
        .exclude(pk=author.pk)
        .order_by("-unit__path", "pk")
    )
    return managers.first()


def missing_at(kind: str, now: datetime) -> dict[tuple[str, datetime], list[int]]:
    """Who has not handed in what fell due in the last day, by period and due moment."""
    periods = recent_periods(kind, timezone.localdate(now), LOOKED_BACK[kind])
    found: dict[tuple[str, datetime], list[int]] = defaultdict(list)
    for reporter in reporters(User.objects.all(), kind, periods, now):
        for duty in reporter.duties:
            if duty is not None and duty.is_missing and now - duty.due_at < timedelta(days=1):
                found[str(duty.period), duty.due_at].append(reporter.person.pk)
    return found


def people_missing(found: Iterable[Reporter], number: int) -> list[int]:
    """Keys of those whose report of one period is missing."""
    return [one.person.pk for one in found if (duty := one.duties[number]) is not None and duty.is_missing]

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken, StepRefused
from core.notices import notify
from core.periods import Period
from core.workflow import log_status
from salesplan import activity, rules
from salesplan.models import ReportKind, ReportSection, ReportTemplate, WorkReport, WorkReportEntry
from salesplan.reporting import reviewer_for, supervised_by, template_for
from users.models import User

REMINDER = gettext_noop("Your %(kind)s of %(period)s has not been handed in yet.")


@transaction.atomic
def add_report_template(*, by: User | None, lines: Iterable[dict], **fields) -> ReportTemplate:
    template = ReportTemplate.objects.create(**fields)
    _write_sections(template, lines)
    return template


@transaction.atomic
def change_report_template(template_id: int, *, by: User, lines: Iterable[dict], **fields) -> ReportTemplate:
    """Reports that were begun keep the sections they have."""
    template = ReportTemplate.objects.select_for_update(of=("self",)).get(pk=template_id)
    for name, value in fields.items():
        setattr(template, name, value)
    template.save(update_fields=list(fields))
    template.sections.all().delete()
    _write_sections(template, lines)
    return template


@transaction.atomic
def add_standard_templates() -> None:
    """What a new system begins with: the same sections for every reporting role; those that exist stay as they are."""
    existing = set(ReportTemplate.objects.values_list("kind", "role"))
    for kind, (after_days, sections) in rules.STANDARD_TEMPLATES.items():
        lines = [
            {"part": part, "title": _(title), "prompt": _(prompt), "is_required": required}
            for part, title, prompt, required in sections
        ]
        for role in ReportTemplate.REPORTING:
            if (kind, role) not in existing:
                add_report_template(by=None, lines=lines, kind=kind, role=role, due_after_days=after_days)


@transaction.atomic
def begin_report(*, by: User, period: Period) -> WorkReport:
    """The draft for a period, or the report there is already: one per person, kind and period."""
    template = template_for(by, period.kind)
    if template is None or by.unit is None:
        raise RuleBroken(_("No report of this kind is asked of your role."))
    if period.start > timezone.localdate():
        raise RuleBroken(_("This period has not begun yet."))
    due_at = rules.report_due_at(period, after_days=template.due_after_days, at=template.due_at)
    report, is_new = WorkReport.objects.get_or_create(
        owner=by, kind=period.kind, starts_on=period.start, defaults={"unit": by.unit, "due_at": due_at}
    )
    if is_new:
        log_status(report, by=by, step="begin", before="", after=report.status)
        copied = ("position", "part", "title", "prompt", "is_required")
        sections = template.sections.values(*copied)
        WorkReportEntry.objects.bulk_create(WorkReportEntry(report=report, **section) for section in sections)
    return report


@transaction.atomic
def change_report(report_id: int, *, by: User, texts: Mapping[int, str]) -> WorkReport:
    """``texts`` by the position of the section."""
    report = WorkReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    if report.status not in WorkReport.CHANGEABLE:
        raise RuleBroken(
            _("“%(report)s” is %(status)s and can no longer be changed. Ask your manager to return it.")
            % {"report": report, "status": report.get_status_display()}
        )
    entries = list(report.entries.all())
    for entry in entries:
        entry.text = texts.get(entry.position, entry.text).strip()
    WorkReportEntry.objects.bulk_update(entries, ["text"])
    return report


def submit_report(report: WorkReport, *, by: User) -> None:
    """Freeze the figures as they are counted now, and tell the manager."""
    empty = [entry.title for entry in report.entries.all() if entry.is_required and not entry.text]
    if empty:
        raise StepRefused(_("Please fill in first: %(sections)s.") % {"sections": "、".join(empty)})
    counted = activity.counted_for(by, report.period)
    report.figures = {name: str(value) if isinstance(value, Decimal) else value for name, value in counted.items()}
    report.submitted_at = timezone.now()
    report.reviewer = reviewer_for(by)
    report.mark = report.review = report.answer = ""
    report.save(update_fields=["figures", "submitted_at", "reviewer", "mark", "review", "answer"])
    if report.reviewer:
        _tell(report, report.reviewer_id, gettext_noop("%(by)s handed in: %(report)s."), by)


def review_report(report: WorkReport, *, by: User, mark: str, comment: str) -> None:
    report.mark, report.review = mark, comment
    report.reviewer, report.reviewed_at = by, timezone.now()
    report.save(update_fields=["mark", "review", "reviewer", "reviewed_at"])
    _tell(report, report.owner_id, gettext_noop("%(by)s reviewed: %(report)s."), by)


def return_report(report: WorkReport, *, by: User, reason: str) -> None:
    """The author writes it again. The former mark no longer counts; a reviewed report has one, so both go at once."""
    report.status, report.mark = WorkReport.Status.RETURNED, ""
    report.review, report.reviewer = reason, by
    report.save(update_fields=["status", "mark", "review", "reviewer"])
    _tell(report, report.owner_id, gettext_noop("%(by)s returned: %(report)s."), by)


def answer_review(report: WorkReport, *, by: User, text: str) -> None:
    report.answer = text
    report.save(update_fields=["answer"])
    if report.reviewer_id:
        _tell(report, report.reviewer_id, gettext_noop("%(by)s answered your review: %(report)s."), by)


def remind_of_reports(user_ids: Iterable[int], *, by: User | None, period: Period) -> int:
    """A bell for those whose report is missing; a manager reminds only the people he looks after."""
    asked = list(user_ids)
    if by is not None:
        asked = list(supervised_by(by).filter(pk__in=asked).values_list("pk", flat=True))
    kind = str(ReportKind(period.kind).label)
    notify(asked, REMINDER, url=reverse("salesplan:workreport_list"), kind=kind, period=period.label())
    return len(asked)


def _write_sections(template: ReportTemplate, lines: Iterable[dict]) -> None:
    ReportSection.objects.bulk_create(
        ReportSection(template=template, position=position, **line) for position, line in enumerate(lines, start=1)
    )


def _tell(report: WorkReport, user_id: int, message: str, by: User) -> None:
    if user_id != by.pk:
        url = reverse("salesplan:workreport_detail", args=[report.pk])
        notify([user_id], message, url=url, by=str(by), report=str(report))

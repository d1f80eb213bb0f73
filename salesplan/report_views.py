"""Pages of work reports beyond the generic ones: begin one, its counted figures, and who has not handed in."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from core.errors import RuleBroken
from core.periods import parse_period
from core.views import DetailPage, EditPage, ListPage
from salesplan import actions, activity
from salesplan.models import ReportKind, ReportPart, WorkReport, WorkReportEntry
from salesplan.reporting import LOOKED_BACK, own_duties, people_missing, recent_periods, reporters, supervised_by


@permission_required("salesplan.change_workreport", raise_exception=True)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open the report of a period for writing; a second click finds the same one."""
    try:
        report = actions.begin_report(by=request.user, period=parse_period(request.POST.get("period", "")))
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
    except ValueError as unreadable:
        messages.error(request, str(unreadable))
    else:
        page = "edit" if report.status in WorkReport.CHANGEABLE else "detail"
        return redirect(reverse(f"salesplan:workreport_{page}", args=[report.pk]))
    return redirect("salesplan:workreport_list")


class ReportList(ListPage):
    """The list, with what the reader himself still has to hand in above it."""

    def get_context_data(self, **context) -> dict:
        user = self.request.user
        duties = own_duties(user, timezone.now()) if user.has_perm("salesplan.change_workreport") else []
        return super().get_context_data(duties=duties, **context)


class WithFigures:
    """What a page of one report shows beside its texts: the figures, and what had been planned for the period."""

    def get_context_data(self, **context) -> dict:
        report: WorkReport = self.object
        return super().get_context_data(
            figures=figures_of(report, self.request.user),
            planned=entries_of(report.period.previous(), report, ReportPart.PLAN),
            **context,
        )


@method_decorator(never_cache, name="dispatch")
class ReportPage(WithFigures, DetailPage):
    def get_queryset(self):
        return super().get_queryset().select_related("owner", "reviewer").prefetch_related("entries")


class EditReport(WithFigures, EditPage):
    def get_queryset(self):
        return super().get_queryset().select_related("owner")


def figures_of(report: WorkReport, reader) -> list[activity.Shown]:
    """As they were when it was handed in; before that as they stand now, in the author's rights."""
    values = report.figures if report.is_handed_in else activity.counted_for(report.owner, report.period)
    return activity.shown(values, report.owner_id, report.period, reader=reader)


def entries_of(period, report: WorkReport, part: str) -> list[WorkReportEntry]:
    """What the same author wrote in the report of another period."""
    return list(
        WorkReportEntry.objects.filter(
            report__owner=report.owner_id, report__kind=period.kind, report__starts_on=period.start, part=part
        )
        .exclude(report__status=WorkReport.Status.DRAFT)
        .exclude(text="")
    )


@method_decorator(never_cache, name="dispatch")
class MissingPage(PermissionRequiredMixin, TemplateView):
    """Who of the people one looks after has handed in which report, and who has not; a bell for the latter."""

    permission_required = "users.supervise_user"
    raise_exception = True
    template_name = "salesplan/workreport_missing.html"

    @cached_property
    def kind(self) -> str:
        asked = self.request.POST.get("kind") or self.request.GET.get("kind", "")
        return asked if asked in ReportKind.values else ReportKind.DAY

    @cached_property
    def periods(self) -> list:
        return recent_periods(self.kind, timezone.localdate(), LOOKED_BACK[ReportKind(self.kind)])

    @cached_property
    def found(self) -> list:
        return reporters(supervised_by(self.request.user), self.kind, self.periods, timezone.now())

    def get_context_data(self, **context) -> dict:
        missing = [len(people_missing(self.found, number)) for number in range(len(self.periods))]
        is_all = bool(self.request.GET.get("all"))
        shown = [one for one in self.found if is_all or one.missing_count]
        return super().get_context_data(
            is_all=is_all,
            kind=self.kind,
            kinds=ReportKind.choices,
            columns=list(zip(self.periods, missing, strict=True)),
            rows=[(one, list(zip(self.periods, one.duties, strict=True))) for one in shown],
            missing_count=sum(missing),
            has_reporters=bool(self.found),
            **context,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = request.POST.get("period", "")
        number = next((number for number, period in enumerate(self.periods) if str(period) == asked), None)
        if number is None:
            messages.error(request, _("This period is not on the page any more. Look again."))
        else:
            self.remind(people_missing(self.found, number), self.periods[number])
        return redirect(f"{request.path}?kind={self.kind}")

    def remind(self, people: Iterable[int], period) -> None:
        count = actions.remind_of_reports(people, by=self.request.user, period=period)
        sentence = ngettext("%(count)d person was reminded.", "%(count)d people were reminded.", count)
        messages.success(self.request, sentence % {"count": count})

"""Rebates: what a policy would have paid, the accrual of a month, the statement of a dealer."""

import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, FormView

from contracts import forms, rebate_papers, rebates
from contracts.rebate_statements import Statement, statement_of
from contracts.tasks import start_accrual
from core import export
from core.downloads import download
from core.errors import RuleBroken
from core.models import ExportLog
from core.periods import Period, month_of, period_of
from dealers.models import RebatePolicy
from dealers.statements import dealers_with_open_accounts

YEARS_OFFERED = 3
EARLIEST_YEAR = 2000


@method_decorator(never_cache, name="dispatch")
class PolicyPage(PermissionRequiredMixin, DetailView):
    """About one policy, for those who may draw up policies."""

    permission_required = "dealers.change_rebatepolicy"
    raise_exception = True
    template_name = "contracts/rebate_simulation.html"

    def get_queryset(self):
        return RebatePolicy.objects.visible_to(self.request.user).prefetch_related("tiers")

    @cached_property
    def years(self) -> list[int]:
        """Whole years, the last one first."""
        last = timezone.localdate().year - 1
        return [last - back for back in range(YEARS_OFFERED)]

    @cached_property
    def simulation(self) -> rebates.Simulation:
        wanted = self.request.GET.get("year", "")
        year = int(wanted) if wanted in map(str, self.years) else self.years[0]
        return rebates.simulate(self.object, year)


class SimulationPage(PolicyPage):
    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            found=self.simulation,
            years=self.years,
            months=[month.month for month in self.simulation.year.months()],
            can_export=self.request.user.has_perm("core.export_rows"),
            **context,
        )


class SimulationFile(PolicyPage):
    permission_required = ("dealers.change_rebatepolicy", "core.export_rows")

    def get(self, request, pk: int) -> FileResponse:
        self.object = self.get_object()
        found = self.simulation
        months = [f"{month:%Y-%m}" for month in found.year.months()]
        headings = [_("Code"), _("Dealer"), _("Total"), _("By the version in force"), _("Difference"), *months]
        rows = [
            [line.dealer.code, line.dealer.name, line.total, line.former, line.difference, *line.months]
            for line in found.lines
        ]
        title = _("Simulation of %(policy)s") % {"policy": self.object}
        return workbook(request, title, headings, rows, filters=f"{self.object} · {found.year.label()}")


class AccruePage(PermissionRequiredMixin, FormView):
    """Asks for the month and lets a worker accrue it."""

    permission_required = "contracts.accrue_rebateaccrual"
    raise_exception = True
    template_name = "contracts/rebate_accrue.html"
    form_class = forms.AccrualForm

    def get_initial(self) -> dict:
        return {"month": month_of(timezone.localdate()).previous().start}

    def form_valid(self, form):
        job = start_accrual(month_of(form.cleaned_data["month"]), by=self.request.user)
        return redirect(job.get_absolute_url())


@method_decorator(never_cache, name="dispatch")
class StatementPage(PermissionRequiredMixin, DetailView):
    """The rebate account of one dealer in a year."""

    permission_required = ("dealers.view_accountentry", "contracts.view_rebateaccrual")
    raise_exception = True
    template_name = "contracts/rebate_statement.html"

    def get_queryset(self):
        return dealers_with_open_accounts(self.request.user)

    @cached_property
    def statement(self) -> Statement:
        return statement_of(self.object, self.period)

    @cached_property
    def period(self) -> Period:
        wanted, this_year = self.request.GET.get("year", ""), timezone.localdate().year
        is_year = len(wanted) == 4 and wanted.isascii() and wanted.isdecimal()
        year = int(wanted) if is_year and int(wanted) >= EARLIEST_YEAR else this_year
        return period_of("year", date(min(year, this_year), 1, 1))

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            found=self.statement,
            former=self.period.previous().start.year,
            later=self.period.next().start.year if self.period.end <= timezone.localdate() else "",
            can_export=self.request.user.has_perm("core.export_rows"),
            **context,
        )


class StatementFile(StatementPage):
    permission_required = (*StatementPage.permission_required, "core.export_rows")

    def get(self, request, pk: int) -> FileResponse:
        self.object = self.get_object()
        title = _("Rebate statement %(dealer)s %(year)s") % {"dealer": self.object, "year": self.period.label()}
        rows = list(rebate_papers.workbook_rows(self.statement))
        filters = f"{self.object} · {self.period.label()}"
        return workbook(request, title, rebate_papers.workbook_headings(), rows, filters=filters)


class StatementPdf(StatementPage):
    permission_required = (*StatementPage.permission_required, "core.export_rows")

    def get(self, request, pk: int) -> FileResponse:
        self.object = self.get_object()
        try:
            content = rebate_papers.statement_pdf(self.statement)
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
            return redirect("contracts:rebate_statement", pk=pk)
        log_export(request, len(self.statement.entries))
        name = f"{self.object.code}-{self.period}.pdf"
        return download(BytesIO(content), name=name, media_type="application/pdf")


def workbook(request, title: str, headings: list[str], rows: list[list], *, filters: str) -> FileResponse:
    notes = export.notes_about(request.user, filters=filters)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rebates.xlsx"
        export.write_workbook(path, title=title, headings=headings, rows=rows, notes=notes)
        content = path.open("rb")
    log_export(request, len(rows))
    return download(content, name=f"{title}.xlsx", media_type=export.XLSX)


def log_export(request, count: int) -> None:
    name = request.resolver_match.view_name
    ExportLog.objects.create(by=request.user, list_name=name, query=request.get_full_path(), row_count=count)

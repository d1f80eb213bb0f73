"""Rebates: what a policy would have paid, the accrual of a month, the statement of a dealer."""

import tempfile
from pathlib import Path

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView

from contracts import rebates
from core import export
from core.downloads import download
from core.models import ExportLog
from dealers.models import RebatePolicy

YEARS_OFFERED = 3


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

    def get(self, request, pk: int) -> HttpResponse:
        self.object = self.get_object()
        found = self.simulation
        months = [f"{month:%Y-%m}" for month in found.year.months()]
        headings = [_("Code"), _("Dealer"), *months, _("Total"), _("By the version in force"), _("Difference")]
        rows = [
            [line.dealer.code, line.dealer.name, *line.months, line.total, line.former, line.difference]
            for line in found.lines
        ]
        notes = export.notes_about(request.user, filters=f"{self.object} · {found.year.label()}")
        title = _("Simulation of %(policy)s") % {"policy": self.object}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "simulation.xlsx"
            export.write_workbook(path, title=title, headings=headings, rows=rows, notes=notes)
            content = path.open("rb")
        list_name = "contracts:rebate_simulation_export"
        ExportLog.objects.create(
            by=request.user, list_name=list_name, query=request.get_full_path(), row_count=len(rows)
        )
        return download(content, name=f"{title}.xlsx", media_type=export.XLSX)

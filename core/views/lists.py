"""The list of an entity: filtered, sorted, paged, exported, with the columns the user chose."""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Sum
from django.http import FileResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from core import export, search
from core.formats import labelled
from core.jobs import start_job
from core.lists import in_order, preference_of, remember_columns
from core.lists_left import default_opened, remember_left
from core.models import ExportLog, ListPreference, SavedView
from core.paging import page_of, rows_on
from core.tables import Column
from core.tasks import write_export
from core.views.page import Page

DIRECT_ROWS = 2_000
CHOICES = 20


class FilteredRows(Page, TemplateResponseMixin, ContextMixin, View):
    """Rows of the list as filtered, sorted and chosen: the same for screen and export."""

    def prepare(self) -> None:
        """Read the filter; one that cannot be read gives no rows."""
        self.filterset = self.pages.filters(self.request.GET or None, self.get_queryset(), user=self.request.user)
        self.is_readable = not self.filterset.is_bound or self.filterset.is_valid()
        self.object_list = self.filterset.qs if self.is_readable else self.get_queryset().none()

    @cached_property
    def table(self):
        return self.pages.full_table

    @cached_property
    def columns(self):
        return self.table.columns_for(self.request.user, (self.view or self.preference).columns)

    @cached_property
    def sortable(self) -> set[str]:
        return self.table.sortable(self.columns, self.request.user)

    @cached_property
    def preference(self) -> ListPreference:
        return preference_of(self.request.user, self.pages.url_name("list"))

    @cached_property
    def views(self) -> list[SavedView]:
        """The saved views of this list that the user may open, in his order."""
        views = SavedView.objects.visible_to(self.request.user).filter(list_name=self.pages.url_name("list"))
        return in_order(views.select_related("owner"), self.preference.view_order)

    @cached_property
    def view(self) -> SavedView | None:
        wanted = self.request.GET.get("view", "")
        return next((view for view in self.views if str(view.pk) == wanted), None)

    def sorted_rows(self):
        return self.table.sorted(self.object_list, self.request.GET.get("sort", ""), self.sortable)

    def chips(self) -> list:
        return list(self.filterset.chips()) if self.filterset.is_bound else []


class ListPage(FilteredRows):
    template_page = "list"

    def get(self, request):
        if query := default_opened(request, self.pages.url_name("list")):
            return redirect(f"{self.pages.url('list')}?{query}")
        self.prepare()
        if self.is_readable:
            remember_left(request, self.pages.url_name("list"))
        if request.htmx and request.htmx.target == "totals":
            context = {"totals": self.totals(), "headings": self.headings(), "bulk": self.pages.open_bulk(request.user)}
            return TemplateResponse(request, "core/_totals.html", context | self.quick_link())
        return self.render_to_response(self.get_context_data())

    def get_template_names(self) -> list[str]:
        if self.request.htmx and self.request.htmx.target == "results":
            return ["core/_results.html"]
        return super().get_template_names()

    def get_context_data(self, **context) -> dict:
        page = page_of(self.sorted_rows(), self.request.GET.get("page", ""))
        if page.is_capped and self.filterset.is_bound:
            self.object_list = self.filterset.found_along_the_order()
        user, sort = self.request.user, self.request.GET.get("sort", "")
        url_pattern = self.pages.record_url_pattern()
        rows = self.table.rows(rows_on(page, self.sorted_rows()), self.columns, user=user, url_pattern=url_pattern)
        return super().get_context_data(
            page=page,
            sort=sort,
            filter=self.filterset,
            chips=self.chips(),
            rows=list(rows),
            headings=self.headings(),
            sortable=self.sortable,
            offered=self.offered_columns(),
            totals=[] if page.is_long else self.totals(),
            has_totals_later=page.is_long and bool(self.summed_columns()),
            bulk=self.pages.open_bulk(user),
            **self.quick_link(),
            views=self.views,
            view=self.view,
            default_view=self.preference.default_view_id,
            audiences=SavedView.Audience.choices,
            **context,
        )

    def quick_link(self) -> dict:
        """What is done with a row leads back to the list as it is."""
        quick = self.pages.quick
        if quick is None or not self.request.user.has_perm(quick.permission):
            return {}
        return {"quick": quick, "quick_url": f"{quick.pattern()}?{urlencode({'next': self.request.get_full_path()})}"}

    def offered_columns(self) -> list[tuple]:
        """The columns shown, in their order, then the others the user may see."""
        allowed = self.table.columns_for(self.request.user, [column.name for column in self.table.columns])
        others = [column for column in allowed if column not in self.columns]
        return [(column, self.table.heading(column), column in self.columns) for column in (*self.columns, *others)]

    def headings(self) -> list[tuple]:
        return [(column, self.table.heading(column)) for column in self.columns]

    def summed_columns(self) -> list[Column]:
        return [column for column in self.columns if column.total]

    def totals(self) -> list[tuple]:
        """Sums over the whole filtered list, never over the page; a very long list fetches them after the page."""
        summed = self.summed_columns()
        if not summed:
            return []
        sums = (
            self.table.annotated(self.object_list, summed)
            .order_by()
            .aggregate(**{f"sum_{column.name}": Sum(column.path) for column in summed})
        )
        return [(column, self.table.heading(column), sums[f"sum_{column.name}"]) for column in summed]


class ExportPage(FilteredRows):
    """The filtered list as a workbook: at once when short, by a background job when long."""

    def get_permission_required(self) -> list[str]:
        return [*super().get_permission_required(), "core.export_rows"]

    def get(self, request):
        self.prepare()
        if not self.is_readable:
            messages.error(request, _("The filter cannot be read, so nothing was exported. Correct it and try again."))
            return HttpResponseRedirect(f"{self.pages.url('list')}?{self.request.GET.urlencode()}")
        if self.object_list.order_by()[: DIRECT_ROWS + 1].count() > DIRECT_ROWS:
            parameters = {"path": self.request.get_full_path()}
            job = start_job(write_export, kind="export", by=self.request.user, parameters=parameters)
            messages.info(self.request, _("The export runs in the background; you find the file here when it is done."))
            return redirect(job.get_absolute_url())
        return self.file_response()

    def file_response(self) -> FileResponse:
        with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
            path = Path(file.name)
        self.write(path)
        response = FileResponse(
            path.open("rb"), as_attachment=True, filename=self.file_name(), content_type=export.XLSX
        )
        path.unlink()
        return response

    def file_name(self) -> str:
        return f"{self.pages.meta.verbose_name_plural}-{timezone.localdate():%Y%m%d}.xlsx"

    def write(self, path: Path, progress=None) -> int:
        """Write the rows and enter the export in the log."""
        user, query = self.request.user, self.request.GET.urlencode()
        filters = "；".join(labelled(chip.label, chip.value) for chip in self.chips())
        count = export.write_workbook(
            path,
            title=str(self.pages.meta.verbose_name_plural),
            headings=[self.table.heading(c) for c in self.columns],
            rows=self.table.exported(self.sorted_rows(), self.columns, user=user),
            notes=export.notes_about(user, filters=filters),
            progress=progress,
        )
        ExportLog.objects.create(
            by=user,
            list_name=self.pages.url_name("list"),
            query=query,
            row_count=count,
            columns=[column.name for column in self.columns],
        )
        return count


class ColumnsPage(Page, View):
    """Remember which columns the user wants in this list, in his order."""

    def post(self, request):
        offered = {column.name for column in self.pages.full_table.columns}
        remember_columns(request.user, self.pages.url_name("list"), request.POST.getlist("columns"), offered=offered)
        return HttpResponseRedirect(f"{self.pages.url('list')}?{request.POST.get('query', '')}")


class ChoicesPage(Page, View):
    """Records for a remote choice field: at most 20 that match, in the reader's rights and by the list's filters."""

    def get(self, request):
        filters = request.GET.copy()
        query = "".join(filters.pop("q", [])[-1:])
        filtered = self.pages.filters(filters, self.get_queryset(), user=request.user)
        rows = filtered.qs if filtered.is_valid() else self.get_queryset().none()
        if issubclass(self.pages.model, search.Searchable):
            rows = search.matching(rows, query, phone_parts=search.reads_phones(self.pages.model, request.user))
        return JsonResponse(
            {"results": [{"value": row.pk, "text": str(row)} for row in rows.order_by("-pk")[:CHOICES]]}
        )

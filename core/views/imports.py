"""The way of a file into the system: choose, upload, map, check, confirm, report."""

import tempfile
from pathlib import Path

from celery import Task
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import View

from core.downloads import download
from core.errors import RuleBroken
from core.export import XLSX, write_workbook
from core.importing import batches
from core.importing.description import Importer
from core.importing.reading import EXTENSIONS
from core.models.imports import ImportBatch

SHOWN_ERRORS = 100


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{extension}" for extension in EXTENSIONS)}),
        help_text=gettext_lazy("Excel (.xlsx, .xls) or text (.csv); the headings stand in one of the first rows."),
    )


class MappingForm(forms.Form):
    """For each column of the importer the heading in the file, where it was not recognised."""

    def __init__(self, *args, importer: Importer, headings: tuple[str, ...], **options):
        super().__init__(*args, **options)
        known = [("", "---------"), *((heading, heading) for heading in dict.fromkeys(headings) if heading)]
        for column in importer.all_columns:
            self.fields[column.name] = forms.ChoiceField(label=column.label, choices=known, required=False)

    @property
    def mapping(self) -> dict[str, str]:
        return {name: heading for name, heading in self.cleaned_data.items() if heading}


@method_decorator(never_cache, name="dispatch")
class ImportView(View):
    """What the views share: the importers handed in, and who may use which."""

    importers: tuple[Importer, ...] = ()
    task: Task | None = None

    def allowed(self, name: str) -> Importer:
        importer = next((importer for importer in self.importers if importer.name == name), None)
        if importer is None:
            raise Http404
        if not self.request.user.has_perm(importer.permission):
            raise PermissionDenied
        return importer

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.usable():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def usable(self) -> list[Importer]:
        return [importer for importer in self.importers if self.request.user.has_perm(importer.permission)]

    def own_batch(self, pk: int) -> tuple[ImportBatch, Importer]:
        batch = get_object_or_404(ImportBatch.objects.visible_to(self.request.user).select_related("job"), pk=pk)
        return batch, self.allowed(batch.importer)


class IndexPage(ImportView):
    def get(self, request: HttpRequest) -> HttpResponse:
        importers = self.usable()
        recent = ImportBatch.objects.visible_to(request.user)[:SHOWN_ERRORS]
        labels = {importer.name: importer.label for importer in self.importers}
        rows = [(batch, labels.get(batch.importer, batch.importer)) for batch in recent]
        return render(request, "core/import_list.html", {"importers": importers, "batches": rows})


class UploadPage(ImportView):
    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        return self._page(self.allowed(name), UploadForm())

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        importer = self.allowed(name)
        form = UploadForm(request.POST, request.FILES)
        options = importer.options(request.POST) if importer.options else None
        if not form.is_valid() or (options and not options.is_valid()):
            return self._page(importer, form, options)
        values = {key: request.POST.get(key, "") for key in options.fields} if options else {}
        try:
            batch = batches.upload_batch(importer, form.cleaned_data["file"], by=request.user, options=values)
        except RuleBroken as refusal:
            form.add_error("file", refusal)
            return self._page(importer, form, options)
        return redirect(batch)

    def _page(self, importer: Importer, form: UploadForm, options: forms.Form | None = None) -> HttpResponse:
        if options is None and importer.options:
            options = importer.options()
        context = {"importer": importer, "form": form, "options": options}
        has_errors = form.errors or (options and options.errors)
        return render(self.request, "core/import_upload.html", context, status=422 if has_errors else 200)


class TemplateFile(ImportView):
    """An empty workbook with the headings of the importer."""

    def get(self, request: HttpRequest, name: str) -> FileResponse:
        importer = self.allowed(name)
        notes = [(str(column.label), ", ".join((column.name, *column.synonyms))) for column in importer.all_columns]
        headings = [str(column.label) for column in importer.all_columns]
        return workbook_download(f"{importer.label}.xlsx", str(importer.label), headings, [], notes)


class BatchPage(ImportView):
    """Before the import: the first rows, the mapping and the check. After it: the report."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch, importer = self.own_batch(pk)
        return self._page(batch, importer)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch, importer = self.own_batch(pk)
        reader, _rows = batches.first_rows(importer, batch)
        form = MappingForm(request.POST, importer=importer, headings=reader.layout.headings)
        if not form.is_valid():
            return self._page(batch, importer, form)
        try:
            batches.check_batch(importer, pk, by=request.user, mapping=form.mapping)
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
        return redirect(batch)

    def _page(self, batch: ImportBatch, importer: Importer, form: MappingForm | None = None) -> HttpResponse:
        context = {"batch": batch, "importer": importer, "job": batch.job, "can_change": True, "report": batch.report}
        context["errors"] = batch.report.get("errors", [])[:SHOWN_ERRORS]
        context["summary"] = batches.summary(batch.report) if batch.report else ""
        if batch.is_open:
            reader, rows = batches.first_rows(importer, batch)
            layout = reader.layout
            initial = {name: layout.headings[position] for name, position in layout.positions.items()}
            context |= {
                "layout": layout,
                "rows": rows,
                "form": form or MappingForm(initial=initial, importer=importer, headings=layout.headings),
                "earlier": batches.earlier_batch(batch),
                "checked_rows": batches.CHECKED_ROWS,
            }
        return render(self.request, "core/import_batch.html", context)


class StartImport(ImportView):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch, _importer = self.own_batch(pk)
        try:
            batches.start_batch(pk, by=request.user, task=self.task)
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
        return redirect(batch)


class ErrorsFile(ImportView):
    """The errors of the report as a workbook."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        batch, _importer = self.own_batch(pk)
        headings = [_("Row"), _("Column"), _("Value"), _("Message")]
        errors = batch.report.get("errors", [])
        rows = [[error["row"], error["column"], error["value"], error["message"]] for error in errors]
        name = f"{Path(batch.original_name).stem}-{_('errors')}.xlsx"
        return workbook_download(name, _("Errors"), headings, rows, [(_("File"), batch.original_name)])


def workbook_download(name: str, title: str, headings: list[str], rows: list[list], notes: list) -> FileResponse:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "workbook.xlsx"
        write_workbook(file, title=title, headings=headings, rows=rows, notes=notes)
        return download(file.open("rb"), name=name, media_type=XLSX)


def import_urls(importers: tuple[Importer, ...], task: Task) -> tuple[list[URLPattern], str]:
    """What ``include()`` takes; ``task`` gets a job's id and calls ``run_batch`` with the same importers."""
    given = {"importers": importers, "task": task}
    return [
        path("", IndexPage.as_view(**given), name="index"),
        path("<int:pk>/", BatchPage.as_view(**given), name="batch"),
        path("<int:pk>/start/", StartImport.as_view(**given), name="start"),
        path("<int:pk>/errors/", ErrorsFile.as_view(**given), name="errors"),
        path("<slug:name>/", UploadPage.as_view(**given), name="upload"),
        path("<slug:name>/template/", TemplateFile.as_view(**given), name="template"),
    ], "imports"

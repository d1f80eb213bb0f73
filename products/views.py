"""The pages that are more than list, record or form: sheets, comparison, next model year, main picture."""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from core import export
from core.addresses import key_in
from core.downloads import download
from core.models import ExportLog
from core.views import DetailPage
from core.views.deeds import DeedPage
from products import actions, forms, pages, queries, sheets
from products.models import CompetitorModel, Configuration, FeatureValue


class ConfigurationPage(DetailPage):
    """With its sheet, the model years before and after it, and what is earned with it."""

    pages = pages.CONFIGURATIONS

    def get_queryset(self):
        return super().get_queryset().select_related("vehicle_model__series")

    def get_context_data(self, **context) -> dict:
        today, may_see_cost = timezone.localdate(), self.request.user.has_perm("products.see_cost_price")
        return super().get_context_data(
            sheet=sheets.feature_groups([sheets.Subject(self.object)]),
            line=queries.line_of(self.object),
            sale=queries.sale_state_of(self.object),
            margins=queries.margins_of(self.object, today) if may_see_cost else [],
            **context,
        )


class CompetitorModelPage(DetailPage):
    pages = pages.COMPETITOR_MODELS

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(sheet=sheets.feature_groups([sheets.Subject(self.object)]), **context)


class GalleryPage(DetailPage):
    """With its pictures; where none was chosen, the first one attached is the main one."""

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        pictures = sorted((one for one in context["attachments"] if one.is_picture), key=lambda one: one.pk)
        chosen = next((one for one in pictures if one.pk == self.object.main_picture_id), None)
        return context | {"pictures": pictures, "main_picture": chosen or next(iter(pictures), None)}


class SeriesPage(GalleryPage):
    pages = pages.SERIES


class VehicleModelPage(GalleryPage):
    """With the models before and after it, and whether it is sold today."""

    pages = pages.VEHICLE_MODELS

    def get_queryset(self):
        return super().get_queryset().select_related("series")

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            line=queries.line_of(self.object), sale=queries.sale_state_of(self.object), **context
        )


class SheetPage(DeedPage):
    """All features of one car in one form, group by group."""

    form_class = forms.SheetForm
    template_name = "products/sheet_form.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    @property
    def heading(self) -> str:
        return _("Fill in the sheet")

    def get_form_kwargs(self) -> dict:
        values = {value.feature_id: value for value in FeatureValue.objects.of(self.object)}
        return super().get_form_kwargs() | {"values": values}

    def form_valid(self, form):
        self.entries = form.entries
        return super().form_valid(form)

    def act(self, fields: dict) -> str:
        actions.fill_sheet(self.object, self.entries, by=self.request.user)
        return _("The sheet of “%(record)s” was saved.") % {"record": self.object}


class ConfigurationSheetPage(SheetPage):
    pages = pages.CONFIGURATIONS
    permission = "products.change_configuration"


class CompetitorSheetPage(SheetPage):
    pages = pages.COMPETITOR_MODELS
    permission = "products.change_competitormodel"


class ModelYearPage(DeedPage):
    pages = pages.CONFIGURATIONS
    permission = "products.change_configuration"
    form_class = forms.ModelYearForm

    @property
    def heading(self) -> str:
        return _("Next model year")

    def get_initial(self) -> dict:
        year = self.object.model_year + 1
        return {"model_year": year, "code_ending": f"-{year % 100:02d}"}

    def act(self, fields: dict) -> str:
        self.object = actions.start_model_year(self.object.pk, by=self.request.user, **fields)
        return _("The model year %(year)d of “%(record)s” takes over on %(day)s.") % {
            "year": self.object.model_year,
            "record": self.object,
            "day": self.object.launched_on,
        }


class MainPicturePage(DeedPage):
    """Posted by the gallery of a series or a model."""

    http_method_names = ["post"]
    form_class = forms.MainPictureForm

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"record": self.object}

    def form_invalid(self, form):
        messages.error(self.request, _("This picture is no longer there. Choose another."))
        return redirect(self.next_url())

    def act(self, fields: dict) -> str:
        actions.choose_main_picture(self.object, by=self.request.user, picture=fields["picture"])
        return _("“%(picture)s” is the main picture now.") % {"picture": fields["picture"]}


class SeriesPicturePage(MainPicturePage):
    pages = pages.SERIES
    permission = "products.change_series"


class VehicleModelPicturePage(MainPicturePage):
    pages = pages.VEHICLE_MODELS
    permission = "products.change_vehiclemodel"


@method_decorator(never_cache, name="dispatch")
class Compared(PermissionRequiredMixin):
    """The cars named in the address: ``pk`` ours, ``rival`` competitors'; none named, the file holds all."""

    permission_required = "products.view_configuration"
    raise_exception = True

    @cached_property
    def subjects(self) -> list[sheets.Subject]:
        user = self.request.user
        configurations = Configuration.objects.visible_to(user).select_related("vehicle_model")
        ours = self.in_order(configurations, "pk")
        theirs = self.in_order(CompetitorModel.objects.visible_to(user), "rival")
        return sheets.subjects_of(ours, theirs, timezone.localdate())

    @property
    def only_differences(self) -> bool:
        return self.request.GET.get("differences") == "1"

    def in_order(self, rows, name: str) -> list:
        keys = [key_in(text) for text in self.request.GET.getlist(name)[:50] if text]
        found = rows.in_bulk([key for key in keys if key])
        return [found[key] for key in dict.fromkeys(keys) if key in found]


class ComparisonPage(Compared, TemplateView):
    template_name = "products/comparison.html"

    def get(self, request, *args, **kwargs):
        if len(self.subjects) > sheets.MOST_SUBJECTS:
            messages.warning(request, _("At most %(most)d cars stand side by side.") % {"most": sheets.MOST_SUBJECTS})
            self.subjects = self.subjects[: sheets.MOST_SUBJECTS]
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context) -> dict:
        user, chosen = self.request.user, {subject.key for subject in self.subjects}
        configurations = Configuration.objects.visible_to(user).select_related("vehicle_model")
        others = [sheets.Subject(one) for one in configurations]
        return super().get_context_data(
            subjects=[(subject, self.address_without(subject)) for subject in self.subjects],
            groups=sheets.comparison(self.subjects, only_differences=self.only_differences) if self.subjects else [],
            only_differences=self.only_differences,
            toggle=self.address(self.subjects, differences=not self.only_differences),
            has_room=len(self.subjects) < sheets.MOST_SUBJECTS,
            configurations=[one for one in others if one.key not in chosen],
            rivals=[
                one for one in CompetitorModel.objects.visible_to(user) if ("competitor_model", one.pk) not in chosen
            ],
            can_export=user.has_perm("core.export_rows"),
            **context,
        )

    def address(self, subjects, *, differences: bool) -> str:
        parts = [(subject.parameter, subject.record.pk) for subject in subjects]
        return f"?{urlencode(parts + ([('differences', '1')] if differences else []))}"

    def address_without(self, subject: sheets.Subject) -> str:
        others = [one for one in self.subjects if one.key != subject.key]
        return self.address(others, differences=self.only_differences)


class ComparisonFile(Compared, View):
    """In the shape in which sheets are imported: a row per feature, a column per car."""

    permission_required = ("products.view_configuration", "core.export_rows")

    def get(self, request: HttpRequest) -> FileResponse:
        subjects = self.subjects or self.all_subjects()
        headings = [_("Group"), _("Feature"), _("Unit of measure"), *(subject.title for subject in subjects)]
        if self.subjects:
            groups = sheets.comparison(subjects, only_differences=self.only_differences)
        else:
            groups = sheets.feature_groups(subjects, with_unknown=True)
        rows = [[group.label, row.label, row.unit, *row.cells] for group in groups for row in group.rows]
        return workbook(request, _("Comparison"), headings, rows)

    def all_subjects(self) -> list[sheets.Subject]:
        user = self.request.user
        return sheets.all_subjects(Configuration.objects.visible_to(user), CompetitorModel.objects.visible_to(user))


class RivalsComparison(PermissionRequiredMixin, View):
    """The list of competitors hands its keys over as ``pk``; here they become rivals."""

    permission_required = "products.view_competitormodel"
    raise_exception = True

    def get(self, request: HttpRequest) -> HttpResponse:
        keys = [("rival", key) for key in request.GET.getlist("pk")]
        return redirect(f"{reverse('products:comparison')}?{urlencode(keys)}")


def workbook(request: HttpRequest, title: str, headings: list[str], rows: list[list]) -> FileResponse:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.xlsx"
        notes = export.notes_about(request.user, filters="")
        count = export.write_workbook(file, title=title, headings=headings, rows=rows, notes=notes)
        ExportLog.objects.create(
            by=request.user,
            list_name="products:comparison",
            query=request.GET.urlencode(),
            row_count=count,
            columns=headings,
        )
        name = f"{title}-{timezone.localdate():%Y%m%d}.xlsx"
        return download(file.open("rb"), name=name, media_type=export.XLSX)

"""The generic pages of every entity, made from its description in ``core.pages.Pages``."""

from django.urls import URLPattern, path

from core.formats import IN_FULL
from core.models import Binned
from core.pages import Pages
from core.views.bin import BinPage
from core.views.bulk import BulkPage
from core.views.lists import ChoicesPage, ColumnsPage, ExportPage, ListPage
from core.views.records import AddPage, DetailPage, EditPage
from core.views.reveals import RevealPage
from core.views.saved_views import SavedViewsPage
from core.views.steps import StepPage
from core.views.timeline import TimelinePage

__all__ = [
    "AddPage",
    "BinPage",
    "BulkPage",
    "ChoicesPage",
    "ColumnsPage",
    "DetailPage",
    "EditPage",
    "ExportPage",
    "ListPage",
    "RevealPage",
    "SavedViewsPage",
    "StepPage",
    "TimelinePage",
    "urls_of",
]


def urls_of(pages: Pages, prefix: str) -> list[URLPattern]:
    """URL patterns of one entity below ``prefix`` ("leads/"); names are <model>_<page>."""
    routes = [
        ("list", "", ListPage),
        ("export", "export/", ExportPage),
        ("columns", "columns/", ColumnsPage),
        ("choices", "choices/", ChoicesPage),
        ("views", "views/", SavedViewsPage),
    ]
    if pages.all_bulk:
        routes.append(("bulk", "bulk/<slug:action>/", BulkPage))
    if pages.has("add"):
        routes.append(("add", "add/", AddPage))
    if pages.has("detail"):
        routes.append(("detail", "<int:pk>/", DetailPage))
        routes.append(("timeline", "<int:pk>/timeline/", TimelinePage))
    if pages.has("edit"):
        routes.append(("edit", "<int:pk>/edit/", EditPage))
    if pages.has("detail") and issubclass(pages.model, Binned):
        routes.append(("bin", "<int:pk>/bin/", BinPage))
    if pages.has("detail") and any(column.kind in IN_FULL for column in pages.facts or pages.table.columns):
        routes.append(("reveal", "<int:pk>/reveal/", RevealPage))
    if pages.steps:
        routes.append(("step", "<int:pk>/steps/<slug:step>/", StepPage))
    return [
        path(f"{prefix}{route}", view.as_view(pages=pages), name=f"{pages.name}_{page}") for page, route, view in routes
    ]

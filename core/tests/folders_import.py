"""An importer of the folders of ``records.py``, and the addresses of its pages."""

from celery import shared_task
from django import forms
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from core.importing import (
    ImportColumn,
    Importer,
    Outcome,
    RowError,
    parse_decimal,
    parse_month,
    parse_text,
    parse_whole_number,
)
from core.importing.batches import run_batch
from core.jobs import JobRun
from core.tests.records import Folder
from core.views.imports import import_urls


class FolderOptions(forms.Form):
    kind = forms.ChoiceField(choices=[("company", "Company"), ("market", "Market")], initial="company")


def save_folders(rows, *, by, source) -> Outcome:
    """Upserts by name; the name 禁止 is refused."""
    outcome = Outcome()
    for row in rows:
        name = row.values["name"]
        if name == "禁止":
            outcome.errors.append(RowError(row.number, "name", name, "This folder is closed."))
            continue
        extra = {key: str(value) for key, value in row.values.items() if value is not None and key != "name"}
        extra["kind"] = source.options["kind"]
        folder = Folder.objects.filter(name=name).first()
        if folder is None:
            Folder.objects.create(name=name, owner=by, extra=extra)
            outcome.created += 1
        elif folder.extra == extra:
            outcome.skipped += 1
        else:
            Folder.objects.filter(pk=folder.pk).update(extra=extra)
            outcome.updated += 1
    return outcome


FOLDERS = Importer(
    name="folders",
    label=_("Folders"),
    permission="core.change_folder",
    columns=(
        ImportColumn("name", _("Name"), parse_text, is_required=True, synonyms=("名称", "文件夹")),
        ImportColumn("month", _("Month"), parse_month, synonyms=("月份", "年月")),
        ImportColumn("quantity", _("Quantity"), parse_whole_number, synonyms=("销量", "数量", "sales")),
        ImportColumn("amount", _("Amount"), parse_decimal, synonyms=("金额",)),
    ),
    save=save_folders,
    options=FolderOptions,
)


@shared_task
def import_folders(job_id: int) -> None:
    with JobRun(job_id) as run:
        run_batch(run, (FOLDERS,))


urlpatterns = [
    path("imports/", include(import_urls((FOLDERS,), import_folders))),
    path("", include("hafei_crm.urls")),
]

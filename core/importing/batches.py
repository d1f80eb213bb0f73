"""A file imported through the browser: kept, checked, confirmed, then imported by a job."""

import uuid
from collections.abc import Iterable
from itertools import islice
from pathlib import PurePath
from typing import Any

from celery import Task
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.attachments import clean_name, sha256_of
from core.errors import RuleBroken
from core.importing.description import Importer
from core.importing.mapping import Mapping
from core.importing.parsing import written
from core.importing.reading import EXTENSIONS, MOST_BYTES
from core.importing.running import Reader, clean_options, import_file, open_reader
from core.jobs import JobRun, start_job
from core.models.imports import ImportBatch
from core.models.jobs import Job
from core.uploads import check_upload

SHOWN_ROWS = 20
CHECKED_ROWS = 20_000
Status = ImportBatch.Status


def upload_batch(importer: Importer, upload: File, *, by, options: dict[str, Any]) -> ImportBatch:
    """Keep the file under a random name and check it with the columns as they are recognised."""
    check_upload(upload, extensions=EXTENSIONS, most_bytes=MOST_BYTES)
    clean_options(importer, options)
    batch = ImportBatch(
        importer=importer.name,
        original_name=clean_name(upload.name),
        sha256=sha256_of(upload),
        options=options,
        by=by,
    )
    batch.file.save(f"{uuid.uuid4().hex}{PurePath(upload.name).suffix.lower()}", upload, save=False)
    try:
        with transaction.atomic():
            batch.save()
            return check_batch(importer, batch.pk, by=by, mapping={})
    except RuleBroken:
        batch.file.delete(save=False)
        raise


def check_batch(importer: Importer, batch_id: int, *, by, mapping: Mapping) -> ImportBatch:
    """Import the first rows, note what came of it, and take it back."""
    with transaction.atomic():
        batch = _open_batch(batch_id, by=by)
        with batch.file.open("rb") as file:
            report = import_file(
                importer,
                file,
                by=by,
                name=batch.original_name,
                mapping=mapping,
                options=batch.options,
                dry_run=True,
                most_rows=CHECKED_ROWS,
            )
        batch.mapping, batch.report, batch.status = mapping, report.as_dict(), Status.PREVIEWED
        batch.save(update_fields=["mapping", "report", "status"])
    return batch


@transaction.atomic
def start_batch(batch_id: int, *, by, task: Task) -> Job:
    batch = _open_batch(batch_id, by=by)
    if batch.status != Status.PREVIEWED or batch.report.get("errors"):
        raise RuleBroken(_("“%(file)s” has errors. Correct the file and upload it again.") % {"file": batch})
    batch.job = start_job(
        task, kind="import", by=by, title=gettext_noop("Import of a file"), parameters={"batch": batch.pk}
    )
    batch.status = Status.RUNNING
    batch.save(update_fields=["job", "status"])
    return batch.job


def run_batch(run: JobRun, importers: Iterable[Importer]) -> None:
    """The work of the job. The rows are committed with the word that they are saved: a second run adds nothing."""
    batch_id = run.parameters["batch"]
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        if batch.status != Status.RUNNING:
            return
        importer = importer_named(importers, batch.importer)
        with batch.file.open("rb") as file:
            report = import_file(
                importer,
                file,
                by=run.owner,
                name=batch.original_name,
                mapping=batch.mapping,
                options=batch.options,
                progress=run.progress,
            )
        batch.status = Status.FAILED if report.errors else Status.DONE
        batch.report, batch.finished_at = report.as_dict(), timezone.now()
        batch.save(update_fields=["status", "report", "finished_at"])
    run.message = summary(batch.report)
    if report.errors:
        raise RuleBroken(run.message)


def importer_named(importers: Iterable[Importer], name: str) -> Importer:
    found = next((importer for importer in importers if importer.name == name), None)
    if found is None:
        raise RuleBroken(_("There is no import “%(name)s”.") % {"name": name})
    return found


def first_rows(importer: Importer, batch: ImportBatch) -> tuple[Reader, list[tuple[int, list[str]]]]:
    """The layout of the file and its first rows, as they are written."""
    with batch.file.open("rb") as file:
        reader = open_reader(importer, file, batch.mapping)
        below = (row for row in reader.rows if row[0] > reader.layout.row)
        rows = [(number, [written(cell) for cell in cells]) for number, cells in islice(below, SHOWN_ROWS)]
    return reader, rows


def earlier_batch(batch: ImportBatch) -> ImportBatch | None:
    """The same file, imported before."""
    same = ImportBatch.objects.filter(importer=batch.importer, sha256=batch.sha256, status=Status.DONE)
    return same.exclude(pk=batch.pk).select_related("by").first()


def summary(report: dict[str, Any]) -> str:
    if report["errors"]:
        text = _("%(rows)d rows read, %(count)d errors; nothing was saved.")
        return text % {"rows": report["rows"], "count": len(report["errors"])}
    return _("%(rows)d rows read: %(created)d created, %(updated)d updated, %(skipped)d skipped.") % report


def _open_batch(batch_id: int, *, by) -> ImportBatch:
    batch = ImportBatch.objects.changeable_by(by).select_for_update(of=("self",)).get(pk=batch_id)
    if not batch.is_open:
        raise RuleBroken(_("“%(file)s” is being imported or has been imported already.") % {"file": batch})
    return batch

"""Background work: a row per job that a worker claims, reports to, and that survives the worker's death.

A task takes the job's id and does its work inside ``JobRun``; it may be delivered twice or die half way:

    @shared_task
    def write_report(job_id: int) -> None:
        with JobRun(job_id) as run:
            for done, row in enumerate(rows, start=1):
                ...
                run.progress(done, len(rows))

    job = start_job(write_report, kind="report", by=user, parameters={"month": "2026-11"})
"""

import logging
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from celery import Task, current_app
from celery.exceptions import Ignore
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken
from core.models.jobs import RESULT_KEPT, Job, JobQuerySet
from core.notices import notify

logger = logging.getLogger(__name__)

BEAT_SECONDS = 1
DEAD_AFTER = timedelta(seconds=60)
RESEND_AFTER = timedelta(minutes=10)
MAX_ATTEMPTS = 3
Status = Job.Status
NOTICES = {Status.DONE: gettext_noop("%(job)s is done."), Status.FAILED: gettext_noop("%(job)s has failed.")}


class JobCancelled(Exception):
    """The job was cancelled, or another worker has taken it over: stop and roll back."""


def start_job(
    task: Task,
    *,
    kind: str,
    by,
    parameters: dict | None = None,
    title: str = "",
    key: str = "",
    business_date: date | None = None,
) -> Job:
    """Write the job's row and send its id to the worker when the transaction commits.

    ``title`` is an English msgid. With a ``key`` the work is done once: a second start returns the first job,
    and sends it again only if it had failed or was cancelled. ``by`` is None for work nobody asked for.
    """
    values = {
        "task": task.name,
        "title": title,
        "owner": by,
        "parameters": parameters or {},
        "business_date": business_date,
    }
    with transaction.atomic():
        if not key:
            job, is_new = Job.objects.create(kind=kind, **values), True
        else:
            job, is_new = Job.objects.get_or_create(kind=kind, key=key, defaults=values)
        if is_new or _restart(job):
            # A broker that is down must not lose the caller's work: sweep_jobs sends the job later.
            transaction.on_commit(lambda: task.delay(job.pk), robust=True)
    return job


def claim_job(job_id: int) -> Job | None:
    """Take the job if it waits, or if the worker that had it is dead; None when it is not to be done (again)."""
    now = timezone.now()
    is_free = Q(status=Status.QUEUED) | Q(status=Status.RUNNING, heartbeat_at__lt=now - DEAD_AFTER)
    claimed = Job.objects.filter(is_free, pk=job_id).update(
        status=Status.RUNNING, started_at=now, heartbeat_at=now, attempts=F("attempts") + 1, progress_done=0, message=""
    )
    return Job.objects.select_related("owner").get(pk=job_id) if claimed else None


def cancel_job(job_id: int, *, by) -> Job:
    """A waiting job never starts; a running one stops at its next report of progress."""
    job = Job.objects.changeable_by(by).get(pk=job_id)
    now = timezone.now()
    if not Job.objects.live().filter(pk=job_id).update(status=Status.CANCELLED, finished_at=now):
        raise RuleBroken(_("The job has already ended; it cannot be cancelled."))
    job.refresh_from_db()
    return job


def sweep_jobs(now: datetime, *, dead_after: timedelta = DEAD_AFTER) -> int:
    """Send again what died with its worker or whose message was lost; give up after three attempts."""
    dead = Job.objects.filter(status=Status.RUNNING, heartbeat_at__lt=now - dead_after)
    gave_up = dead.filter(attempts__gte=MAX_ATTEMPTS).update(
        status=Status.FAILED,
        finished_at=now,
        message=_("The work was broken off %(count)d times and was given up.") % {"count": MAX_ATTEMPTS},
    )
    lost = Job.objects.filter(status=Status.QUEUED, queued_at__lt=now - RESEND_AFTER)
    waiting = [*dead.values_list("pk", "task"), *lost.values_list("pk", "task")]
    for job_id, task in waiting:
        Job.objects.live().filter(pk=job_id).update(status=Status.QUEUED, queued_at=now)
        current_app.send_task(task, args=[job_id])
    return gave_up + len(waiting)


def purge_results(now: datetime) -> int:
    """Delete the result files that are older than seven days; the rows stay."""
    outdated = Job.objects.exclude(result="").filter(finished_at__lt=now - RESULT_KEPT)
    count = 0
    for job in outdated.iterator():
        job.result.delete(save=False)
        job.save(update_fields=["result"])
        count += 1
    return count


def _restart(job: Job) -> bool:
    """A job with a key that ended badly may be started anew."""
    ended_badly = Job.objects.filter(pk=job.pk, status__in=(Status.FAILED, Status.CANCELLED))
    return bool(ended_badly.update(status=Status.QUEUED, queued_at=timezone.now(), attempts=0, finished_at=None))


class JobRun:
    """The work on one job. Ends the task quietly when the job is not to be done (again)."""

    def __init__(self, job_id: int):
        self.job_id = job_id

    def __enter__(self) -> "JobRun":
        job = claim_job(self.job_id)
        if job is None:
            raise Ignore
        self.job = job
        self.parameters = job.parameters
        self.owner, self.owner_id = job.owner, job.owner_id
        self.message = ""
        self._language = translation.override(getattr(job.owner, "language", "") or settings.LANGUAGE_CODE)
        self._language.__enter__()
        self._pulse = Pulse(job)
        self._pulse.start()
        return self

    def progress(self, done: int, total: int) -> None:
        """Call it as often as you like; it reaches the database once a second."""
        self._pulse.progress = (done, total)
        if self._pulse.is_lost:
            raise JobCancelled

    @contextmanager
    def result_file(self, name: str) -> Iterator[Path]:
        """A path to write the result to; it is kept under a random name and offered for download as ``name``."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"result{Path(name).suffix}"
            yield path
            with path.open("rb") as content:
                self.job.result.save(f"{uuid.uuid4().hex}{path.suffix}", File(content), save=False)
        self.job.result_name = name

    def __exit__(self, kind, error, traceback) -> bool:
        self._pulse.stop()
        try:
            return self._end(error)
        finally:
            self._language.__exit__(kind, error, traceback)

    def _end(self, error: BaseException | None) -> bool:
        """True when the error is dealt with; an unexpected one goes on to the worker's log."""
        if error is None:
            self._record(Status.DONE, self.message)
            return True
        self.job.result.delete(save=False)
        if isinstance(error, JobCancelled):
            return True
        if isinstance(error, ValidationError):
            self._record(Status.FAILED, " ".join(error.messages))
            return True
        if isinstance(error, Exception):
            text = _("The work failed by an unexpected error. Tell the administrator the number of this job: %(id)d.")
            self._record(Status.FAILED, text % {"id": self.job_id})
        else:  # the worker is being stopped: whoever gets the message next begins anew
            self._own_row().update(status=Status.QUEUED)
        return False

    def _record(self, status: str, message: str) -> None:
        done, total = self._pulse.progress
        is_kept = self._own_row().update(
            status=status,
            message=message,
            progress_done=done,
            progress_total=total,
            finished_at=timezone.now(),
            result=self.job.result.name or "",
            result_name=self.job.result_name,
        )
        if is_kept and self.owner_id:
            notify([self.owner_id], NOTICES[status], url=self.job.get_absolute_url(), job=self.job.label)

    def _own_row(self) -> JobQuerySet:
        """A job cancelled after its last report has done its work all the same; one taken over is not ours."""
        return Job.objects.filter(pk=self.job_id, attempts=self.job.attempts)


class Pulse(Thread):
    """Tells the database that the worker lives and how far it is, and hears whether the job was cancelled.

    A thread with a connection of its own: the work may be one long transaction, or silent for minutes.
    """

    def __init__(self, job: Job):
        super().__init__(daemon=True, name=f"pulse-{job.pk}")
        self.progress = (0, 0)
        self.is_lost = False
        self._row = Job.objects.filter(pk=job.pk, attempts=job.attempts, status=Status.RUNNING)
        self._stopped = Event()

    def run(self) -> None:
        try:
            while not self._stopped.wait(BEAT_SECONDS):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        done, total = self.progress
        try:
            is_ours = self._row.update(heartbeat_at=timezone.now(), progress_done=done, progress_total=total)
        except DatabaseError:
            logger.warning("The progress of %s could not be written.", self.name, exc_info=True)
            connection.close()
        else:
            self.is_lost = not is_ours

    def stop(self) -> None:
        self._stopped.set()
        self.join()

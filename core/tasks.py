"""Background work of core itself: long exports, work on many rows."""

from celery import shared_task
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.jobs import JobRun
from core.mail import send_waiting

FORM = "application/x-www-form-urlencoded"


@shared_task
def write_export(job_id: int) -> None:
    """Write the list behind the job's path into the job's result file, in the rights of the job's owner."""
    with JobRun(job_id) as run:
        page = page_behind(run.parameters["path"], run.owner)
        with translation.override(run.owner.language):
            page.prepare()
            total = page.object_list.order_by().count()
            with run.result_file(page.file_name()) as file:
                page.write(file, progress=lambda done: run.progress(done, total))


@shared_task
def run_bulk(job_id: int) -> None:
    """Do what was sent to the job's path, in the rights of the job's owner; what came of it is the job's message."""
    with JobRun(job_id) as run:
        page = page_behind(run.parameters["path"], run.owner, data=run.parameters["data"])
        with translation.override(run.owner.language):
            run.message = page.run_from_job()


def page_behind(path: str, user, *, data: str = ""):
    """The view of an address, set up as if the user had asked for it; refused where he may no longer."""
    match = resolve(path.split("?")[0])
    page = match.func.view_class(**match.func.view_initkwargs)
    request = RequestFactory().post(path, data, content_type=FORM) if data else RequestFactory().get(path)
    page.setup(request, *match.args, **match.kwargs)
    request.user = user
    if not page.has_permission():
        raise RuleBroken(_("You may no longer do this."))
    return page


@shared_task
def send_mail() -> None:
    send_waiting(timezone.now())

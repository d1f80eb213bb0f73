"""Background work of core itself: long exports."""

from celery import shared_task
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.jobs import JobRun


@shared_task
def write_export(job_id: int) -> None:
    """Write the list behind the job's path into the job's result file, in the rights of the job's owner."""
    with JobRun(job_id) as run:
        path = run.parameters["path"]
        user = get_user_model().objects.get(pk=run.owner_id)
        match = resolve(path.split("?")[0])
        with translation.override(user.language):
            page = match.func.view_class(**match.func.view_initkwargs)
            page.setup(RequestFactory().get(path), *match.args, **match.kwargs)
            page.request.user = user
            if not page.has_permission():
                raise RuleBroken(_("You may no longer export this list."))
            page.prepare()
            total = page.object_list.order_by().count()
            with run.result_file(page.file_name()) as file:
                page.write(file, progress=lambda done: run.progress(done, total))

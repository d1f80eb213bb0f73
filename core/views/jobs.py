"""One's own background work: what runs, how far it is, and what came out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.downloads import download
from core.errors import RuleBroken
from core.jobs import cancel_job
from core.models.jobs import Job

PER_PAGE = 50


@require_safe
@never_cache
def job_list(request: HttpRequest) -> HttpResponse:
    jobs = Job.objects.visible_to(request.user).select_related("owner")
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "core/job_list.html", {"page": page})


@require_safe
@never_cache
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, or only the progress when htmx polls for it."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    template = "core/_job_progress.html" if request.htmx else "core/job_detail.html"
    return render(request, template, {"job": job, "can_change": job.owner_id == request.user.pk})


@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Job.objects.visible_to(request.user).changeable_by(request.user), pk=pk)
    try:
        job = cancel_job(pk, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("“%(job)s” was cancelled.") % {"job": job.label})
    return redirect("core:job_detail", pk=pk)


@require_safe
@never_cache
def job_result(request: HttpRequest, pk: int) -> FileResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user).exclude(result=""), pk=pk)
    try:
        content = job.result.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return download(content, name=job.result_name)

"""Put a file on a record, fetch it, take it away."""

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.addresses import record_url
from core.attachments import attach_file, hide_attachment
from core.downloads import download
from core.errors import RuleBroken
from core.models.attachments import Attachment, visible_records


@require_POST
def attachment_add(request: HttpRequest, app_label: str, model: str, pk: int) -> HttpResponse:
    """Takes the file ``file``; the record must be visible (else 404) and changeable (else 403)."""
    target = _changeable_target(request, app_label, model, pk)
    try:
        for upload in request.FILES.getlist("file"):
            attachment = attach_file(target, upload, by=request.user)
            messages.success(request, _("“%(name)s” was attached.") % {"name": attachment.original_name})
        if not request.FILES:
            raise RuleBroken(_("Choose a file first."))
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
    return redirect(record_url(target))


@require_safe
@never_cache
def attachment_download(request: HttpRequest, pk: int) -> FileResponse:
    attachment = _visible(request, pk)
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return download(content, name=attachment.original_name, media_type=attachment.media_type)


@require_POST
def attachment_hide(request: HttpRequest, pk: int) -> HttpResponse:
    attachment = _visible(request, pk)
    if attachment.uploaded_by_id != request.user.pk:
        raise PermissionDenied
    hide_attachment(pk, by=request.user)
    messages.success(request, _("“%(name)s” was taken away.") % {"name": attachment.original_name})
    return redirect(record_url(attachment.target))


def _visible(request: HttpRequest, pk: int) -> Attachment:
    return get_object_or_404(Attachment.objects.filter(pk=pk).visible_to(request.user))


def _changeable_target(request: HttpRequest, app_label: str, model: str, pk: int) -> Model:
    try:
        model_class = apps.get_model(app_label, model)
    except LookupError as unknown:
        raise Http404 from unknown
    rows = visible_records(model_class, request.user)
    if rows is None:
        raise Http404
    target = get_object_or_404(rows, pk=pk)
    manager, meta = model_class._default_manager, model_class._meta
    permission = f"{meta.app_label}.change_{meta.model_name}"
    may_change = hasattr(manager, "changeable_by") and request.user.has_perm(permission)
    if not may_change or not manager.changeable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return target

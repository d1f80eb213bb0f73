"""The bell."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.models import Notice, UndoOffer
from core.notices import mark_all_read, mark_read

PER_PAGE = 50


@require_safe
@never_cache
def notice_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Notice.objects.visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    offers = UndoOffer.objects.visible_to(request.user).open(timezone.now())
    return render(request, "core/notice_list.html", {"page": page, "offers": offers})


@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read and go where it leads; ``notify`` lets in paths of this site only."""
    get_object_or_404(Notice.objects.changeable_by(request.user), pk=pk)
    return redirect(mark_read(pk, by=request.user).url)


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    count = mark_all_read(by=request.user)
    text = ngettext("%(count)d notice was marked as read.", "%(count)d notices were marked as read.", count)
    messages.success(request, text % {"count": count})
    return redirect("core:notice_list")

"""The button of a message that takes back what was just done."""

from collections.abc import Mapping

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.errors import RuleBroken, refusal_of
from core.models import UndoOffer
from core.undo import Handler, take_back


def done_message(request: HttpRequest, text: str, offers: list[UndoOffer]) -> None:
    """Say what was done; with an offer the message stays longer and has a button."""
    messages.success(request, text, extra_tags=f"undo-{offers[-1].pk}" if offers else "")


def undo_url(handlers: Mapping[str, Handler]) -> URLPattern:
    @require_POST
    def undo(request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(UndoOffer.objects.changeable_by(request.user), pk=pk)
        try:
            text = take_back(pk, by=request.user, handlers=handlers)
        except (RuleBroken, DatabaseError) as error:
            messages.error(request, refusal_of(error).sentence)
        else:
            messages.success(request, text)
        return redirect(_where_from(request))

    return path("undo/<int:pk>/", undo, name="undo")


def _where_from(request: HttpRequest) -> str:
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else "/"

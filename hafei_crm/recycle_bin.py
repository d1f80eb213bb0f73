"""The recycle bin over everything: what a person may fetch back, by kind."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.bin import restore_record
from core.errors import RuleBroken, refusal_of
from core.models import Binned
from core.pages import Pages
from hafei_crm.wiring import CHECKS_ON_RETURN, PAGES

SHOWN_PER_KIND = 50
BINNED = {pages.meta.label_lower: pages for pages in PAGES if issubclass(pages.model, Binned)}


@dataclass(frozen=True)
class Thrown:
    """The records of one kind, the last thrown away first."""

    label: str | Promise
    name: str
    records: list[Binned]
    has_more: bool


@require_safe
@never_cache
def recycle_bin(request: HttpRequest) -> HttpResponse:
    kinds = [thrown for pages in BINNED.values() if (thrown := _thrown(pages, request.user)).records]
    return render(request, "recycle_bin.html", {"kinds": kinds})


@require_POST
def restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    pages = BINNED.get(kind)
    if pages is None:
        raise Http404
    record = get_object_or_404(_rows(pages, request.user), pk=pk)
    try:
        restore_record(pages.model, pk, by=request.user, checks=CHECKS_ON_RETURN)
    except (RuleBroken, DatabaseError) as error:
        messages.error(request, refusal_of(error).sentence)
    else:
        messages.success(request, _("“%(record)s” was fetched from the recycle bin.") % {"record": record})
    return redirect("recycle_bin")


def _thrown(pages: Pages, user) -> Thrown:
    records = list(_rows(pages, user).select_related("binned_by")[: SHOWN_PER_KIND + 1])
    label = pages.meta.verbose_name_plural
    return Thrown(label, pages.meta.label_lower, records[:SHOWN_PER_KIND], len(records) > SHOWN_PER_KIND)


def _rows(pages: Pages, user):
    rows = pages.model.objects
    return rows.binned_within(user) if user.has_perm(pages.permission("bin")) else rows.none()

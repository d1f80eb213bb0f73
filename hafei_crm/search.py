"""The search box over everything: name, initials, phone tail, number, VIN; grouped by kind, in the reader's rights."""

from dataclasses import dataclass

from django.db import models
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from core.addresses import filled_in
from core.search import most_relevant, reads_phones
from hafei_crm.wiring import SEARCH_SOURCES

HITS_PER_KIND = 8


@dataclass(frozen=True)
class Hits:
    label: str | Promise
    rows: list[tuple[str, models.Model]]
    list_url: str
    has_more: bool


def search_page(request):
    query = request.GET.get("q", "").strip()
    found = [hits for pages in SEARCH_SOURCES if query and (hits := hits_of(pages, query, request.user))]
    return render(request, "search.html", {"query": query, "found": found})


def hits_of(pages, query: str, user) -> Hits | None:
    if not user.has_perm(pages.permission("view")):
        return None
    phone_parts = reads_phones(pages.model, user)
    hits = most_relevant(pages.visible_rows(user), query, count=HITS_PER_KIND + 1, phone_parts=phone_parts)
    if not hits:
        return None
    pattern = pages.record_url_pattern()
    shown = [(filled_in(pattern, record.pk), record) for record in hits[:HITS_PER_KIND]]
    return Hits(pages.meta.verbose_name_plural, shown, reverse(pages.url_name("list")), len(hits) > HITS_PER_KIND)

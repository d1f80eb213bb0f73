from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic.base import View

from core.timeline import LAST_PAGE, Timeline, timeline_of
from core.views.page import Page


class TimelinePage(Page, View):
    """Put into the record page by htmx, newest first and then what lies further back; else a page of its own."""

    def get(self, request, pk: int) -> HttpResponse:
        record = get_object_or_404(self.get_queryset(), pk=pk)
        number = request.GET.get("page", "1")
        if not number.isdecimal() or len(number) > 4 or not 0 < int(number) <= LAST_PAGE:
            raise Http404
        timeline = record_timeline(self.pages, record, request.user, page=int(number))
        context = {"object": record, "timeline": timeline, "pages": self.pages, "meta": self.pages.meta}
        template = "core/_timeline_items.html" if request.htmx else "core/timeline.html"
        return render(request, template, context)


def record_timeline(pages, record, user, *, page: int = 1) -> Timeline:
    return timeline_of(record, user, steps=pages.steps, source=pages.timeline, page=page)

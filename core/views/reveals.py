"""The button beside a masked number: shows it in full and writes down who asked."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic.base import View

from core.errors import RuleBroken
from core.formats import IN_FULL, is_masked
from core.models import RevealLog
from core.search import hidden_from_all
from core.views.page import Page


class RevealPage(Page, View):
    """POST with the name of the column; answers with the number alone, which htmx puts in the place of the mask."""

    def get_permission_required(self) -> list[str]:
        return [*super().get_permission_required(), "core.reveal_numbers"]

    def may_show(self, kind: str) -> bool:
        reading = self.pages.fact_table.reading(self.request.user)
        return is_masked(kind, reading) and not hidden_from_all(self.pages.model)

    def post(self, request, pk: int) -> HttpResponse:
        rows = self.get_queryset().filter(pk=pk)
        record, table = get_object_or_404(rows), self.pages.fact_table
        asked = request.POST.get("column", "")
        allowed = table.columns_for(request.user, [column.name for column in table.columns])
        column = next((one for one in allowed if one.name == asked), None)
        if column is None or not self.may_show(column.kind):
            raise Http404
        ((_key, value),) = table.values(rows, [column])
        try:
            number = IN_FULL[column.kind](value)
        except RuleBroken as lost:
            return HttpResponse(lost.sentence, content_type="text/plain; charset=utf-8")
        if number:
            RevealLog.objects.create(
                by=request.user, model_label=record._meta.label_lower, record_id=record.pk, column=column.name
            )
        return HttpResponse(number, content_type="text/plain; charset=utf-8")

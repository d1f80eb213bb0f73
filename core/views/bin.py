from django.contrib import messages
from django.db import DatabaseError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from core.bin import bin_record
from core.errors import RuleBroken, refusal_of
from core.undo import offers_made
from core.views.page import Page
from core.views.undo import done_message


class BinPage(Page, View):
    """Put the record in the recycle bin; the message has the button that takes it out again."""

    verb = "bin"

    def get_queryset(self):
        return self.pages.model.objects.within(self.request.user, self.verb)

    def post(self, request, pk: int):
        record = get_object_or_404(self.get_queryset(), pk=pk)
        try:
            with offers_made() as offers:
                bin_record(self.pages.model, record.pk, by=request.user)
        except (RuleBroken, DatabaseError) as error:
            messages.error(request, refusal_of(error).sentence)
            return redirect(self.pages.url("detail", record.pk))
        done_message(request, _("“%(record)s” was put in the recycle bin.") % {"record": record}, offers)
        return redirect(self.list_as_left())

"""A form that does one thing with one record, where the thing is no step of a workflow."""

from django.db import DatabaseError, transaction
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView
from django.views.generic.detail import SingleObjectMixin

from core.errors import RuleBroken, refusal_of
from core.undo import offers_made
from core.views.page import Page
from core.views.records import show_refusal
from core.views.undo import done_message


class DeedPage(Page, SingleObjectMixin, FormView):
    """``act(fields)`` does it and returns what the message says; a refusal is shown above the form."""

    template_page = "deed"
    permission = ""
    heading = ""

    def get_permission_required(self) -> list[str]:
        return [self.pages.permission("view"), self.permission]

    @property
    def verb(self) -> str:
        return self.permission.partition(".")[2].partition("_")[0]

    @cached_property
    def object(self):
        return self.get_object()

    def get_queryset(self):
        return self.pages.model.objects.within(self.request.user, self.verb)

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(heading=self.heading, **context)

    def form_valid(self, form):
        try:
            with transaction.atomic(), offers_made() as offers:
                message = self.act(form.cleaned_data)
        except (RuleBroken, DatabaseError) as error:
            show_refusal(refusal_of(error), form)
            return self.form_invalid(form)
        done_message(self.request, message, offers)
        return redirect(self.next_url())

    def next_url(self) -> str:
        """The record, or the list where the person no longer sees it."""
        if self.pages.visible_rows(self.request.user).filter(pk=self.object.pk).exists():
            return self.pages.url("detail", self.object.pk)
        return self.list_as_left()

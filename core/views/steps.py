"""One step of a record's workflow."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from django.views.generic.detail import SingleObjectMixin

from core.errors import RuleBroken, refusal_of
from core.forms import StepForm
from core.undo import offers_made
from core.views.page import Page
from core.views.records import show_refusal
from core.views.undo import done_message
from core.workflow import mark_of, take, why_closed

LONGEST_NOTE = 2_000


class StepPage(Page, SingleObjectMixin, FormView):
    """One step of the workflow: asks what the step needs, then takes it."""

    template_page = "step"

    def get_permission_required(self) -> list[str]:
        """Whoever may not see the entity does not learn which steps it has; a gate may appoint others for a record."""
        view = self.pages.permission("view")
        if not self.request.user.has_perm(view) or (self.step.gate and self.step.gate.concerns(self.step)):
            return [view]
        return [view, self.step.permission]

    @cached_property
    def step(self):
        step = self.pages.step_named(self.kwargs["step"])
        if step is None:
            raise Http404
        return step

    @cached_property
    def object(self):
        record = self.get_object()
        if not self.pages.may_take(self.step, record, self.request.user):
            raise PermissionDenied
        return record

    def get(self, request, *args, **kwargs):
        """Nobody fills in a form that will be refused."""
        if not self.step.is_open(self.object):
            messages.warning(request, why_closed(self.step, self.object))
            return redirect(self.pages.url("detail", self.object.pk))
        return super().get(request, *args, **kwargs)

    def get_form_class(self):
        return self.step.form or StepForm

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user, "record": self.object}

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(step=self.step, note=self.note(), seen=self.seen(), **context)

    def seen(self) -> str:
        """The mark of what the person decides on; it stays that of the page he opened first."""
        posted = self.request.POST.get("seen")
        return mark_of([self.step], self.object) if posted is None else posted

    def note(self) -> str:
        """Asked for by every step; control characters cannot be stored."""
        return self.request.POST.get("note", "").replace("\x00", "")[:LONGEST_NOTE]

    def form_valid(self, form):
        known = {"by": self.request.user, "note": self.note(), "seen": self.request.POST.get("seen")}
        try:
            with offers_made() as offers:
                record = take(self.step, self.object.pk, self.pages.model, **known | form.cleaned_data)
        except (RuleBroken, DatabaseError) as error:
            show_refusal(refusal_of(error), form)
            return self.form_invalid(form)
        done_message(self.request, self.taken_message(record), offers)
        if not self.get_queryset().filter(pk=record.pk).exists():
            return redirect(self.list_as_left())
        return redirect(self.next_url(record))

    def next_url(self, record) -> str:
        return self.pages.url("detail", record.pk)

    def taken_message(self, record) -> str:
        words = {"kind": self.pages.meta.verbose_name, "record": record, "step": self.step.label}
        if getattr(record, self.step.field) == getattr(self.object, self.step.field):
            return _("%(kind)s “%(record)s”: “%(step)s” is done.") % words
        words["status"] = getattr(record, f"get_{self.step.field}_display")()
        return _("%(kind)s “%(record)s” is now: %(status)s.") % words

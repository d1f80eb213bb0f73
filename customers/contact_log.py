"""The short form that logs a call or visit, on a page of its own and in place on the record."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import DatabaseError, models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from core.addresses import back_address, record_url
from core.errors import RuleBroken, refusal_of
from core.models.attachments import visible_records
from core.targets import name_of
from core.views.records import show_refusal
from customers import actions
from customers.forms import LogContactForm
from customers.models import Customer, Lead, Opportunity

SUBJECTS = {"lead": Lead, "customer": Customer, "opportunity": Opportunity}


def log_url(record: models.Model) -> str:
    return reverse("customers:log_contact", args=[record._meta.model_name, record.pk])


def quick_days(today: date) -> list[tuple[str, date]]:
    return [
        (_("Tomorrow"), today + timedelta(days=1)),
        (_("In 3 days"), today + timedelta(days=3)),
        (_("In a week"), today + timedelta(days=7)),
    ]


def form_context(record: models.Model, user, *, back: str) -> dict:
    """What stands around the fields: where it is sent, the days offered, the way to an appointment."""
    may_meet = user.has_perm("users.add_calendarentry")
    return {
        "log_url": log_url(record),
        "days": quick_days(timezone.localdate()),
        "appointment_url": f"{reverse('users:calendarentry_add')}?about={name_of(record)}" if may_meet else "",
        "next": back,
    }


@method_decorator(never_cache, name="dispatch")
class LogContactPage(PermissionRequiredMixin, FormView):
    permission_required = "customers.add_contactrecord"
    raise_exception = True
    form_class = LogContactForm
    template_name = "customers/log_contact.html"

    @cached_property
    def record(self) -> models.Model:
        rows = visible_records(SUBJECTS.get(self.kwargs["about"]), self.request.user)
        if rows is None:
            raise Http404
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user, "record": self.record}

    def get_initial(self) -> dict:
        return {"kind": self.request.GET.get("kind", "")}

    def get_context_data(self, **context) -> dict:
        asked = self.request.POST or self.request.GET
        around = form_context(self.record, self.request.user, back=asked.get("next", ""))
        return super().get_context_data(record=self.record, record_url=record_url(self.record), **around, **context)

    def form_valid(self, form):
        subject = {self.kwargs["about"]: self.record}
        try:
            with transaction.atomic():
                record = actions.record_contact(by=self.request.user, **subject, **form.cleaned_data)
        except (RuleBroken, DatabaseError) as error:
            show_refusal(refusal_of(error), form)
            return self.form_invalid(form)
        messages.success(self.request, _("%(kind)s was logged.") % {"kind": record.get_kind_display()})
        return redirect(back_address(self.request, otherwise=record_url(self.record)))

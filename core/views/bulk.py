"""Doing one thing to the chosen rows of a list, or to all that the filter finds."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.addresses import key_in
from core.bulk import Outcome
from core.errors import RuleBroken, refusal_of
from core.jobs import start_job
from core.tasks import run_bulk
from core.undo import offers_made
from core.views.lists import FilteredRows
from core.views.records import show_refusal
from core.views.undo import done_message

MOST_ROWS = 10_000
DIRECT_ROWS = 300
SHOWN = 100
ON_A_PAGE = 6  # what a page of its own takes in its address; it says itself how many it needs


class BulkPage(FilteredRows):
    """First asks what the action needs and shows how many rows it takes in, then does it."""

    template_page = "bulk"

    def get_permission_required(self) -> list[str]:
        view = self.pages.permission("view")
        return [view, self.action.permission] if self.request.user.has_perm(view) else [view]

    @cached_property
    def action(self):
        action = next((one for one in self.pages.all_bulk if one.name == self.kwargs["action"]), None)
        if action is None:
            raise Http404
        return action

    def get(self, request, action: str):
        return redirect(self.list_address())

    def post(self, request, action: str):
        self.prepare()
        keys = self.chosen_keys()
        if not keys:
            messages.warning(request, _("Choose rows first that you may change."))
            return redirect(self.list_address())
        if len(keys) > MOST_ROWS:
            text = _("At most %(most)s rows can be changed together. Narrow the filter.") % {"most": f"{MOST_ROWS:,}"}
            messages.warning(request, text)
            return redirect(self.list_address())
        if self.action.page:
            return redirect(f"{reverse(self.action.page)}?{urlencode({'pk': keys[:ON_A_PAGE]}, doseq=True)}")
        form = self.form()
        if "confirmed" not in request.POST or (form is not None and not form.is_valid()):
            return self.render_to_response(self.get_context_data(form=form, keys=keys, names=self.some_names(keys)))
        if len(keys) > DIRECT_ROWS:
            return self.start_in_background()
        try:
            outcome = self.run(keys, form)
        except (RuleBroken, DatabaseError) as error:
            return self.refuse(refusal_of(error), form, keys)
        return self.answer(outcome)

    def refuse(self, refusal: RuleBroken, form, keys: list[int]):
        """What is wrong with the whole of it stands above the form."""
        if form is None:
            messages.error(self.request, refusal.sentence)
            return redirect(self.list_address())
        show_refusal(refusal, form)
        return self.render_to_response(self.get_context_data(form=form, keys=keys, names=self.some_names(keys)))

    def form(self):
        if self.action.form is None:
            return None
        data = self.request.POST if "confirmed" in self.request.POST else None
        return self.action.form(data, user=self.request.user)

    def chosen_keys(self) -> list[int]:
        """Of the rows that were chosen, those on which the access table lets the person do this."""
        found = self.object_list
        if "all" not in self.request.POST:
            found = found.filter(pk__in=[key_in(text) for text in self.request.POST.getlist("pk")[:MOST_ROWS]])
        allowed = self.pages.model.objects.within(self.request.user, self.action.verb)
        rows = allowed.filter(pk__in=found.order_by().values("pk"))
        return list(rows.order_by("pk").values_list("pk", flat=True)[: MOST_ROWS + 1])

    def some_names(self, keys: list[int]) -> list[str]:
        return [str(record) for record in self.get_queryset().filter(pk__in=keys[:10])]

    def run(self, keys: list[int], form) -> Outcome:
        data = form.cleaned_data if form is not None else {}
        with offers_made() as self.offers:
            return self.action.act(keys, by=self.request.user, **data)

    def answer(self, outcome: Outcome):
        if outcome.done:
            done_message(self.request, self.done_text(outcome), self.offers)
        if not outcome.refused:
            return redirect(self.list_address())
        return self.render_to_response(self.get_context_data(refused=self.refused_rows(outcome), outcome=outcome))

    def done_text(self, outcome: Outcome) -> str:
        text = ngettext("“%(action)s” was done for %(count)d record.", "“%(action)s” was done for %(count)d records.",
                        len(outcome.done))  # fmt: skip
        return text % {"action": self.action.label, "count": len(outcome.done)}

    def refused_rows(self, outcome: Outcome) -> list[tuple]:
        """The first records that were refused, with the reason and, where there is one, their page."""
        keys = sorted(outcome.refused)[:SHOWN]
        records = self.pages.model._base_manager.in_bulk(keys)
        has_page = self.pages.has("detail")
        return [(records[key], outcome.refused[key], self.pages.url("detail", key) if has_page else "") for key in keys]

    def start_in_background(self):
        parameters = {"path": self.request.get_full_path(), "data": self.request.POST.urlencode()}
        job = start_job(run_bulk, kind="bulk", by=self.request.user, parameters=parameters)
        messages.info(self.request, _("The work runs in the background; you find the result here when it is done."))
        return redirect(job.get_absolute_url())

    def run_from_job(self) -> str:
        """What a worker does with the page set up as it was sent: the sentence for the job."""
        self.prepare()
        form = self.form()
        if form is not None and not form.is_valid():
            return _("The form can no longer be read; nothing was changed.")
        outcome = self.run(self.chosen_keys(), form)
        text = self.done_text(outcome)
        if outcome.refused:
            reasons = "；".join(dict.fromkeys(list(outcome.refused.values())[:5]))
            text += " " + _("%(count)d were refused: %(reasons)s") % {
                "count": len(outcome.refused),
                "reasons": reasons,
            }
        return text

    def list_address(self) -> str:
        query = self.request.GET.urlencode()
        return f"{self.pages.url('list')}?{query}" if query else self.pages.url("list")

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            action=self.action,
            takes_all="all" in self.request.POST,
            chosen=self.request.POST.getlist("pk"),
            list_address=self.list_address(),
            **context,
        )

"""The inbox of approvals: what waits for me, what I asked for, what I decided; one page for all kinds of records."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import DatabaseError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from core.addresses import back_address, key_in
from core.bulk import Outcome, one_by_one
from core.choices import ask_remotely
from core.errors import RuleBroken, refusal_of
from core.formats import labelled
from core.pages import Pages
from core.paging import page_of, rows_on
from core.undo import offers_made
from core.views.records import show_refusal
from core.views.undo import done_message
from core.workflow import Step, take
from hafei_crm.wiring import APPROVED_PAGES
from users import approvers, snapshots
from users.actions.approvals import add_signer, waits_for
from users.approvals import Approval
from users.models import ApprovalCase, User
from users.snapshots import Difference

CARDS, MOST_TOGETHER = 15, 200
PAGES_OF: dict[str, Pages] = {pages.meta.label_lower: pages for pages in APPROVED_PAGES}


@dataclass(frozen=True)
class Card:
    """A case as the inbox shows it."""

    case: ApprovalCase
    kind: str
    url: str
    approve: Step
    give_back: Step
    differences: list[Difference] = field(default_factory=list)
    in_name_of: str = ""

    @property
    def about(self) -> str:
        return snapshots.about(self.case.snapshot)


def gate_of(case: ApprovalCase) -> Approval:
    return PAGES_OF[case.subject].steps[0].gate


def step_of(case: ApprovalCase, verdict: str) -> Step:
    """The step of the record's own workflow that a button of the inbox takes."""
    gate = gate_of(case)
    names = {"approve": gate.approves[0], "return": gate.returns[0], "withdraw": gate.withdraws}
    step = PAGES_OF[case.subject].step_named(names.get(verdict, ""))
    if step is None:
        raise Http404
    return step


def differences_of(case: ApprovalCase) -> list[Difference]:
    if case.previous is None:
        return []
    pages, shape = PAGES_OF[case.subject], gate_of(case).shape
    return snapshots.differences(pages.model, shape, case.previous.snapshot, case.snapshot)


def card_of(case: ApprovalCase, in_name_of: str = "") -> Card:
    pages = PAGES_OF[case.subject]
    return Card(
        case,
        str(pages.meta.verbose_name),
        pages.url("detail", case.object_id),
        step_of(case, "approve"),
        step_of(case, "return"),
        differences_of(case),
        in_name_of,
    )


class ApprovalPage(PermissionRequiredMixin):
    permission_required = "users.view_approvalcase"
    raise_exception = True


@method_decorator(never_cache, name="dispatch")
class InboxPage(ApprovalPage, TemplateView):
    template_name = "approvals/inbox.html"

    def get_context_data(self, **context) -> dict:
        user, tab = self.request.user, context.pop("tab", "waiting")
        rows = self.rows(tab)
        kind = self.request.GET.get("kind", "")
        if kind in PAGES_OF:
            rows = rows.filter(subject=kind)
        page = page_of(rows, self.request.GET.get("page", ""), size=CARDS)
        if tab == "waiting" and kind not in PAGES_OF:
            approvers.keep_count(user, page.count)
        cases = list(rows_on(page, rows).select_related("asked_by", "unit", "step", "previous"))
        names = names_of_absent(cases, user) if tab == "waiting" else {}
        return super().get_context_data(
            tab=tab,
            kind=kind,
            kinds=[(subject, pages.meta.verbose_name) for subject, pages in PAGES_OF.items()],
            page=page,
            cards=[card_of(case, names.get(case.pk, "")) for case in cases],
            **context,
        )

    def rows(self, tab: str):
        user = self.request.user
        if tab == "asked":
            return ApprovalCase.objects.asked_by(user).order_by("-pk")
        if tab == "decided":
            return ApprovalCase.objects.decided_by(user).order_by("-pk")
        return approvers.waiting_for(user)


def names_of_absent(cases: list[ApprovalCase], user: User) -> dict[int, str]:
    """For which cases somebody only stands in, and for whom."""
    me, *absent = approvers.voices(user, timezone.localdate())
    if not absent or not cases:
        return {}
    keys = [case.pk for case in cases]

    def fills(person: User) -> set[int]:
        seats = approvers.open_seats(user, of=[person]).filter(case__in=keys)
        return set(seats.values_list("case", flat=True))

    own, names = fills(me), {}
    for person in absent:
        for key in fills(person) - own:
            names.setdefault(key, str(person))
    return names


def visible_case(user: User, pk: int) -> ApprovalCase:
    """One whose record he may see, that he asked for, that waits for him, or that he decided."""
    cases = ApprovalCase.objects.select_related("asked_by", "owner", "unit", "step", "flow", "previous")
    case = cases.filter(pk=pk).first()
    if case is None or case.subject not in PAGES_OF:
        raise Http404
    party = Q(asked_by=user) | Q(owner=user) | Q(pk__in=approvers.waiting_for(user).order_by().values("pk"))
    party |= Q(pk__in=ApprovalCase.objects.decided_by(user).order_by().values("pk"))
    if not sees_record(user, case) and not ApprovalCase.objects.filter(party, pk=pk).exists():
        raise Http404
    return case


def sees_record(user: User, case: ApprovalCase) -> bool:
    pages = PAGES_OF[case.subject]
    return user.has_perm(pages.permission("view")) and pages.visible_rows(user).filter(pk=case.object_id).exists()


@method_decorator(never_cache, name="dispatch")
class CasePage(ApprovalPage, TemplateView):
    template_name = "approvals/case.html"

    def get_context_data(self, **context) -> dict:
        user, case = self.request.user, visible_case(self.request.user, self.kwargs["pk"])
        pages, gate = PAGES_OF[case.subject], gate_of(case)
        headings, rows = snapshots.lines(pages.model, gate.shape, case.snapshot)
        is_running = case.state == ApprovalCase.State.RUNNING
        is_mine = is_running and approvers.waiting_for(user).filter(pk=case.pk).exists()
        names = names_of_absent([case], user) if is_mine else {}
        return super().get_context_data(
            case=case,
            card=card_of(case, names.get(case.pk, "")),
            facts=snapshots.facts(pages.model, case.snapshot),
            headings=headings,
            lines=rows,
            decisions=case.decisions.select_related("by", "in_name_of"),
            waits_for=waits_for(case) if is_running else "",
            is_mine=is_mine,
            may_see=sees_record(user, case),
            may_withdraw=is_running and gate.withdraws and user.pk in (case.asked_by_id, case.owner_id),
            **context,
        )


class DecidePage(ApprovalPage, View):
    """One button of a card: the step of the record is taken, as on its own page."""

    http_method_names = ("post",)

    def post(self, request, pk: int, verdict: str):
        case = visible_case(request.user, pk)
        step = step_of(case, verdict)
        note = request.POST.get("note", "").replace("\x00", "")
        try:
            with offers_made() as offers:
                take(step, case.object_id, PAGES_OF[case.subject].model, by=request.user, note=note, seen=str(case.pk))
        except (RuleBroken, DatabaseError) as error:
            messages.error(request, refusal_of(error).sentence)
        else:
            words = {"record": case, "step": step.label}
            done_message(request, _("“%(record)s”: “%(step)s” is done.") % words, offers)
        return redirect(back_address(request, otherwise=reverse("approvals")))


class BatchPage(ApprovalPage, View):
    """Approves the chosen cases, each for itself: what is refused says why and stays in the inbox."""

    http_method_names = ("post",)

    def post(self, request):
        keys = [key_in(text) for text in request.POST.getlist("pk")[:MOST_TOGETHER]]
        cases = {case.pk: case for case in approvers.waiting_for(request.user).filter(pk__in=keys)}
        if not cases:
            messages.warning(request, _("Choose something that waits for you."))
            return redirect("approvals")
        note = request.POST.get("note", "").replace("\x00", "")
        self.answer(approve_together(cases, by=request.user, note=note), cases)
        return redirect("approvals")

    def answer(self, outcome: Outcome, cases: dict[int, ApprovalCase]) -> None:
        if outcome.done:
            text = ngettext("%(count)d was approved.", "%(count)d were approved.", len(outcome.done))
            messages.success(self.request, text % {"count": len(outcome.done)})
        for key, reason in outcome.refused.items():
            messages.error(self.request, labelled(cases[key], reason))


def approve_together(cases: dict[int, ApprovalCase], *, by: User, note: str) -> Outcome:
    def approve(key: int) -> None:
        case = cases[key]
        take(step_of(case, "approve"), case.object_id, PAGES_OF[case.subject].model, by=by, note=note, seen=str(key))

    return one_by_one(cases, approve)


class SignerForm(forms.Form):
    person = forms.ModelChoiceField(label=gettext_lazy("Who else has to approve"), queryset=User.objects.none())
    note = forms.CharField(label=gettext_lazy("What he should look at"), max_length=200)

    def __init__(self, *args, user: User, case: ApprovalCase, **options):
        super().__init__(*args, **options)
        self.fields["person"].queryset = approvers.signers(case).exclude(pk=user.pk).order_by("name", "pk")
        ask_remotely(self.fields["person"])


@method_decorator(never_cache, name="dispatch")
class SignerPage(ApprovalPage, FormView):
    template_name = "approvals/signer.html"
    form_class = SignerForm

    @cached_property
    def case(self) -> ApprovalCase:
        case = approvers.waiting_for(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if case is None:
            raise Http404
        return case

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user, "case": self.case}

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(case=self.case, **context)

    def form_valid(self, form):
        try:
            add_signer(self.case.pk, by=self.request.user, **form.cleaned_data)
        except (RuleBroken, DatabaseError) as error:
            show_refusal(refusal_of(error), form)
            return self.form_invalid(form)
        words = {"person": form.cleaned_data["person"], "record": self.case}
        messages.success(self.request, _("%(person)s has to approve “%(record)s” as well.") % words)
        return redirect("approval", pk=self.case.pk)

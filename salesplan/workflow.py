"""The status diagrams of sales plans, production plans and work reports."""

from django.db.models import F, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.errors import StepRefused
from core.forms import StepForm
from core.locks import hold
from core.notices import notify
from core.workflow import Step, behind, log_status
from salesplan import actions, forms
from salesplan.approvals import SALES_PLAN_APPROVAL
from salesplan.models import ProductionPlan, SalesPlan, WorkReport
from users.access import Role
from users.models import User

S, P, R = SalesPlan.Status, ProductionPlan.Status, WorkReport.Status


def propose(plan, *, by, note):
    actions.take_over_forecast(plan.pk, by=by, today=timezone.localdate())


def submit(plan, *, by, note):
    if not plan.lines.exists():
        raise StepRefused(_("“%(plan)s” has no lines. Enter some, or propose them from the forecast.") % {"plan": plan})


def publish(plan, *, by, note):
    """One version of a month is in force: the former makes way first, as the database asks, one after the other."""
    hold(f"salesplan.publish {plan.month}")
    former = SalesPlan.objects.select_for_update(of=("self",)).published().of_month(plan.month).first()
    if former:
        former.status = S.SUPERSEDED
        former.save(update_fields=["status"])
        log_status(former, by=by, step="supersede", before=S.PUBLISHED, after=S.SUPERSEDED, note=str(plan))
    managers = User.objects.on_duty().in_role(Role.REGIONAL_MANAGER)
    notify(
        managers.values_list("pk", flat=True),
        gettext_noop("The sales plan %(plan)s was published."),
        url=reverse("salesplan:salesplan_detail", args=[plan.pk]),
        plan=str(plan),
    )


def release(plan, *, by, note):
    clerks = User.objects.on_duty().in_role(Role.PRODUCTION_CLERK)
    notify(
        clerks.values_list("pk", flat=True),
        gettext_noop("The production plan %(plan)s was released."),
        url=reverse("salesplan:productionplan_detail", args=[plan.pk]),
        plan=str(plan),
    )


def produce(plan, *, by, note, line, **facts):
    actions.record_production(line.pk, by=by, **facts)


def complete(plan, *, by, note):
    """A plan that falls short is closed with a reason only."""
    short = plan.lines.aggregate(short=Sum(F("quantity") - F("produced_count")))["short"] or 0
    if short and not note.strip():
        raise StepRefused(
            _("%(count)d cars of “%(plan)s” are not built. Give a reason to close it short.")
            % {"count": short, "plan": plan}
        )


def submit_report(report, *, by, note):
    actions.submit_report(report, by=by)


def review(report, *, by, note, mark):
    actions.review_report(report, by=by, mark=mark, comment=note)


def return_report(report, *, by, note):
    actions.return_report(report, by=by, reason=note)


def answer(report, *, by, note):
    actions.answer_review(report, by=by, text=note)


_SALES_PLAN_STEPS = (
    Step(
        "propose",
        gettext_lazy("Propose from the forecast"),
        frozenset({S.DRAFT}),
        S.DRAFT,
        "salesplan.propose_salesplan",
        propose,
        forms.ProposeForm,
        tone="secondary",
    ),
    Step("submit", gettext_lazy("Submit"), frozenset({S.DRAFT}), S.SUBMITTED, "salesplan.submit_salesplan", submit),
    Step(
        "approve",
        gettext_lazy("Approve"),
        frozenset({S.SUBMITTED}),
        S.APPROVED,
        "salesplan.approve_salesplan",
        by_another=True,
        tone="success",
    ),
    Step(
        "return",
        gettext_lazy("Return"),
        frozenset({S.SUBMITTED, S.APPROVED}),
        S.DRAFT,
        "salesplan.return_salesplan",
        needs_note=True,
        tone="secondary",
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        frozenset({S.SUBMITTED}),
        S.DRAFT,
        "salesplan.submit_salesplan",
        tone="secondary",
    ),
    Step(
        "publish",
        gettext_lazy("Publish"),
        frozenset({S.APPROVED}),
        S.PUBLISHED,
        "salesplan.publish_salesplan",
        publish,
        tone="success",
    ),
)
SALES_PLAN_STEPS = behind(SALES_PLAN_APPROVAL, _SALES_PLAN_STEPS)
PRODUCTION_PLAN_STEPS = (
    Step(
        "release",
        gettext_lazy("Release"),
        frozenset({P.DRAFT}),
        P.RELEASED,
        "salesplan.release_productionplan",
        release,
    ),
    Step(
        "produce",
        gettext_lazy("Record production"),
        frozenset({P.RELEASED}),
        P.RELEASED,
        "salesplan.produce_productionplan",
        produce,
        forms.ProduceForm,
    ),
    Step(
        "complete",
        gettext_lazy("Complete"),
        frozenset({P.RELEASED}),
        P.COMPLETED,
        "salesplan.complete_productionplan",
        complete,
        StepForm,
        tone="success",
    ),
)
WORK_REPORT_STEPS = (
    Step(
        "submit",
        gettext_lazy("Hand in"),
        frozenset({R.DRAFT, R.RETURNED}),
        R.SUBMITTED,
        "salesplan.submit_workreport",
        submit_report,
    ),
    Step(
        "review",
        gettext_lazy("Review"),
        frozenset({R.SUBMITTED}),
        R.REVIEWED,
        "salesplan.review_workreport",
        review,
        forms.ReviewForm,
        by_another=True,
        tone="success",
    ),
    Step(
        "return",
        gettext_lazy("Return"),
        frozenset({R.SUBMITTED, R.REVIEWED}),
        R.RETURNED,
        "salesplan.return_workreport",
        return_report,
        needs_note=True,
        by_another=True,
        tone="secondary",
    ),
    Step(
        "answer",
        gettext_lazy("Answer"),
        frozenset({R.REVIEWED}),
        R.REVIEWED,
        "salesplan.answer_workreport",
        answer,
        forms.AnswerForm,
        tone="secondary",
    ),
)

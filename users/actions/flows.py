"""Who approves what: a flow is never changed, its next version takes its place."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.locks import hold
from users.models import ApprovalFlow, FlowStep, User
from users.subjects import APPROVED_BY


@transaction.atomic
def add_standard_flows() -> None:
    """The flow a company begins with: one step, for whoever has the right by the table of access."""
    known = set(ApprovalFlow.objects.values_list("subject", flat=True))
    with translation.override(settings.LANGUAGE_CODE):
        for subject in APPROVED_BY:
            if subject not in known:
                flow = ApprovalFlow.objects.create(subject=subject)
                FlowStep.objects.create(flow=flow, position=1, name=_("Approval"))


@transaction.atomic
def change_flow(flow_id: int, *, by: User, lines: list[dict], note: str = "") -> ApprovalFlow:
    """The next version, in force from now on; cases that are running stay on theirs."""
    former = ApprovalFlow.objects.get(pk=flow_id)
    hold(f"users.change_flow {former.subject}")
    former.refresh_from_db()
    if not former.is_in_force:
        raise RuleBroken(_("“%(flow)s” has been replaced meanwhile. Change the version in force.") % {"flow": former})
    former.is_in_force = False
    former.save(update_fields=["is_in_force"])
    flow = ApprovalFlow.objects.create(subject=former.subject, version=former.version + 1, note=note, made_by=by)
    FlowStep.objects.bulk_create(
        FlowStep(flow=flow, position=position, **line) for position, line in enumerate(lines, start=1)
    )
    return flow

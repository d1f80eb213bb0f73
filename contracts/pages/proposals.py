from django.utils.translation import gettext_lazy as _

from contracts import actions, filters, forms, links, tables, workflow
from contracts.models import ProposedCar, ShortLine
from core.bulk import BulkAction
from core.pages import Pages, Panel

ALLOCATION_PROPOSALS = Pages(
    table=tables.ALLOCATION_PROPOSALS,
    filters=filters.AllocationProposalFilter,
    form=forms.AllocationProposalForm,
    create=actions.propose_allocation,
    steps=workflow.PROPOSAL_STEPS,
    key_figures=("open_count", "proposed_count", "made_at"),
    links=links.of_proposal,
    panels=(
        Panel(
            ProposedCar._meta.verbose_name_plural,
            tables.PROPOSED_CARS,
            lambda proposal, user: ProposedCar.objects.visible_to(user).filter(proposal=proposal),
            "contracts:proposedcar_detail",
        ),
        Panel(
            ShortLine._meta.verbose_name_plural,
            tables.SHORT_LINES,
            lambda proposal, user: ShortLine.objects.visible_to(user).filter(proposal=proposal),
        ),
    ),
)


PROPOSED_CARS = Pages(
    table=tables.PROPOSED_CARS,
    filters=filters.ProposedCarFilter,
    form=forms.ProposedCarForm,
    update=actions.change_proposed_car,
    links=links.of_proposed_car,
    bulk=(
        BulkAction(
            "leave_out", _("Leave out"), "contracts.change_proposedcar", actions.leave_out_cars, forms.LeaveOutForm
        ),
    ),
    only=frozenset({"list", "detail", "edit"}),
)

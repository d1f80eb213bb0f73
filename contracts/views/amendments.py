"""A change of a contract in force: asked for."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from contracts import actions, pages
from contracts.models import Contract, ContractAmendment
from core.views import AddPage


class AmendPage(AddPage):
    """Begins with the terms of the contract as they are."""

    pages = pages.AMENDMENTS

    @cached_property
    def contract(self) -> Contract:
        return get_object_or_404(Contract.objects.changeable_by(self.request.user), pk=self.kwargs["pk"])

    def get_initial(self) -> dict:
        return {name: getattr(self.contract, name) for name in ContractAmendment.TERMS}

    def act(self, fields: dict) -> ContractAmendment:
        return actions.propose_amendment(self.contract.pk, by=self.request.user, **fields)

    def saved_message(self, amendment: ContractAmendment) -> str:
        return _("“%(version)s” waits for its approval.") % {"version": amendment}

"""Contracts as PDF, sealed, and the sealed files checked."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from contracts import actions, forms, pages
from core.downloads import download
from core.views.deeds import DeedPage
from core.views.page import Page


class SealPage(DeedPage):
    pages = pages.CONTRACTS
    permission = "contracts.seal_contract"
    form_class = forms.SealForm

    @property
    def heading(self) -> str:
        return _("Seal the contract")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"record": self.object}

    def act(self, fields: dict) -> str:
        seal = actions.seal_contract(self.object.pk, by=self.request.user, **fields)
        return _("“%(seal)s” is sealed; its digest is %(digest)s.") % {"seal": seal, "digest": seal.sha256}


class SealedFilePage(Page, SingleObjectMixin, View):
    pages = pages.CONTRACT_SEALS

    def get(self, request, pk):
        seal = self.get_object()
        try:
            content = seal.file.open("rb")
        except FileNotFoundError as missing:
            raise Http404 from missing
        return download(content, name=f"{seal}.pdf".replace(" ", "-"), media_type="application/pdf")


class CheckSealPage(DeedPage):
    """Whether a file somebody holds, or the one kept here, is the one that was sealed."""

    pages = pages.CONTRACT_SEALS
    permission = "contracts.view_contractseal"
    form_class = forms.SealedFileForm

    @property
    def heading(self) -> str:
        return _("Check a sealed file")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"record": self.object}

    def act(self, fields: dict) -> str:
        actions.check_sealed_file(self.object, fields["file"] or self.object.file)
        return _("The file is “%(seal)s” as it was sealed.") % {"seal": self.object}

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.bulk import BulkForm
from core.views.deeds import DeedPage
from users.actions import end_delegation
from users.pages import DELEGATIONS


class EndPage(DeedPage):
    """From then on the deputy decides nothing more; what he decided stays."""

    pages = DELEGATIONS
    permission = "users.change_delegation"
    form_class = BulkForm
    heading = gettext_lazy("End the delegation")

    def act(self, fields: dict) -> str:
        return _("“%(delegation)s” has ended.") % {"delegation": end_delegation(self.object.pk, by=self.request.user)}

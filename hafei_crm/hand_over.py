"""The page on which a leaver's customers, orders, tasks and all else go to his successors."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.bulk import BulkForm
from core.views.deeds import DeedPage
from hafei_crm.wiring import HAND_OVER
from users.actions import hand_over, report_of
from users.models import User
from users.pages import USERS


class HandOverForm(BulkForm):
    successors = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Successors"),
        queryset=User.objects.on_duty(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Several share in turn; what hangs on a customer goes where the customer goes. They work in the unit of "
            "the person or above it."
        ),
    )
    deactivate = forms.BooleanField(
        label=gettext_lazy("Deactivate the account afterwards"), required=False, initial=True
    )


class HandOverPage(DeedPage):
    pages = USERS
    permission = "users.handover_user"
    form_class = HandOverForm
    heading = gettext_lazy("Hand over everything")

    def get_form(self, form_class=None) -> forms.Form:
        form = super().get_form(form_class)
        people = form.fields["successors"].queryset.select_related("unit").exclude(pk=self.object.pk)
        if self.object.unit:
            people = people.filter(unit__in=self.object.unit.line)
        form.fields["successors"].queryset = people
        return form

    def act(self, fields: dict) -> str:
        counts = hand_over(self.object.pk, by=self.request.user, holdings=HAND_OVER, **fields)
        return _("%(person)s has handed over. %(report)s") % {
            "person": self.object,
            "report": report_of(counts).replace("\n", "；"),
        }

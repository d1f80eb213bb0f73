from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models import AllocationProposal, ProposedCar
from contracts.needs import free_cars
from core.bulk import BulkForm
from core.forms import RecordForm, StepForm

DAYS_RESERVED = 14


class AllocationProposalForm(RecordForm):
    class Meta:
        model = AllocationProposal
        fields = ["series", "order"]
        help_texts = {
            "series": _("Empty: all series."),
            "order": _("Empty: all orders that wait for cars."),
        }


class ApplyProposalForm(StepForm):
    reserved_until = forms.DateField(
        label=_("Reserved until"), help_text=_("A car that is not invoiced by then is free again.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("reserved_until", timezone.localdate() + timedelta(days=DAYS_RESERVED))


class ProposedCarForm(RecordForm):
    """Another free car of the same SKU, the oldest first."""

    class Meta:
        model = ProposedCar
        fields = ["vehicle", "note"]
        labels = {"note": _("Reason")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        free = free_cars().filter(sku=self.instance.order_line.sku_id).values("pk")
        seen = self.fields["vehicle"].queryset
        self.fields["vehicle"].queryset = seen.filter(pk__in=free).order_by("produced_on", "pk")
        self.fields["note"].required = True


class LeaveOutForm(BulkForm):
    note = forms.CharField(label=_("Reason"), max_length=200)

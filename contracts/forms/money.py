from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models import Receipt
from core.forms import RecordForm


class ReceiptForm(RecordForm):
    class Meta:
        model = Receipt
        fields = ["payer_dealer", "payer_customer", "amount", "received_on", "method", "reference", "note"]
        help_texts = {"reference": _("Number of the bank's advice; each one is entered once.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["received_on"].initial = timezone.localdate()

    def validate_unique(self):
        """Left to the action, which names the receipt that holds the reference."""

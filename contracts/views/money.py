"""Money that comes in is spread over what its payer owes."""

from contracts import pages
from contracts.models import Receivable
from contracts.rules import oldest_first
from core.views import AddPage


class ReceiptAddPage(AddPage):
    pages = pages.RECEIPTS

    def act(self, fields: dict):
        payer = fields["payer_dealer"] or fields["payer_customer"]
        owed = Receivable.objects.visible_to(self.request.user).of(payer).oldest_first() if payer else ()
        parts = oldest_first(fields["amount"], ((row.pk, row.outstanding_amount) for row in owed))
        return super().act(fields | {"settles": parts})

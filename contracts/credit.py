"""How much a dealer may still order: his money, his rebate, his credit line, less what he has ordered already.

order amount ≤ cash + usable rebate (at most a share of the invoice) + credit line − open commitments
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet, Sum

from contracts.models import Invoice, ReceivableEntry
from dealers.models import AccountEntry, Dealer
from dealers.queries import balances

REBATE_PERCENT_OF_INVOICE = Decimal("30")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Credit:
    """``cash`` is the car account, below zero when cars were bought on credit; ``committed`` is not invoiced yet."""

    cash: Decimal
    rebate: Decimal
    line: Decimal
    committed: Decimal
    rebate_percent: Decimal = REBATE_PERCENT_OF_INVOICE

    @property
    def available(self) -> Decimal:
        """Without the rebate, whose usable part depends on the invoice; a rebate owed back is paid with money."""
        return self.cash + self.line - self.committed + min(self.rebate, Decimal(0))

    def usable_rebate(self, amount: Decimal) -> Decimal:
        share = (amount * self.rebate_percent / 100).quantize(CENT, ROUND_HALF_UP)
        return max(Decimal(0), min(self.rebate, share))

    def missing(self, amount: Decimal) -> Decimal:
        """How much money is lacking for an order of this amount; nothing when it is covered."""
        return max(Decimal(0), amount - self.available - self.usable_rebate(amount))

    def overdrawn(self, invoiced: Decimal) -> Decimal:
        """How much is lacking for what was committed before an invoice of this amount, and for that invoice."""
        return max(Decimal(0), -self.available - self.usable_rebate(self.committed + invoiced))


def credit_of(dealer: Dealer) -> Credit:
    """Lock the dealer's row before deciding by it, so that two orders do not use the same money."""
    found = balances(dealer.pk)
    return Credit(
        cash=found[AccountEntry.Account.CAR],
        rebate=found[AccountEntry.Account.REBATE],
        line=dealer.credit_limit_amount,
        committed=_committed(dealer),
    )


def _committed(dealer: Dealer) -> Decimal:
    """Charged for cars less what was invoiced for cars; both sides take returns and cancellations back."""
    charged = ReceivableEntry.objects.filter(receivable__buyer_dealer=dealer, kind__in=ReceivableEntry.GOODS)
    invoiced = Invoice.objects.filter(order__buyer_dealer=dealer)
    return _sum(charged) - _sum(invoiced)


def _sum(rows: QuerySet) -> Decimal:
    return rows.aggregate(sum=Sum("amount", default=Decimal("0.00")))["sum"]

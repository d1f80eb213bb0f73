"""What stands on the accounts of dealers."""

from decimal import Decimal

from django.db.models import Sum

from dealers.models import AccountEntry


def balance(dealer_id: int, account: str) -> Decimal:
    return balances(dealer_id)[account]


def balances(dealer_id: int) -> dict[str, Decimal]:
    """Each account of a dealer, those without an entry too."""
    sums = AccountEntry.objects.filter(dealer=dealer_id).order_by().values_list("account").annotate(sum=Sum("amount"))
    return dict.fromkeys(AccountEntry.Account.values, Decimal("0.00")) | dict(sums)

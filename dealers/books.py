"""What must always be true of the accounts of dealers."""

from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext_lazy

from core.books import BookCheck, Finding, finding
from dealers.models import AccountEntry, Dealer

MAY_OWE = (AccountEntry.Account.CAR, AccountEntry.Account.REBATE)


def accounts_without_credit() -> Finding:
    """Parts and deposits are never lent; the car account has a credit line, a claw-back may leave a rebate in debt."""
    sums = AccountEntry.objects.order_by().values("account").annotate(sum=Sum("amount"))
    totals = dict(sums.values_list("account", "sum"))
    figures = [(str(account.label), totals.get(account.value, 0)) for account in AccountEntry.Account]
    below = AccountEntry.objects.exclude(account__in=MAY_OWE).filter(dealer=OuterRef("pk"))
    below = below.order_by().values("account").annotate(sum=Sum("amount")).filter(sum__lt=0)
    return finding(figures, Dealer.objects.filter(Exists(below)))


CHECKS = (BookCheck(gettext_lazy("Parts and deposit accounts are not overdrawn"), accounts_without_credit),)

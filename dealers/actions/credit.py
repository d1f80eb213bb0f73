from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.formats import money
from core.numbering import next_number
from core.workflow import log_status
from dealers.approvals import CREDIT_LINE_APPROVAL
from dealers.models import CreditLineChange, Dealer
from users.models import User


@transaction.atomic
def ask_for_credit_line(*, by: User, dealer: Dealer, wanted_amount: Decimal, reason: str) -> CreditLineChange:
    dealer = Dealer.objects.select_for_update(of=("self",)).get(pk=dealer.pk)
    if wanted_amount == dealer.credit_limit_amount:
        raise RuleBroken(
            {
                "wanted_amount": _("The credit line of “%(dealer)s” is %(amount)s yuan already.")
                % {"dealer": dealer, "amount": money(wanted_amount)}
            }
        )
    waiting = CreditLineChange.objects.filter(dealer=dealer, status=CreditLineChange.Status.SUBMITTED).first()
    if waiting:
        raise RuleBroken(
            {
                "dealer": _("%(number)s about “%(dealer)s” is waiting for a decision.")
                % {"number": waiting, "dealer": dealer}
            }
        )
    change = CreditLineChange.objects.create(
        number=next_number("credit_change", prefix="XE", on=timezone.localdate()),
        dealer=dealer,
        former_amount=dealer.credit_limit_amount,
        wanted_amount=wanted_amount,
        reason=reason,
        owner=by,
    )
    log_status(change, by=by, step="submit", before="", after=change.status)
    CREDIT_LINE_APPROVAL.open_case(change, by=by)
    return change


def set_credit_line(change: CreditLineChange) -> None:
    """What a locked, approved request asks for holds from now on."""
    dealer = Dealer.objects.select_for_update(of=("self",)).get(pk=change.dealer_id)
    change.former_amount = dealer.credit_limit_amount
    change.save(update_fields=["former_amount"])
    dealer.credit_limit_amount = change.wanted_amount
    dealer.save(update_fields=["credit_limit_amount"])

"""From accrued to credited: one person reviews, another credits the dealer's rebate account."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from contracts.actions import release_held_orders
from contracts.approvals import REBATE_APPROVAL
from contracts.models import RebateAccrual
from core.errors import StepRefused
from core.workflow import Step, behind
from dealers.actions import post_entry
from dealers.models import AccountEntry

S = RebateAccrual.Status
KIND_OF_ENTRY = {
    RebateAccrual.Kind.EARNED: AccountEntry.Kind.CREDITED,
    RebateAccrual.Kind.CLAWED_BACK: AccountEntry.Kind.CLAWED_BACK,
}


def review(accrual, *, by, note):
    accrual.reviewed_by = by
    accrual.save(update_fields=["reviewed_by"])


def credit(accrual, *, by, note):
    """From now on the dealer may use it, for orders too that wait for it; what is taken back may leave a debt."""
    if by.pk == accrual.reviewed_by_id:
        raise StepRefused(_("You reviewed “%(accrual)s”; somebody else has to credit it.") % {"accrual": accrual})
    post_entry(
        accrual.dealer_id,
        account=AccountEntry.Account.REBATE,
        kind=KIND_OF_ENTRY[accrual.kind],
        amount=accrual.amount,
        on=timezone.localdate(),
        source_key=f"rebate_accrual:{accrual.pk}",
        text=f"{accrual.number} {accrual.policy}",
        by=by,
    )
    if accrual.amount > 0:
        release_held_orders(accrual.dealer, by=by)


_STEPS = (
    Step(
        "review",
        pgettext_lazy("rebate", "Review"),
        frozenset({S.ACCRUED}),
        S.REVIEWED,
        "contracts.review_rebateaccrual",
        review,
    ),
    Step(
        "credit",
        gettext_lazy("Credit"),
        frozenset({S.REVIEWED}),
        S.CREDITED,
        "contracts.credit_rebateaccrual",
        credit,
        tone="success",
    ),
    Step(
        "reject",
        gettext_lazy("Reject"),
        frozenset({S.ACCRUED, S.REVIEWED}),
        S.REJECTED,
        "contracts.review_rebateaccrual",
        needs_note=True,
        tone="danger",
    ),
)
REBATE_STEPS = behind(REBATE_APPROVAL, _STEPS)

"""How lost opportunities and the registrations of key accounts are approved."""

from django.utils.translation import gettext_noop

from customers.models import KeyAccountRegistration, Opportunity
from users.approvals import Approval
from users.snapshots import Shape

LOSS_APPROVAL = Approval(
    "customers.opportunity",
    waiting=Opportunity.Status.LOSING,
    approves=("confirm_loss",),
    returns=("refuse_loss",),
    withdraws="withdraw_loss",
    amount="amount",
    shape=Shape(("customer", "title", "quantity", "amount", "lost_reason", "lost_to")),
    asks=gettext_noop("%(by)s asks to confirm the loss of %(record)s: %(note)s"),
)
REGISTRATION_APPROVAL = Approval(
    "customers.keyaccountregistration",
    waiting=KeyAccountRegistration.Status.SUBMITTED,
    approves=("register",),
    returns=("reject",),
    settles=("arbitrate",),
    withdraws="withdraw",
    shape=Shape(("customer", "project_name", "expected_quantity", "dealer")),
)

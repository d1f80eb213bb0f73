"""The verification of retail sales."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from contracts import actions
from contracts.models import Retail
from core.workflow import Step

V = Retail.Verification


def refute(retail, *, by, note):
    actions.refute_retail(retail, by=by, on=timezone.localdate(), reason=note)


RETAIL_STEPS = (
    Step(
        "confirm",
        gettext_lazy("Genuine"),
        frozenset({V.TO_VERIFY}),
        V.GENUINE,
        "contracts.verify_retail",
        tone="success",
        field="verification",
    ),
    Step(
        "refute",
        gettext_lazy("False report"),
        frozenset({V.TO_VERIFY, V.GENUINE}),
        V.FALSE,
        "contracts.verify_retail",
        refute,
        needs_note=True,
        tone="danger",
        field="verification",
    ),
)

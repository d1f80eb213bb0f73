"""The status diagram of key account registrations."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import StepRefused
from core.locks import hold
from core.workflow import Step, log_status
from customers import rules
from customers.models import KeyAccountRegistration
from customers.rules import is_same_company, plain_name

S = KeyAccountRegistration.Status


def register(registration, *, by, note):
    """Two dealers cannot hold the same project, whichever row of the customer each of them entered."""
    today = timezone.localdate()
    hold("customers.register_project")
    rival = _rival(registration, today)
    if rival:
        raise StepRefused(
            _("The project is already registered as %(number)s and protected until %(day)s.")
            % {"number": rival.number, "day": rival.protected_until}
        )
    _end_expired_twins(registration, by=by)
    registration.protected_until = rules.protection_end(today)
    registration.save(update_fields=["protected_until"])


def _rival(registration, today) -> KeyAccountRegistration | None:
    """The protected registration of the same project of the same company."""
    project = plain_name(registration.project_name)
    protected = KeyAccountRegistration.objects.protected(today).exclude(pk=registration.pk).select_related("customer")
    return next(
        (
            other
            for other in protected.order_by("pk")
            if plain_name(other.project_name) == project and is_same_company(other.customer, registration.customer)
        ),
        None,
    )


def _end_expired_twins(registration, *, by) -> None:
    """What is no longer protected makes way, as the database asks: one registration per customer and project."""
    twins = KeyAccountRegistration.objects.select_for_update(of=("self",)).filter(
        status=S.REGISTERED, customer=registration.customer_id, project_name=registration.project_name
    )
    for twin in twins.exclude(pk=registration.pk):
        twin.status = S.REJECTED
        twin.save(update_fields=["status"])
        log_status(twin, by=by, step="expire", before=S.REGISTERED, after=S.REJECTED, note=registration.number)


REGISTRATION_STEPS = (
    Step(
        "submit", gettext_lazy("Submit"), frozenset({S.DRAFT}), S.SUBMITTED, "customers.submit_keyaccountregistration"
    ),
    Step(
        "register",
        gettext_lazy("Register"),
        frozenset({S.SUBMITTED}),
        S.REGISTERED,
        "customers.register_keyaccountregistration",
        register,
        by_another=True,
        tone="success",
    ),
    Step(
        "reject",
        gettext_lazy("Reject"),
        frozenset({S.SUBMITTED}),
        S.REJECTED,
        "customers.reject_keyaccountregistration",
        needs_note=True,
        by_another=True,
        tone="danger",
    ),
)

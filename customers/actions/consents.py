from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.locks import hold
from customers.models import Consent, ConsentText, Customer
from users.models import User


def add_consent_text(*, by: User, **fields) -> ConsentText:
    return ConsentText.objects.create(**fields)


@transaction.atomic
def record_consent(*, by: User, customer: Customer, text: ConsentText, channel: str, proof: str = "") -> Consent:
    return Consent.objects.create(customer=customer, text=text, channel=channel, proof=proof, by=by)


@transaction.atomic
def withdraw_consent(customer_id: int, purpose: str, *, by: User, channel: str = Consent.Channel.PHONE) -> Consent:
    """As easy as giving it: no reason is asked. It stays on record that it was given before."""
    hold(f"customers.consent.{customer_id}")
    last = Consent.objects.of_customer(customer_id).given(purpose).select_related("text", "customer").first()
    if last is None:
        raise RuleBroken(_("There is no consent for this purpose to take back."))
    return Consent.objects.create(customer=last.customer, text=last.text, is_given=False, channel=channel, by=by)

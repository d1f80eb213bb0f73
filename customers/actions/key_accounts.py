from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.changes import changed
from core.errors import RuleBroken
from core.numbering import next_number
from core.search import search_text
from customers.models import AnnualFrame, Customer, KeyAccountRegistration, PolicyTier, PricePolicy
from users.models import User

NO_PROJECT = gettext_noop("“%(customer)s” is a person. Projects are registered for companies and authorities.")
NO_KEY_ACCOUNT = gettext_noop("“%(customer)s” is a person, no key account.")


@transaction.atomic
def register_project(*, by: User, customer: Customer, project_name: str, **fields) -> KeyAccountRegistration:
    """Enter a project; it is protected once a manager has registered it."""
    _refuse_person(customer, _(NO_PROJECT))
    number = next_number("registration", prefix="BB", on=timezone.localdate())
    return KeyAccountRegistration.objects.create(
        number=number,
        customer=customer,
        project_name=project_name.strip(),
        owner=by,
        unit=by.unit,
        search_text=search_text(project_name, number, customer.name),
        **fields,
    )


@transaction.atomic
def change_registration(registration_id: int, *, by: User, **fields) -> KeyAccountRegistration:
    registration = KeyAccountRegistration.objects.select_for_update(of=("self",)).get(pk=registration_id)
    if registration.status not in KeyAccountRegistration.CHANGEABLE:
        raise RuleBroken(
            _("“%(registration)s” has been submitted and can no longer be changed.") % {"registration": registration}
        )
    if "customer" in fields:
        _refuse_person(fields["customer"], _(NO_PROJECT))
    for name, value in fields.items():
        setattr(registration, name, value)
    registration.search_text = search_text(registration.project_name, registration.number, registration.customer.name)
    registration.save(update_fields=[*fields, "search_text"])
    return registration


@transaction.atomic
def add_price_policy(*, by: User, customer: Customer, lines: list[dict], **fields) -> PricePolicy:
    _refuse_person(customer, _(NO_KEY_ACCOUNT))
    policy = PricePolicy(customer=customer, **fields)
    _refuse_overlap(policy)
    policy.save()
    _write_tiers(policy, lines)
    return policy


@transaction.atomic
def change_price_policy(policy_id: int, *, by: User, lines: list[dict], **fields) -> PricePolicy:
    policy = PricePolicy.objects.select_for_update(of=("self",)).get(pk=policy_id)
    for name, value in fields.items():
        setattr(policy, name, value)
    _refuse_overlap(policy)
    policy.save(update_fields=list(fields))
    policy.tiers.all().delete()
    _write_tiers(policy, lines)
    return policy


@transaction.atomic
def add_annual_frame(*, by: User, customer: Customer, **fields) -> AnnualFrame:
    _refuse_person(customer, _(NO_KEY_ACCOUNT))
    return AnnualFrame.objects.create(customer=customer, **fields)


def change_annual_frame(frame_id: int, *, by: User, **fields) -> AnnualFrame:
    return changed(AnnualFrame, frame_id, fields)


def _refuse_person(customer: Customer, sentence: str) -> None:
    if customer.is_person:
        raise RuleBroken({"customer": sentence % {"customer": customer}})


def _refuse_overlap(policy: PricePolicy) -> None:
    days = {"valid_from__lte": policy.valid_until, "valid_until__gte": policy.valid_from}
    other = PricePolicy.objects.filter(customer=policy.customer_id, **days).exclude(pk=policy.pk).first()
    if other:
        raise RuleBroken(
            {
                "valid_from": _("Another price policy holds from %(first)s to %(last)s. End it before this one begins.")
                % {"first": other.valid_from, "last": other.valid_until}
            }
        )


def _write_tiers(policy: PricePolicy, lines: list[dict]) -> None:
    if len({line["from_quantity"] for line in lines}) < len(lines):
        raise RuleBroken(_("Two tiers begin at the same number of cars. Leave one of them."))
    PolicyTier.objects.bulk_create(PolicyTier(policy=policy, **line) for line in lines)

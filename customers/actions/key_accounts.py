from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.numbering import next_number
from core.search import search_text
from customers.models import Customer, KeyAccountRegistration
from users.models import User


@transaction.atomic
def register_project(*, by: User, customer: Customer, project_name: str, **fields) -> KeyAccountRegistration:
    """Enter a project; it is protected once a manager has registered it."""
    if customer.kind == Customer.Kind.PERSON:
        raise RuleBroken(
            {
                "customer": _("“%(customer)s” is a person. Projects are registered for companies and authorities.")
                % {"customer": customer}
            }
        )
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
    for name, value in fields.items():
        setattr(registration, name, value)
    registration.search_text = search_text(registration.project_name, registration.number, registration.customer.name)
    registration.save(update_fields=[*fields, "search_text"])
    return registration

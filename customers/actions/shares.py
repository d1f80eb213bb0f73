from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken
from core.notices import notify
from customers.models import Customer, CustomerShare
from users.models import User

LONGEST_DAYS = 366


@transaction.atomic
def share_customer(
    customer_id: int, *, by: User, person: User, until: date, access: str = CustomerShare.Access.READ, note: str = ""
) -> CustomerShare:
    """Show a customer to somebody until a day; sharing again replaces what was agreed before."""
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    _refuse_share(customer, person, until)
    now = timezone.now()
    customer.shares.filter(person=person, ended_at=None).update(ended_at=now, ended_by=by)
    share = CustomerShare.objects.create(
        customer=customer, person=person, access=access, until=until, note=note.strip(), shared_by=by
    )
    notify(
        [person.pk],
        gettext_noop("%(by)s shares the customer %(customer)s with you until %(day)s."),
        url=reverse("customers:customer_detail", args=[customer.pk]),
        by=str(by),
        customer=customer.name,
        day=until.isoformat(),
    )
    return share


@transaction.atomic
def end_share(share_id: int, *, by: User) -> CustomerShare:
    """A second click changes nothing."""
    share = CustomerShare.objects.select_for_update(of=("self",)).get(pk=share_id)
    if share.ended_at is None:
        share.ended_at, share.ended_by = timezone.now(), by
        share.save(update_fields=["ended_at", "ended_by"])
    return share


def _refuse_share(customer: Customer, person: User, until: date) -> None:
    today, words = timezone.localdate(), {"person": person, "customer": customer, "days": LONGEST_DAYS}
    if not person.is_active or person.scope_of(Customer) is None:
        raise RuleBroken({"person": _("%(person)s does not work with customers. Choose somebody who does.") % words})
    if person.pk == customer.owner_id:
        raise RuleBroken({"person": _("“%(customer)s” belongs to %(person)s already.") % words})
    if until < today:
        raise RuleBroken({"until": _("This day is past. Choose today or later.")})
    if (until - today).days > LONGEST_DAYS:
        raise RuleBroken({"until": _("A customer is shared for at most %(days)d days.") % words})

"""Where one goes from a record: the customer it led to, the next thing to enter for him."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import (
    Customer,
    CustomerMerge,
    Lead,
    MetCompetitor,
    Opportunity,
)
from users.visibility import reaches

Link = tuple[str, str]


def of_lead(lead: Lead, user) -> Iterator[Link]:
    yield from _customer(lead.customer_id, user)


def of_opportunity(opportunity: Opportunity, user) -> Iterator[Link]:
    yield from _customer(opportunity.customer_id, user)


def of_competitor(met: MetCompetitor, user) -> Iterator[Link]:
    if reaches(user, Opportunity, met.opportunity_id):
        yield _("Open the opportunity"), reverse("customers:opportunity_detail", args=[met.opportunity_id])


def of_customer(customer: Customer, user) -> Iterator[Link]:
    if reaches(user, Customer, customer.pk, "transfer"):
        yield from _deeds(customer, user)
    if not customer.is_person and user.has_perm("customers.add_keyaccountregistration"):
        yield _("Register a project"), f"{reverse('customers:keyaccountregistration_add')}?customer={customer.pk}"


def of_merge(merge: CustomerMerge, user) -> Iterator[Link]:
    yield from _customer(merge.winner_id, user)


def _deeds(customer: Customer, user) -> Iterator[Link]:
    """What the owner and those above him may do; a customer in the pool is assigned from there."""
    if customer.pooled_at:
        yield _("Open in the public pool"), reverse("customers:pooledcustomer_detail", args=[customer.pk])
        return
    yield _("Transfer"), reverse("customers:customer_transfer", args=[customer.pk])
    yield _("Share the customer"), reverse("customers:customer_share", args=[customer.pk])
    yield _("Return to the public pool"), reverse("customers:customer_return", args=[customer.pk])
    if user.has_perm("customers.merge_customer"):
        yield _("Merge"), f"{reverse('customers:customer_merge')}?pk={customer.pk}"


def _customer(key: int | None, user) -> Iterator[Link]:
    """The customer may belong to somebody else than the record that led to him."""
    if reaches(user, Customer, key):
        yield _("Open the customer"), reverse("customers:customer_detail", args=[key])

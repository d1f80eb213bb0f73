"""A lead, the customer it led to, the opportunities that came of it: what belongs together, in the reader's rights."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.models.attachments import visible_records
from customers.models import Customer, Lead, Opportunity

MOST = 100


@dataclass(frozen=True)
class Chain:
    """``opened`` is the record whose page is read."""

    opened: models.Model
    leads: list[Lead]
    customer: Customer | None
    opportunities: list[Opportunity]

    @property
    def records(self) -> list[models.Model]:
        return [*self.leads, *([self.customer] if self.customer else []), *self.opportunities]

    @property
    def open_records(self) -> list[models.Model]:
        """Those whose own page the reader may open."""
        return [record for record in self.records if getattr(record, "is_open_to_reader", True)]

    @property
    def others(self) -> list[models.Model]:
        return [record for record in self.records if record != self.opened]

    def contacts(self) -> Q:
        """About the customer those contacts alone that concern no other lead and no other opportunity."""
        about = Q(lead__in=self.leads) | Q(opportunity__in=self.opportunities)
        if self.customer:
            ours = Q(opportunity=None) | Q(opportunity__in=self.opportunities)
            about |= Q(customer=self.customer) & ours & (Q(lead=None) | Q(lead__in=self.leads))
        return about & (Q(opportunity=None) | Q(opportunity__in=self.opportunities))


def of_lead(lead: Lead, user) -> Chain:
    return Chain(lead, [lead], _first(Customer, user, pk=lead.customer_id), _some(Opportunity, user, lead=lead))


def of_opportunity(opportunity: Opportunity, user) -> Chain:
    customer = _first(Customer, user, pk=opportunity.customer_id)
    leads = _some(Lead, user, pk=opportunity.lead_id) if customer is None else _leads(user, pk=opportunity.lead_id)
    return Chain(opportunity, leads, customer, [opportunity])


def of_customer(customer: Customer, user) -> Chain:
    """Whoever has the customer reads how he came, by all his leads; opportunities keep their rights."""
    leads = _leads(user, customer=customer)
    return Chain(customer, leads, customer, _some(Opportunity, user, customer=customer))


def _leads(user, **condition) -> list[Lead]:
    """``is_open_to_reader`` tells those apart whose own page and files he may open as well."""
    if not user.has_perm("customers.view_lead"):
        return []
    own = Lead.objects.visible_to(user).filter(pk=OuterRef("pk"))
    leads = Lead.objects.filter(binned_at=None, **condition).annotate(is_open_to_reader=Exists(own))
    return list(leads.select_related("recorded_by").order_by("-pk")[:MOST])


def _some(model: type[models.Model], user, **condition) -> list:
    rows = visible_records(model, user) if None not in condition.values() else None
    return list(rows.filter(**condition).order_by("-pk")[:MOST]) if rows is not None else []


def _first(model: type[models.Model], user, **condition):
    return next(iter(_some(model, user, **condition)), None)

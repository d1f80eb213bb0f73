"""A lead, the customer it led to, the opportunities that came of it: what belongs together, in the reader's rights."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

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
    leads = _some(Lead, user, pk=opportunity.lead_id) if customer is None else _leads_of(opportunity.lead_id)
    return Chain(opportunity, leads, customer, [opportunity])


def of_customer(customer: Customer, user) -> Chain:
    """Whoever has the customer reads how he came, by all his leads; opportunities keep their rights."""
    leads = list(Lead.objects.filter(customer=customer, binned_at=None).order_by("-pk")[:MOST])
    return Chain(customer, leads, customer, _some(Opportunity, user, customer=customer))


def _leads_of(key: int | None) -> list[Lead]:
    return list(Lead.objects.filter(pk=key, binned_at=None)) if key else []


def _some(model: type[models.Model], user, **condition) -> list:
    rows = visible_records(model, user) if None not in condition.values() else None
    return list(rows.filter(**condition).order_by("-pk")[:MOST]) if rows is not None else []


def _first(model: type[models.Model], user, **condition):
    return next(iter(_some(model, user, **condition)), None)

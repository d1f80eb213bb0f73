from customers.models.activities import ContactRecord, TimelineEntry
from customers.models.contacts import Contact
from customers.models.customers import Customer, PurchaseRecord
from customers.models.key_accounts import KeyAccountRegistration
from customers.models.leads import Lead, Source
from customers.models.opportunities import MetCompetitor, Opportunity, OpportunityLine, StageChange
from customers.models.pipelines import Pipeline, Stage

__all__ = [
    "Contact",
    "ContactRecord",
    "Customer",
    "KeyAccountRegistration",
    "Lead",
    "MetCompetitor",
    "Opportunity",
    "OpportunityLine",
    "Pipeline",
    "PurchaseRecord",
    "Source",
    "Stage",
    "StageChange",
    "TimelineEntry",
]

from customers.models.activities import ContactRecord, TimelineEntry
from customers.models.consents import Consent, ConsentText, Purpose
from customers.models.contacts import Contact
from customers.models.customers import Customer, PurchaseRecord
from customers.models.key_accounts import (
    AnnualFrame,
    Arbitration,
    KeyAccountRegistration,
    PolicyTier,
    PricePolicy,
)
from customers.models.lead_settings import Absence, AssignmentRule, IntentLevelRule, LeadPolicy, ScoreRule
from customers.models.leads import IntentLevel, Lead, Source
from customers.models.merges import CustomerMerge
from customers.models.opportunities import MetCompetitor, Opportunity, OpportunityLine, StageChange
from customers.models.pipelines import Pipeline, Stage
from customers.models.pool import ClaimLimit, LeavingCustomer, PooledCustomer, PoolRule
from customers.models.shares import CustomerShare
from customers.models.transfers import OwnerChange
from customers.models.walk_ins import WalkIns

__all__ = [
    "Absence",
    "AnnualFrame",
    "Arbitration",
    "AssignmentRule",
    "ClaimLimit",
    "Consent",
    "ConsentText",
    "Contact",
    "ContactRecord",
    "Customer",
    "CustomerMerge",
    "CustomerShare",
    "IntentLevel",
    "IntentLevelRule",
    "KeyAccountRegistration",
    "Lead",
    "LeadPolicy",
    "LeavingCustomer",
    "MetCompetitor",
    "Opportunity",
    "OpportunityLine",
    "OwnerChange",
    "Pipeline",
    "PolicyTier",
    "PoolRule",
    "PooledCustomer",
    "PricePolicy",
    "PurchaseRecord",
    "Purpose",
    "ScoreRule",
    "Source",
    "Stage",
    "StageChange",
    "TimelineEntry",
    "WalkIns",
]

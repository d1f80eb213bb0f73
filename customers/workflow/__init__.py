"""The status diagrams of leads, opportunities, key account registrations and merges of customers."""

from customers.workflow.key_accounts import REGISTRATION_STEPS
from customers.workflow.leads import ASSIGN, ASSIGN_BY_RULES, LEAD_STEPS
from customers.workflow.merges import MERGE_STEPS
from customers.workflow.opportunities import OPPORTUNITY_STEPS

__all__ = ["ASSIGN", "ASSIGN_BY_RULES", "LEAD_STEPS", "MERGE_STEPS", "OPPORTUNITY_STEPS", "REGISTRATION_STEPS"]

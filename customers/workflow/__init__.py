"""The status diagrams of leads, opportunities, key account registrations, merges of customers and absences."""

from customers.workflow.absences import ABSENCE_STEPS
from customers.workflow.key_accounts import REGISTRATION_STEPS
from customers.workflow.leads import ASSIGN, ASSIGN_BY_RULES, LEAD_STEPS
from customers.workflow.merges import MERGE_STEPS
from customers.workflow.opportunities import OPPORTUNITY_STEPS

__all__ = [
    "ABSENCE_STEPS",
    "ASSIGN",
    "ASSIGN_BY_RULES",
    "LEAD_STEPS",
    "MERGE_STEPS",
    "OPPORTUNITY_STEPS",
    "REGISTRATION_STEPS",
]

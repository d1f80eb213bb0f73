from marketing.actions.campaigns import add_campaign, add_campaign_lead, change_campaign
from marketing.actions.expenses import add_expense, change_expense

__all__ = ["add_campaign", "add_campaign_lead", "add_expense", "change_campaign", "change_expense"]

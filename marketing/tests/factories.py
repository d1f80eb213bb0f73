"""Campaigns for tests, with chosen values."""

from datetime import date
from decimal import Decimal
from itertools import count

from customers.tests.factories import make_lead
from marketing import actions
from marketing.models import Campaign, CampaignLead, Expense
from users.models import Unit, User
from users.tests.factories import make_user

serial = count(1)


def make_campaign(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Campaign:
    by = owner or make_user(unit=unit)
    values = {
        "name": f"哈尔滨春季车展{next(serial)}",
        "kind": Campaign.Kind.EXHIBITION,
        "starts_on": date(2026, 4, 10),
        "ends_on": date(2026, 4, 16),
        "budget_amount": Decimal("150000.00"),
        "status": Campaign.Status.RUNNING,
    }
    return actions.add_campaign(by=by, owner=by, unit=unit or by.unit, **values | fields)


def make_campaignlead(*, unit: Unit | None = None, owner: User | None = None, **fields) -> CampaignLead:
    campaign = fields.pop("campaign", None) or make_campaign(unit=unit, owner=owner)
    lead = fields.pop("lead", None) or make_lead(unit=unit, owner=owner)
    return actions.add_campaign_lead(by=owner, campaign=campaign, lead=lead)


def make_expense(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Expense:
    campaign = fields.pop("campaign", None) or make_campaign(unit=unit, owner=owner)
    values = {"kind": Expense.Kind.VENUE, "amount": Decimal("120000.00"), "spent_on": date(2026, 4, 10)}
    return actions.add_expense(by=owner, campaign=campaign, **values | fields)

from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from marketing import queries
from marketing.models import Campaign, CampaignLead, Expense

SEE_COSTS = "marketing.view_expense"
CAMPAIGNS = Table(
    Campaign,
    (
        Column("name", link=True),
        Column("number"),
        Column("kind", kind="choice"),
        Column("status", kind="status"),
        Column("starts_on", kind="date"),
        Column("ends_on", kind="date"),
        Column("place"),
        Column("budget_amount", kind="money", total=True),
        Column(
            "cost", label=_("Cost (yuan)"), kind="money", expression=queries.cost(), permission=SEE_COSTS, total=True
        ),
        Column("lead_count", label=_("Leads"), kind="number", expression=queries.lead_count(), total=True),
        Column(
            "converted_count",
            label=_("Converted"),
            kind="number",
            expression=queries.lead_count(queries.CONVERTED),
            shown=False,
            total=True,
        ),
        Column("won_count", label=_("Won"), kind="number", expression=queries.lead_count(queries.WON), total=True),
        Column(
            "cost_per_lead",
            label=_("Cost per lead (yuan)"),
            kind="money",
            expression=queries.cost_per_lead(),
            permission=SEE_COSTS,
        ),
        Column("owner__name"),
        Column("unit__name", shown=False),
    ),
    order=("-starts_on", "-pk"),
)
CAMPAIGN_LEADS = Table(
    CampaignLead,
    (
        Column("lead__name", link=True),
        Column("campaign__name"),
        Column("lead__status", label=_("Status"), kind="status"),
        Column("lead__city", label=_("City")),
        Column("lead__owner__name", label=_("Owner")),
        Column("added_by__name", shown=False),
        Column("added_at", kind="datetime"),
    ),
)
EXPENSES = Table(
    Expense,
    (
        Column("spent_on", kind="date", link=True),
        Column("campaign__name"),
        Column("kind", kind="choice"),
        Column("amount", kind="money", total=True),
        Column("note"),
        Column("recorded_by__name", shown=False),
    ),
    order=("-spent_on", "-pk"),
)

from django.urls import reverse

from core.pages import Pages, Panel
from marketing import actions, filters, forms, tables, workflow
from marketing.models import CampaignLead, Expense

CAMPAIGNS = Pages(
    table=tables.CAMPAIGNS,
    filters=filters.CampaignFilter,
    form=forms.CampaignForm,
    create=actions.add_campaign,
    update=actions.change_campaign,
    steps=workflow.CAMPAIGN_STEPS,
    key_figures=("budget_amount", "cost", "lead_count", "cost_per_lead", "won_count"),
    panels=(
        Panel(
            CampaignLead._meta.verbose_name_plural,
            tables.CAMPAIGN_LEADS,
            lambda campaign, user: CampaignLead.objects.visible_to(user).filter(campaign=campaign),
            "marketing:campaignlead_detail",
            add_url=lambda campaign, user: f"{reverse('marketing:campaignlead_add')}?campaign={campaign.pk}",
        ),
        Panel(
            Expense._meta.verbose_name_plural,
            tables.EXPENSES,
            lambda campaign, user: Expense.objects.visible_to(user).filter(campaign=campaign),
            "marketing:expense_detail",
            add_url=lambda campaign, user: f"{reverse('marketing:expense_add')}?campaign={campaign.pk}",
        ),
    ),
)
CAMPAIGN_LEADS = Pages(
    table=tables.CAMPAIGN_LEADS,
    filters=filters.CampaignLeadFilter,
    form=forms.CampaignLeadForm,
    create=actions.add_campaign_lead,
)
EXPENSES = Pages(
    table=tables.EXPENSES,
    filters=filters.ExpenseFilter,
    form=forms.ExpenseForm,
    create=actions.add_expense,
    update=actions.change_expense,
)

PAGES = (CAMPAIGNS, CAMPAIGN_LEADS, EXPENSES)

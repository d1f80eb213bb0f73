from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import RuleBroken, StepRefused
from core.workflow import take
from customers.models import Lead, Opportunity
from customers.tests.factories import make_customer, make_lead, make_opportunity
from marketing import actions, queries, rules, workflow
from marketing.models import Campaign, CampaignLead, Expense
from marketing.tests.factories import make_campaign, make_campaignlead, make_expense

pytestmark = pytest.mark.django_db
S = Campaign.Status
STEPS = {step.name: step for step in workflow.CAMPAIGN_STEPS}


def test_key_figures_of_the_trade():
    assert rules.cost_per(Decimal("120000"), 400) == Decimal("300.00")
    assert rules.cost_per(Decimal("120000"), 25) == Decimal("4800.00")
    assert rules.cost_per(Decimal("100"), 3) == Decimal("33.33")
    assert rules.cost_per(Decimal("120000"), 0) is None
    assert rules.return_on_investment(Decimal("300000"), Decimal("120000")) == Decimal("1.5")
    assert rules.return_on_investment(Decimal("300000"), Decimal("0")) is None


def test_figures_of_campaigns_add_up_in_one_query(manager, django_assert_num_queries):
    campaign, quiet = make_campaign(owner=manager), make_campaign(owner=manager)
    for amount in ("800.00", "400.50"):
        make_expense(campaign=campaign, owner=manager, amount=Decimal(amount))
    leads = [make_lead(owner=manager) for _number in range(4)]
    for lead in leads:
        make_campaignlead(campaign=campaign, lead=lead, owner=manager)
    customer = make_customer(owner=manager)
    for lead, status in ((leads[0], Opportunity.Status.WON), (leads[1], Opportunity.Status.OPEN)):
        make_opportunity(customer=customer, lead=lead, quantity=3)
        Opportunity.objects.filter(lead=lead).update(status=status)
        Lead.objects.filter(pk=lead.pk).update(status=Lead.Status.CONVERTED, customer=customer)
    with django_assert_num_queries(1):
        figures = queries.figures_of([campaign.pk, quiet.pk])
    assert figures[campaign.pk] == queries.CampaignFigures(Decimal("1200.50"), 4, 2, 1, 3)
    assert figures[campaign.pk].cost_per_lead == Decimal("300.13")
    assert figures[campaign.pk].cost_per_car == Decimal("400.17")
    assert figures[quiet.pk] == queries.CampaignFigures(Decimal("0"), 0, 0, 0, 0)
    assert figures[quiet.pk].cost_per_lead is None


def test_the_list_shows_the_same_figures(client, manager):
    campaign = make_campaign(owner=manager)
    make_expense(campaign=campaign, owner=manager, amount=Decimal("900.00"))
    for _number in range(3):
        make_campaignlead(campaign=campaign, owner=manager)
    client.force_login(manager)
    (row,) = client.get(reverse("marketing:campaign_list")).context["rows"]
    shown = {cell.column.name: cell.value for cell in row.cells}
    assert (shown["cost"], shown["lead_count"], shown["cost_per_lead"]) == (Decimal("900"), 3, Decimal("300"))


def test_a_campaign_is_entered_started_and_finished(client, manager):
    client.force_login(manager)
    form = {"name": "路宝下乡巡展", "kind": "roadshow", "starts_on": "2026-05-01", "ends_on": "2026-05-07"}
    response = client.post(reverse("marketing:campaign_add"), form | {"budget_amount": "80000"})
    campaign = Campaign.objects.get()
    assert response.headers["Location"] == reverse("marketing:campaign_detail", args=[campaign.pk])
    assert (campaign.status, campaign.owner, campaign.unit) == (S.PLANNED, manager, manager.unit)
    for step, status in (("start", S.RUNNING), ("finish", S.FINISHED)):
        client.post(reverse("marketing:campaign_step", args=[campaign.pk, step]))
        campaign.refresh_from_db()
        assert campaign.status == status
    with pytest.raises(RuleBroken):
        actions.change_campaign(campaign.pk, by=manager, name="改名")


def test_days_in_the_wrong_order_are_answered_on_the_form(client, manager):
    client.force_login(manager)
    form = {"name": "车展", "kind": "exhibition", "starts_on": "2026-05-07", "ends_on": "2026-05-01"}
    response = client.post(reverse("marketing:campaign_add"), form | {"budget_amount": "1"})
    assert response.status_code == 200 and response.context["form"].errors
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("status", "open_steps"), [(S.PLANNED, {"start"}), (S.RUNNING, {"finish"}), (S.FINISHED, set())]
)
def test_each_status_opens_its_steps_and_refuses_the_others(director, status, open_steps):
    campaign = make_campaign(status=status)
    assert {name for name, step in STEPS.items() if step.is_open(campaign)} == open_steps
    for name in STEPS.keys() - open_steps:
        with pytest.raises(StepRefused):
            take(STEPS[name], campaign.pk, Campaign, by=director)


def test_a_lead_is_added_to_a_running_campaign_once(client, manager):
    campaign, lead = make_campaign(owner=manager), make_lead(owner=manager)
    client.force_login(manager)
    page = client.get(reverse("marketing:campaign_detail", args=[campaign.pk])).content.decode()
    assert f"{reverse('marketing:campaignlead_add')}?campaign={campaign.pk}" in page
    form = {"campaign": campaign.pk, "lead": lead.pk}
    assert client.post(reverse("marketing:campaignlead_add"), form).status_code == 302
    again = client.post(reverse("marketing:campaignlead_add"), form)
    assert again.status_code == 200 and again.context["form"].errors
    assert CampaignLead.objects.count() == 1
    assert lead.name in client.get(reverse("marketing:campaign_detail", args=[campaign.pk])).content.decode()


def test_a_planned_campaign_has_no_leads_yet(manager):
    campaign = make_campaign(owner=manager, status=S.PLANNED)
    with pytest.raises(RuleBroken):
        actions.add_campaign_lead(by=manager, campaign=campaign, lead=make_lead(owner=manager))


def test_leads_of_strangers_are_not_offered(client, manager, manager2):
    campaign, strange = make_campaign(owner=manager), make_lead(owner=manager2)
    client.force_login(manager)
    form = {"campaign": campaign.pk, "lead": strange.pk}
    response = client.post(reverse("marketing:campaignlead_add"), form)
    assert "lead" in response.context["form"].errors


def test_salesman_sees_the_campaign_and_not_what_it_cost(client, manager, sales1):
    campaign = make_campaign(owner=manager)
    make_expense(campaign=campaign, owner=manager, amount=Decimal("98765.00"))
    client.force_login(sales1)
    for address in (reverse("marketing:campaign_list"), reverse("marketing:campaign_detail", args=[campaign.pk])):
        page = client.get(address).content.decode()
        assert campaign.name in page and "98,765.00" not in page
    assert client.get(reverse("marketing:expense_list")).status_code == 403


@pytest.mark.parametrize("amount", ["0", "-5", ""])
def test_an_expense_is_more_than_nothing(client, manager, amount):
    campaign = make_campaign(owner=manager)
    client.force_login(manager)
    form = {"campaign": campaign.pk, "kind": "media", "amount": amount, "spent_on": "2026-04-10"}
    response = client.post(reverse("marketing:expense_add"), form)
    assert response.status_code == 200 and "amount" in response.context["form"].errors
    with pytest.raises(IntegrityError), transaction.atomic():
        Expense.objects.create(campaign=campaign, kind="media", amount=0, spent_on=date(2026, 4, 10))

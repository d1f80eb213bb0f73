from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.bulk import BulkAction, editing, stepping
from core.pages import Pages, Panel, QuickLink
from core.targets import name_of
from customers import (
    actions,
    consents,
    filters,
    forms,
    key_account_filters,
    key_account_forms,
    lead_settings,
    links,
    ownership_filters,
    ownership_forms,
    tables,
    timeline,
    workflow,
)
from customers.models import (
    Arbitration,
    Contact,
    CustomerShare,
    Lead,
    MetCompetitor,
    Opportunity,
    OpportunityLine,
    PricePolicy,
    PurchaseRecord,
    Stage,
    StageChange,
)
from users.models import Task
from users.tables import TASKS as TASK_TABLE


class LinkedPages(Pages):
    """Rows that are customers seen from another side: a click opens the customer's own page."""

    def record_url_pattern(self) -> str:
        return reverse("customers:customer_detail", args=[0])


def line_values(opportunity: Opportunity) -> list[dict]:
    return list(opportunity.lines.values("series", "configuration", "quantity", "unit_price_amount"))


def tier_values(policy: PricePolicy) -> list[dict]:
    return list(policy.tiers.values("from_quantity", "discount_percent"))


def quick_log(name: str) -> QuickLink:
    pattern = partial(reverse, "customers:log_contact", args=[name, 0])
    return QuickLink(_("Log a contact"), "phone-call", "customers.add_contactrecord", pattern)


TASKS = Panel(
    Task._meta.verbose_name_plural,
    TASK_TABLE,
    lambda record, user: Task.objects.visible_to(user).open().about(record),
    "users:task_detail",
    add_url=lambda record, user: f"{reverse('users:task_add')}?about={name_of(record)}",
)
LEADS = Pages(
    table=tables.LEADS,
    filters=filters.LeadFilter,
    form=forms.LeadForm,
    create=actions.record_lead,
    update=actions.change_lead,
    steps=workflow.LEAD_STEPS,
    bulk=(
        stepping(workflow.ASSIGN, Lead),
        stepping(workflow.ASSIGN_BY_RULES, Lead),
        editing(forms.LeadForm, actions.change_lead, ("intent_level", "source", "series", "next_contact_on")),
    ),
    key_figures=("phone", "intent_level", "score", "next_contact_on", "owner__name"),
    quick=quick_log("lead"),
    timeline=timeline.of_lead,
    links=links.of_lead,
    panels=(TASKS,),
)
CUSTOMERS = Pages(
    table=tables.CUSTOMERS,
    filters=filters.CustomerFilter,
    form=forms.CustomerForm,
    create=actions.add_customer,
    update=actions.change_customer,
    key_figures=("phone", "kind", "owner__name", "last_contact_at"),
    quick=quick_log("customer"),
    timeline=timeline.of_customer,
    links=links.of_customer,
    bulk=(
        BulkAction(
            "transfer",
            _("Transfer"),
            "customers.transfer_customer",
            actions.transfer_customers,
            ownership_forms.TransferForm,
            icon="arrows-exchange",
        ),
        BulkAction(
            "return",
            _("Return to the public pool"),
            "customers.return_customer",
            actions.return_customers,
            ownership_forms.ReturnForm,
            icon="recycle",
        ),
        BulkAction("merge", _("Merge"), "customers.merge_customer", page="customers:customer_merge", icon="copy"),
        editing(forms.CustomerForm, actions.change_customer, ("kind", "industry")),
    ),
    panels=(
        TASKS,
        Panel(
            Opportunity._meta.verbose_name_plural,
            tables.OPPORTUNITIES,
            lambda customer, user: Opportunity.objects.visible_to(user).filter(customer=customer),
            "customers:opportunity_detail",
            add_url=lambda customer, user: f"{reverse('customers:opportunity_add')}?customer={customer.pk}",
        ),
        Panel(
            PurchaseRecord._meta.verbose_name_plural,
            tables.PURCHASES,
            lambda customer, user: PurchaseRecord.objects.visible_to(user).of_customer(customer.pk),
        ),
        Panel(
            Contact._meta.verbose_name_plural,
            tables.CONTACTS,
            lambda customer, user: Contact.objects.visible_to(user).filter(customer=customer),
            "customers:contact_detail",
            add_url=lambda customer, user: f"{reverse('customers:contact_add')}?customer={customer.pk}",
        ),
        Panel(
            CustomerShare._meta.verbose_name_plural,
            tables.SHARES,
            lambda customer, user: CustomerShare.objects.visible_to(user).filter(customer=customer, ended_at=None),
            "customers:customershare_detail",
        ),
    ),
)
CONTACTS = Pages(
    table=tables.CONTACTS,
    filters=filters.ContactFilter,
    form=forms.ContactForm,
    create=actions.add_contact,
    update=actions.change_contact,
)
OPPORTUNITIES = Pages(
    table=tables.OPPORTUNITIES,
    filters=filters.OpportunityFilter,
    form=forms.OpportunityForm,
    create=actions.add_opportunity,
    update=actions.change_opportunity,
    lines=forms.OPPORTUNITY_LINES,
    lines_initial=line_values,
    steps=workflow.OPPORTUNITY_STEPS,
    bulk=(editing(forms.OpportunityForm, actions.change_opportunity, ("series", "expected_close_on")),),
    quick=quick_log("opportunity"),
    timeline=timeline.of_opportunity,
    links=links.of_opportunity,
    key_figures=("amount", "probability", "expected_close_on", "owner__name"),
    panels=(
        TASKS,
        Panel(
            OpportunityLine._meta.verbose_name_plural,
            tables.LINES,
            lambda opportunity, user: OpportunityLine.objects.visible_to(user).filter(opportunity=opportunity),
        ),
        Panel(
            MetCompetitor._meta.verbose_name_plural,
            tables.COMPETITORS,
            lambda opportunity, user: MetCompetitor.objects.visible_to(user).filter(opportunity=opportunity),
            "customers:metcompetitor_detail",
            add_url=lambda opportunity, user: f"{reverse('customers:metcompetitor_add')}?opportunity={opportunity.pk}",
        ),
        Panel(
            StageChange._meta.verbose_name_plural,
            tables.STAGE_CHANGES,
            lambda opportunity, user: StageChange.objects.visible_to(user).filter(opportunity=opportunity),
        ),
    ),
)
COMPETITORS = Pages(
    table=tables.COMPETITORS,
    filters=filters.MetCompetitorFilter,
    form=forms.MetCompetitorForm,
    create=actions.add_competitor,
    update=actions.change_competitor,
    links=links.of_competitor,
)
WALK_INS = Pages(
    table=tables.WALK_INS,
    filters=filters.WalkInsFilter,
    form=forms.WalkInsForm,
    create=actions.count_walk_ins,
    update=actions.change_walk_ins,
)
PIPELINES = Pages(
    table=tables.PIPELINES,
    filters=filters.PipelineFilter,
    form=forms.PipelineForm,
    create=actions.add_pipeline,
    update=actions.change_pipeline,
    panels=(
        Panel(
            Stage._meta.verbose_name_plural,
            tables.STAGES,
            lambda pipeline, user: Stage.objects.visible_to(user).filter(pipeline=pipeline),
            "customers:stage_detail",
            add_url=lambda pipeline, user: f"{reverse('customers:stage_add')}?pipeline={pipeline.pk}",
        ),
    ),
)
STAGES = Pages(
    table=tables.STAGES,
    filters=filters.StageFilter,
    form=forms.StageForm,
    create=actions.add_stage,
    update=actions.change_stage,
)
CONTACT_RECORDS = Pages(
    table=tables.CONTACT_RECORDS,
    filters=filters.ContactRecordFilter,
    form=forms.ContactRecordForm,
    create=actions.record_contact,
)
REGISTRATIONS = Pages(
    table=tables.REGISTRATIONS,
    filters=filters.RegistrationFilter,
    form=key_account_forms.RegistrationForm,
    create=actions.register_project,
    update=actions.change_registration,
    steps=workflow.REGISTRATION_STEPS,
    key_figures=("expected_quantity", "protected_until"),
    panels=(
        Panel(
            Arbitration._meta.verbose_name_plural,
            tables.ARBITRATIONS,
            lambda claim, user: Arbitration.objects.visible_to(user).filter(Q(winner=claim) | Q(loser=claim)),
        ),
    ),
)
ARBITRATIONS = Pages(table=tables.ARBITRATIONS, filters=key_account_filters.ArbitrationFilter, only=frozenset({"list"}))
PRICE_POLICIES = Pages(
    table=tables.PRICE_POLICIES,
    filters=key_account_filters.PricePolicyFilter,
    form=key_account_forms.PricePolicyForm,
    create=actions.add_price_policy,
    update=actions.change_price_policy,
    lines=key_account_forms.POLICY_TIERS,
    lines_initial=tier_values,
    key_figures=("discount_percent", "valid_until"),
)
ANNUAL_FRAMES = Pages(
    table=tables.ANNUAL_FRAMES,
    filters=key_account_filters.AnnualFrameFilter,
    form=key_account_forms.AnnualFrameForm,
    create=actions.add_annual_frame,
    update=actions.change_annual_frame,
    key_figures=("agreed_count", "agreed_amount", "valid_until"),
)
PURCHASES = Pages(table=tables.PURCHASES, filters=filters.PurchaseRecordFilter, only=frozenset({"list"}))
SOURCES = Pages(
    table=tables.SOURCES,
    filters=filters.SourceFilter,
    form=forms.SourceForm,
    create=actions.add_source,
    update=actions.change_source,
)

SHARES = Pages(table=tables.SHARES, filters=ownership_filters.CustomerShareFilter, only=frozenset({"list", "detail"}))
MERGES = Pages(
    table=tables.MERGES,
    filters=ownership_filters.CustomerMergeFilter,
    steps=workflow.MERGE_STEPS,
    links=links.of_merge,
    only=frozenset({"list", "detail"}),
)
POOL = Pages(
    table=tables.POOL,
    filters=ownership_filters.PooledCustomerFilter,
    key_figures=("phone", "level", "previous", "ground", "pooled_at"),
    bulk=(
        BulkAction(
            "claim",
            _("Claim the customer"),
            "customers.claim_pooledcustomer",
            actions.claim_customers,
            icon="user-plus",
        ),
        BulkAction(
            "assign",
            _("Assign"),
            "customers.assign_pooledcustomer",
            actions.assign_pooled_customers,
            ownership_forms.AssignPooledForm,
            icon="user-check",
        ),
    ),
    only=frozenset({"list", "detail"}),
)
LEAVING = LinkedPages(table=tables.LEAVING, filters=ownership_filters.LeavingCustomerFilter, only=frozenset({"list"}))
POOL_RULES = Pages(
    table=tables.POOL_RULES,
    filters=ownership_filters.PoolRuleFilter,
    form=ownership_forms.PoolRuleForm,
    create=actions.add_pool_rule,
    update=actions.change_pool_rule,
)
CLAIM_LIMITS = Pages(
    table=tables.CLAIM_LIMITS,
    filters=ownership_filters.ClaimLimitFilter,
    form=ownership_forms.ClaimLimitForm,
    create=actions.add_claim_limit,
    update=actions.change_claim_limit,
)

PAGES = (
    LEADS,
    CUSTOMERS,
    CONTACTS,
    OPPORTUNITIES,
    COMPETITORS,
    WALK_INS,
    PIPELINES,
    STAGES,
    CONTACT_RECORDS,
    REGISTRATIONS,
    ARBITRATIONS,
    PRICE_POLICIES,
    ANNUAL_FRAMES,
    PURCHASES,
    SOURCES,
    *lead_settings.PAGES,
    SHARES,
    MERGES,
    POOL,
    LEAVING,
    POOL_RULES,
    CLAIM_LIMITS,
    *consents.PAGES,
)

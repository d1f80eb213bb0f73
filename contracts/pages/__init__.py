from django.db.models import Model, Q

from contracts import links, tables
from contracts.models import Order, Quotation, RebateAccrual
from contracts.pages.amendments import AMENDMENTS
from contracts.pages.money import INSTALMENTS, RECEIPTS, RECEIVABLES, REFUNDS, SETTLEMENTS
from contracts.pages.offers import CONTRACT_SEALS, CONTRACTS, DISCOUNT_LIMITS, PAPER_TERMS, QUOTATIONS
from contracts.pages.order_versions import ORDER_VERSIONS
from contracts.pages.orders import ALLOCATIONS, DELIVERIES, INVOICES, ORDERS, ORDERS_PANEL, RETAILS
from contracts.pages.prices import PRICE_CONDITIONS
from contracts.pages.proposals import ALLOCATION_PROPOSALS, PROPOSED_CARS
from contracts.pages.rebates import REBATE_ACCRUALS, REBATE_BASIS, REBATES_PANEL
from core.pages import Panel
from customers.models import Customer, Opportunity
from dealers.models import RebatePolicy


def of_customer(customer: Customer) -> Q:
    """Whether he is the end user or buys without a dealer."""
    return Q(customer=customer) | Q(buyer_customer=customer)


QUOTATIONS_TAB = (Quotation._meta.verbose_name_plural, tables.QUOTATIONS)


RECORD_TABS: dict[type[Model], tuple[Panel, ...]] = {
    Customer: (
        Panel(
            *QUOTATIONS_TAB,
            lambda customer, user: Quotation.objects.visible_to(user).filter(customer=customer),
            "contracts:quotation_detail",
            add_url=lambda customer, user: links.quotation_form(customer=customer.pk),
        ),
        Panel(
            *ORDERS_PANEL,
            lambda customer, user: Order.objects.visible_to(user).filter(of_customer(customer)),
            "contracts:order_detail",
        ),
    ),
    Opportunity: (
        Panel(
            *QUOTATIONS_TAB,
            lambda opportunity, user: Quotation.objects.visible_to(user).filter(opportunity=opportunity),
            "contracts:quotation_detail",
            add_url=lambda opportunity, user: links.quotation_form(
                customer=opportunity.customer_id, opportunity=opportunity.pk
            ),
        ),
    ),
    RebatePolicy: (
        Panel(
            *REBATES_PANEL,
            lambda policy, user: RebateAccrual.objects.visible_to(user).filter(policy=policy),
            "contracts:rebateaccrual_detail",
        ),
    ),
}


PAGES = (
    QUOTATIONS,
    DISCOUNT_LIMITS,
    PAPER_TERMS,
    PRICE_CONDITIONS,
    CONTRACTS,
    CONTRACT_SEALS,
    AMENDMENTS,
    ORDERS,
    ORDER_VERSIONS,
    ALLOCATION_PROPOSALS,
    PROPOSED_CARS,
    ALLOCATIONS,
    INVOICES,
    DELIVERIES,
    RETAILS,
    RECEIVABLES,
    INSTALMENTS,
    RECEIPTS,
    SETTLEMENTS,
    REFUNDS,
    REBATE_ACCRUALS,
    REBATE_BASIS,
)

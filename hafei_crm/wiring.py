"""What needs every app, listed plainly and handed to the mechanisms from here."""

from aftersales import pages as aftersales
from aftersales.models import Claim, ServiceRequest
from analytics import pages as analytics
from analytics.imports import SALES_HISTORY
from analytics.models import TrendScheme
from contracts import books as contract_books
from contracts import pages as contracts
from contracts import rebate_books
from contracts.models import Contract, Order, Quotation
from core import administration
from core.bin import Checks, undo_binning
from core.bulk import undo_editing
from core.pages import Panel
from core.undo import Handler
from customers import imports as customer_imports
from customers import pages as customers
from customers.actions import (
    check_returning_customer,
    check_returning_lead,
    hand_over_customers,
    undo_move,
    undo_transfer,
)
from customers.agenda import next_contacts
from customers.models import Customer, KeyAccountRegistration, Lead, Opportunity
from dealers import books as dealer_books
from dealers import pages as dealers
from inventory import books as inventory_books
from inventory import pages as inventory
from marketing import pages as marketing
from marketing.models import Campaign
from products import pages as products
from products.imports import SHEETS
from salesplan import pages as salesplan
from salesplan.models import SalesPlan
from training import pages as training
from users import pages as users
from users.actions import Holding, undo_finish, undo_leaving_out
from users.models import ApprovalCase, CalendarEntry, Task
from users.tables import APPROVAL_CASES

PAGES = (
    *administration.PAGES,
    *users.PAGES,
    *products.PAGES,
    *dealers.PAGES,
    *customers.PAGES,
    *inventory.PAGES,
    *contracts.PAGES,
    *salesplan.PAGES,
    *aftersales.PAGES,
    *marketing.PAGES,
    *training.PAGES,
    *analytics.PAGES,
)
SEARCH_SOURCES = (
    customers.CUSTOMERS,
    customers.LEADS,
    customers.OPPORTUNITIES,
    customers.REGISTRATIONS,
    customers.POOL,
    contracts.ORDERS,
    contracts.CONTRACTS,
    contracts.QUOTATIONS,
    inventory.VEHICLES,
    aftersales.CLAIMS,
    dealers.DEALERS,
    dealers.STATIONS,
    products.SKUS,
    marketing.CAMPAIGNS,
    training.CLASSES,
    training.ARTICLES,
)
CALENDAR_SOURCES = (next_contacts,)
# Whose workflow stands behind the gate of an approval: the inbox takes its steps.
APPROVED_PAGES = (
    contracts.QUOTATIONS,
    contracts.CONTRACTS,
    contracts.AMENDMENTS,
    contracts.ORDERS,
    contracts.ORDER_VERSIONS,
    contracts.REBATE_ACCRUALS,
    dealers.CREDIT_LINE_CHANGES,
    salesplan.SALES_PLANS,
    customers.OPPORTUNITIES,
    customers.REGISTRATIONS,
    aftersales.CLAIMS,
)
APPROVALS_TAB = Panel(
    ApprovalCase._meta.verbose_name_plural,
    APPROVAL_CASES,
    lambda record, user: ApprovalCase.objects.about(record),  # who sees a record sees how it was approved
    "approval",
)
RECORD_TABS = (
    contracts.RECORD_TABS,
    training.RECORD_TABS,
    analytics.RECORD_TABS,
    {pages.model: (APPROVALS_TAB,) for pages in APPROVED_PAGES},
)
IMPORTERS = (SALES_HISTORY, *customer_imports.IMPORTERS, SHEETS)
BOOK_CHECKS = (*inventory_books.CHECKS, *dealer_books.CHECKS, *contract_books.CHECKS, *rebate_books.CHECKS)
CHECKS_ON_RETURN: Checks = {
    "customers.customer": check_returning_customer,
    "customers.lead": check_returning_lead,
}
UNDO: dict[str, Handler] = {
    "core.bin": undo_binning(CHECKS_ON_RETURN),
    "core.bulk_edit": undo_editing(PAGES),
    "customers.move": undo_move,
    "users.finish_task": undo_finish,
    "users.leave_out": undo_leaving_out,
    "customers.transfer": undo_transfer,
}
# What a leaver's successors get, customers first. What tells who did something stays with whoever did it.
HAND_OVER = (
    Holding(Customer, give=hand_over_customers),
    Holding(Lead, follows="customer"),
    Holding(Opportunity, follows="customer"),
    Holding(KeyAccountRegistration, follows="customer"),
    Holding(Quotation, follows="customer"),
    Holding(Contract, follows="customer"),
    Holding(Order, follows="customer"),
    Holding(ServiceRequest, follows="customer"),
    Holding(Claim),
    Holding(Campaign),
    Holding(SalesPlan),
    Holding(TrendScheme),
    Holding(Task),
    Holding(CalendarEntry),
)

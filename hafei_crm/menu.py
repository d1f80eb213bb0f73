"""The sidebar: groups of links, each shown to those who may open it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.lists_left import query_left
from core.notices import unread_count
from users.approvers import counted_waiting
from users.models import User


@dataclass(frozen=True)
class Link:
    label: str | Promise
    icon: str
    url_name: str
    permission: str = ""
    badge: Callable[[User], str] | None = None

    @cached_property
    def url(self) -> str:
        return reverse(self.url_name)


MENU: tuple[tuple[str | Promise, tuple[Link, ...]], ...] = (
    (
        _("Workbench"),
        (
            Link(_("Home"), "home", "home"),
            Link(_("Waiting for my approval"), "inbox", "approvals", "users.view_approvalcase", counted_waiting),
            Link(_("My tasks"), "checklist", "users:my_tasks", "users.view_task"),
            Link(_("Calendar"), "calendar", "calendar", "users.view_calendarentry"),
            Link(_("Work reports"), "clipboard-list", "salesplan:workreport_list", "salesplan.view_workreport"),
            Link(_("Absences"), "calendar-event", "customers:absence_list", "customers.view_absence"),
        ),
    ),
    (
        _("Customers"),
        (
            Link(_("Leads"), "target", "customers:lead_list", "customers.view_lead"),
            Link(_("Customers"), "users", "customers:customer_list", "customers.view_customer"),
            Link(_("Opportunities"), "bulb", "customers:opportunity_list", "customers.view_opportunity"),
            Link(_("Pipeline board"), "layout-kanban", "customers:opportunity_board", "customers.view_opportunity"),
            Link(
                _("Contact records"), "message-circle", "customers:contactrecord_list", "customers.view_contactrecord"
            ),
            Link(_("Sales funnel"), "filter", "customers:funnel", "customers.view_walkins"),
            Link(_("Walk-ins"), "walk", "customers:walkins_list", "customers.view_walkins"),
            Link(
                _("Key accounts"),
                "building",
                "customers:keyaccountregistration_list",
                "customers.view_keyaccountregistration",
            ),
            Link(_("Price policies"), "tag", "customers:pricepolicy_list", "customers.view_pricepolicy"),
            Link(_("Annual frames"), "calendar", "customers:annualframe_list", "customers.view_annualframe"),
            Link(_("Public pool"), "recycle", "customers:pooledcustomer_list", "customers.view_pooledcustomer"),
            Link(
                _("About to fall into the pool"),
                "alarm",
                "customers:leavingcustomer_list",
                "customers.view_leavingcustomer",
            ),
            Link(_("Merges"), "copy-check", "customers:customermerge_list", "customers.view_customermerge"),
        ),
    ),
    (
        _("Contracts and orders"),
        (
            Link(_("Quotations"), "file-description", "contracts:quotation_list", "contracts.view_quotation"),
            Link(_("Contracts"), "file-check", "contracts:contract_list", "contracts.view_contract"),
            Link(_("Sealed contracts"), "certificate", "contracts:contractseal_list", "contracts.seal_contract"),
            Link(_("Orders"), "shopping-cart", "contracts:order_list", "contracts.view_order"),
            Link(_("Order by matrix"), "table", "contracts:order_matrix", "contracts.add_order"),
            Link(
                _("Allocation proposals"),
                "list-check",
                "contracts:allocationproposal_list",
                "contracts.view_allocationproposal",
            ),
            Link(_("Allocations"), "arrows-sort", "contracts:allocation_list", "contracts.view_allocation"),
            Link(_("Deliveries"), "truck-delivery", "contracts:delivery_list", "contracts.view_delivery"),
            Link(_("Retail sales"), "steering-wheel", "contracts:retail_list", "contracts.view_retail"),
            Link(_("Order versions"), "history", "contracts:orderversion_list", "contracts.approve_orderversion"),
        ),
    ),
    (
        _("Money"),
        (
            Link(_("Invoices"), "receipt", "contracts:invoice_list", "contracts.view_invoice"),
            Link(_("Receivables"), "report-money", "contracts:receivable_list", "contracts.view_receivable"),
            Link(_("Instalments"), "calendar-event", "contracts:instalment_list", "contracts.view_instalment"),
            Link(_("Ageing of receivables"), "history", "contracts:ageing", "contracts.view_receivable"),
            Link(_("Receipts"), "cash", "contracts:receipt_list", "contracts.view_receipt"),
            Link(_("Settlements"), "checklist", "contracts:settlement_list", "contracts.view_settlement"),
            Link(_("Refunds"), "arrow-back-up", "contracts:refund_list", "contracts.view_refund"),
            Link(_("Statements of account"), "file-description", "contracts:statements", "contracts.view_invoice"),
            Link(_("Account entries"), "coin", "dealers:accountentry_list", "dealers.view_accountentry"),
            Link(_("Rebate accruals"), "gift", "contracts:rebateaccrual_list", "contracts.view_rebateaccrual"),
        ),
    ),
    (
        _("Plans and stock"),
        (
            Link(_("Plan execution"), "target-arrow", "salesplan:execution", "salesplan.view_salesplanline"),
            Link(_("Sales plans"), "calendar-event", "salesplan:salesplan_list", "salesplan.view_salesplan"),
            Link(
                _("Production plans"),
                "building-factory-2",
                "salesplan:productionplan_list",
                "salesplan.view_productionplan",
            ),
            Link(_("Quotas"), "trophy", "salesplan:quota_list", "salesplan.view_quota"),
            Link(_("Vehicles"), "car-garage", "inventory:vehicle_list", "inventory.view_vehicle"),
            Link(_("Movements"), "route", "inventory:movement_list", "inventory.view_movement"),
            Link(_("Certificates"), "certificate", "inventory:certificate_list", "inventory.view_certificate"),
            Link(_("Warehouses"), "building-warehouse", "inventory:warehouse_list", "inventory.view_warehouse"),
        ),
    ),
    (
        _("Analysis"),
        (
            Link(_("Sales trend"), "chart-bar", "analytics:sales_trend", "contracts.view_retail"),
            Link(_("Salespeople"), "report-analytics", "analytics:activity", "customers.view_contactrecord"),
            Link(
                _("Doubtful retail sales"),
                "alert-triangle",
                "analytics:retailfinding_list",
                "analytics.view_retailfinding",
            ),
            Link(_("Dealer scorecard"), "trophy", "analytics:dealerscore_list", "analytics.view_dealerscore"),
            Link(_("Trend schemes"), "chart-line", "analytics:trendscheme_list", "analytics.view_trendscheme"),
            Link(
                _("Forecast series"), "chart-dots-3", "analytics:forecastseries_list", "analytics.view_forecastseries"
            ),
            Link(_("Published forecasts"), "trending-up", "salesplan:forecast_list", "salesplan.view_forecast"),
            Link(_("Sales history"), "history", "analytics:saleshistory_list", "analytics.view_saleshistory"),
            Link(
                _("History sources"), "database-import", "analytics:historysource_list", "analytics.view_historysource"
            ),
            Link(_("Import files"), "file-import", "imports:index", "analytics.import_saleshistory"),
        ),
    ),
    (
        _("After-sales"),
        (
            Link(_("Claims"), "shield-check", "aftersales:claim_list", "aftersales.view_claim"),
            Link(_("Service requests"), "headset", "aftersales:servicerequest_list", "aftersales.view_servicerequest"),
            Link(_("Parts"), "settings", "aftersales:part_list", "aftersales.view_part"),
            Link(_("Labour operations"), "tool", "aftersales:labouroperation_list", "aftersales.view_labouroperation"),
            Link(_("Labour rates"), "coin", "aftersales:labourrate_list", "aftersales.view_labourrate"),
        ),
    ),
    (
        _("Marketing and training"),
        (
            Link(_("Campaigns"), "speakerphone", "marketing:campaign_list", "marketing.view_campaign"),
            Link(_("Expenses"), "receipt", "marketing:expense_list", "marketing.view_expense"),
            Link(_("Courses"), "book", "training:course_list", "training.view_course"),
            Link(_("Training classes"), "school", "training:trainingclass_list", "training.view_trainingclass"),
            Link(_("Enrolments"), "checklist", "training:enrolment_list", "training.view_enrolment"),
            Link(_("Articles"), "news", "training:article_list", "training.view_article"),
        ),
    ),
    (
        _("Dealer network"),
        (
            Link(_("Dealers"), "building-store", "dealers:dealer_list", "dealers.view_dealer"),
            Link(_("Service stations"), "car-garage", "dealers:servicestation_list", "dealers.view_servicestation"),
            Link(
                _("Authorisation contracts"), "certificate", "dealers:authorisation_list", "dealers.view_authorisation"
            ),
            Link(_("Licence papers"), "certificate", "dealers:dealerpaper_list", "dealers.view_dealerpaper"),
            Link(
                _("Credit line changes"),
                "building-bank",
                "dealers:creditlinechange_list",
                "dealers.view_creditlinechange",
            ),
            Link(_("Dealer targets"), "target", "dealers:dealertarget_list", "dealers.view_dealertarget"),
            Link(_("Rebate policies"), "gift", "dealers:rebatepolicy_list", "dealers.view_rebatepolicy"),
        ),
    ),
    (
        _("Products"),
        (
            Link(_("Series"), "car", "products:series_list", "products.view_series"),
            Link(_("Models"), "car-suv", "products:vehiclemodel_list", "products.view_vehiclemodel"),
            Link(_("Configurations"), "adjustments", "products:configuration_list", "products.view_configuration"),
            Link(_("SKUs"), "barcode", "products:sku_list", "products.view_sku"),
            Link(_("Prices"), "tag", "products:price_list", "products.view_price"),
            Link(_("Price list of the day"), "calculator", "contracts:price_list", "products.view_price"),
            Link(_("Price conditions"), "percentage", "contracts:pricecondition_list", "contracts.view_pricecondition"),
            Link(_("Competitor models"), "flag", "products:competitormodel_list", "products.view_competitormodel"),
            Link(_("Comparison"), "columns-3", "products:comparison", "products.view_configuration"),
            Link(_("Features"), "list-details", "products:feature_list", "products.change_feature"),
            Link(_("Options"), "puzzle", "products:option_list", "products.view_option"),
            Link(_("Colours"), "photo", "products:colour_list", "products.change_colour"),
            Link(_("Brands"), "award", "products:brand_list", "products.change_brand"),
        ),
    ),
    (
        _("Settings"),
        (
            Link(
                _("Assignment rules"),
                "arrows-exchange",
                "customers:assignmentrule_list",
                "customers.change_assignmentrule",
            ),
            Link(_("Score rules"), "gauge", "customers:scorerule_list", "customers.change_scorerule"),
            Link(_("Intent levels"), "alarm", "customers:intentlevelrule_list", "customers.change_intentlevelrule"),
            Link(_("Lead policy"), "shield", "customers:leadpolicy_list", "customers.change_leadpolicy"),
            Link(_("Pipelines"), "adjustments", "customers:pipeline_list", "customers.change_pipeline"),
            Link(_("Rules of the pool"), "ruler-2", "customers:poolrule_list", "customers.change_poolrule"),
            Link(_("Limits of claims"), "gauge", "customers:claimlimit_list", "customers.change_claimlimit"),
            Link(_("Consent texts"), "file-check", "customers:consenttext_list", "customers.add_consenttext"),
            Link(_("Sources"), "tags", "customers:source_list", "customers.change_source"),
            Link(_("Discount limits"), "percentage", "contracts:discountlimit_list", "contracts.view_discountlimit"),
            Link(_("Terms of papers"), "file-description", "contracts:paperterms_list", "contracts.add_paperterms"),
            Link(
                _("Report templates"), "list-details", "salesplan:reporttemplate_list", "salesplan.view_reporttemplate"
            ),
            Link(_("Approval flows"), "hierarchy-3", "users:approvalflow_list", "users.view_approvalflow"),
            Link(_("Custom fields"), "list-details", "core:customfield_list", "core.view_customfield"),
        ),
    ),
    (
        _("Organisation"),
        (
            Link(_("Deputies"), "user-check", "users:delegation_list", "users.view_delegation"),
            Link(_("Users"), "user", "users:user_list", "users.view_user"),
            Link(_("Units"), "sitemap", "users:unit_list", "users.view_unit"),
            Link(_("Exports"), "file-export", "core:exportlog_list", "core.view_exportlog"),
            Link(_("Numbers shown in full"), "eye", "core:reveallog_list", "core.view_reveallog"),
        ),
    ),
)


def menu(request) -> dict:
    """Context for every page: the menu in the reader's rights, and his unread notices."""
    user = request.user
    if not user.is_authenticated:
        return {}
    open_links = [(label, [link for link in links if _may_open(link, user)]) for label, links in MENU]
    here = _link_of(request.path, [link for _label, links in open_links for link in links])
    groups = [
        {"label": label, "items": [_item(link, here, request) for link in links], "is_active": here in links}
        for label, links in open_links
        if links
    ]
    return {"menu": groups, "unread_notices": unread_count(user)}


def _may_open(link: Link, user: User) -> bool:
    return not link.permission or user.has_perm(link.permission)


def _link_of(path: str, links: list[Link]) -> Link | None:
    """Where a page belongs: of the lists it lies below the nearest."""
    above = [link for link in links if path == link.url or (link.url != "/" and path.startswith(link.url))]
    return max(above, key=lambda link: len(link.url), default=None)


def _item(link: Link, here: Link | None, request) -> dict:
    """A list opens as it was left in this session."""
    query = query_left(request, link.url_name)
    return {
        "badge": link.badge(request.user) if link.badge else "",
        "label": link.label,
        "icon": link.icon,
        "url": f"{link.url}?{query}" if query else link.url,
        "is_active": link is here,
    }

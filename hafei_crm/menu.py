"""The sidebar: groups of links, each shown to those who may open it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.notices import unread_count


@dataclass(frozen=True)
class Link:
    label: str | Promise
    icon: str
    url_name: str
    permission: str = ""


MENU: tuple[tuple[str | Promise, tuple[Link, ...]], ...] = (
    (
        _("Sales"),
        (
            Link(_("Home"), "home", "home"),
            Link(_("Leads"), "target", "customers:lead_list", "customers.view_lead"),
            Link(_("Customers"), "users", "customers:customer_list", "customers.view_customer"),
            Link(_("Opportunities"), "bulb", "customers:opportunity_list", "customers.view_opportunity"),
            Link(
                _("Key accounts"),
                "building",
                "customers:keyaccountregistration_list",
                "customers.view_keyaccountregistration",
            ),
        ),
    ),
    (
        _("Orders"),
        (
            Link(_("Quotations"), "file-description", "contracts:quotation_list", "contracts.view_quotation"),
            Link(_("Contracts"), "file-check", "contracts:contract_list", "contracts.view_contract"),
            Link(_("Orders"), "shopping-cart", "contracts:order_list", "contracts.view_order"),
            Link(_("Allocations"), "arrows-sort", "contracts:allocation_list", "contracts.view_allocation"),
            Link(_("Deliveries"), "truck-delivery", "contracts:delivery_list", "contracts.view_delivery"),
            Link(_("Retail sales"), "steering-wheel", "contracts:retail_list", "contracts.view_retail"),
            Link(_("Invoices"), "receipt", "contracts:invoice_list", "contracts.view_invoice"),
            Link(_("Receivables"), "report-money", "contracts:receivable_list", "contracts.view_receivable"),
            Link(_("Receipts"), "cash", "contracts:receipt_list", "contracts.view_receipt"),
        ),
    ),
    (
        _("Stock"),
        (
            Link(_("Vehicles"), "car-garage", "inventory:vehicle_list", "inventory.view_vehicle"),
            Link(_("Movements"), "route", "inventory:movement_list", "inventory.view_movement"),
            Link(_("Certificates"), "certificate", "inventory:certificate_list", "inventory.view_certificate"),
            Link(_("Warehouses"), "building-warehouse", "inventory:warehouse_list", "inventory.view_warehouse"),
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
            Link(_("Competitor models"), "flag", "products:competitormodel_list", "products.view_competitormodel"),
            Link(_("Colours"), "photo", "products:colour_list", "products.change_colour"),
            Link(_("Brands"), "award", "products:brand_list", "products.change_brand"),
        ),
    ),
    (
        _("Network"),
        (
            Link(_("Dealers"), "building-store", "dealers:dealer_list", "dealers.view_dealer"),
            Link(_("Service stations"), "car-garage", "dealers:servicestation_list", "dealers.view_servicestation"),
            Link(
                _("Authorisation contracts"),
                "certificate",
                "dealers:authorisation_list",
                "dealers.view_authorisation",
            ),
        ),
    ),
    (
        _("Organisation"),
        (
            Link(_("Users"), "user", "users:user_list", "users.view_user"),
            Link(_("Units"), "sitemap", "users:unit_list", "users.view_unit"),
        ),
    ),
)


def menu(request) -> dict:
    """Context for every page: the menu in the reader's rights, and his unread notices."""
    user = request.user
    if not user.is_authenticated:
        return {}
    here = request.path
    groups = []
    for label, links in MENU:
        items = [_item(link, here) for link in links if not link.permission or user.has_perm(link.permission)]
        if items:
            groups.append({"label": label, "items": items})
    return {"menu": groups, "unread_notices": unread_count(user)}


def _item(link: Link, here: str) -> dict:
    url = reverse(link.url_name)
    return {
        "label": link.label,
        "icon": link.icon,
        "url": url,
        "is_active": here == url if url == "/" else here.startswith(url),
    }

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
        _("Plans"),
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
            Link(_("Forecasts"), "trending-up", "salesplan:forecast_list", "salesplan.view_forecast"),
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

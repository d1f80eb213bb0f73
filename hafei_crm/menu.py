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
        _("Marketing"),
        (
            Link(_("Campaigns"), "speakerphone", "marketing:campaign_list", "marketing.view_campaign"),
            Link(_("Campaign leads"), "user-plus", "marketing:campaignlead_list", "marketing.view_campaignlead"),
            Link(_("Expenses"), "receipt", "marketing:expense_list", "marketing.view_expense"),
        ),
    ),
    (
        _("Training"),
        (
            Link(_("Courses"), "book", "training:course_list", "training.view_course"),
            Link(_("Training classes"), "school", "training:trainingclass_list", "training.view_trainingclass"),
            Link(_("Enrolments"), "checklist", "training:enrolment_list", "training.view_enrolment"),
            Link(_("Articles"), "news", "training:article_list", "training.view_article"),
        ),
    ),
    (
        _("Analysis"),
        (
            Link(_("Trend schemes"), "chart-line", "analytics:trendscheme_list", "analytics.view_trendscheme"),
            Link(
                _("Forecast series"), "chart-dots-3", "analytics:forecastseries_list", "analytics.view_forecastseries"
            ),
            Link(_("Sales history"), "history", "analytics:saleshistory_list", "analytics.view_saleshistory"),
            Link(
                _("History sources"), "database-import", "analytics:historysource_list", "analytics.view_historysource"
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

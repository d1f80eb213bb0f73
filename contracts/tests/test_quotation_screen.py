"""The form of a quotation in a real browser: what follows from what while one types."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from contracts.models import Quotation
from customers.models import Customer, OpportunityLine
from customers.tests.factories import make_customer, make_opportunity
from products.models import Price
from products.tests.factories import make_price, make_sku

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def form(context: BrowserContext, live_server, sales1, limits) -> Page:
    """The empty form of somebody who may give three percent; two cars can be quoted."""
    make_customer(unit=sales1.unit, owner=sales1, name="哈尔滨鸿运出租汽车有限公司")
    for code, price in (("LB-1", "42800.00"), ("LB-2", "58000.00")):
        make_price(configuration=make_sku(code=code).configuration, amount=Decimal(price))
    client = Client()
    client.force_login(sales1, backend=settings.AUTHENTICATION_BACKENDS[1])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/contracts/quotations/add/")
    page.select_option("[name=customer]", index=1)
    return page


def shown(page: Page, name: str):
    return page.locator(f'[data-shows="{name}"]')


def test_guide_price_discount_price_and_sums_follow_what_is_typed(form):
    field = {name: form.locator(f"[name=lines-0-{name}]") for name in ("quantity", "discount_percent")}
    price, guide = form.locator("[name=lines-0-unit_price_amount]"), form.locator("[name=lines-0-list_price_amount]")
    form.select_option("[name=lines-0-sku]", index=1)
    expect(guide).to_have_value("42800.00")
    expect(price).to_have_value("42800.00")
    field["quantity"].fill("2")
    field["discount_percent"].fill("2.5")
    expect(price).to_have_value("41730.00")
    expect(shown(form, "list")).to_have_text("85,600.00")
    expect(shown(form, "largest")).to_have_text("2.50%")
    expect(form.locator("[data-beyond]")).to_be_hidden()
    price.fill("40000")
    expect(field["discount_percent"]).to_have_value("6.54")
    expect(form.locator("[data-beyond]")).to_be_visible()
    expect(form.locator("[data-total]")).to_have_text("80,000.00")
    form.select_option("[name=lines-0-sku]", index=2)
    expect(guide).to_have_value("58000.00")
    expect(price).to_have_value("54206.80")


def test_wanted_cars_have_their_prices_at_once(form, live_server, sales1):
    configuration = Price.objects.get(amount=58000).configuration
    opportunity = make_opportunity(unit=sales1.unit, owner=sales1, customer=Customer.objects.get())
    series = configuration.vehicle_model.series
    OpportunityLine.objects.create(opportunity=opportunity, series=series, configuration=configuration, quantity=2)
    form.goto(f"{live_server.url}/customers/opportunities/{opportunity.pk}/")
    form.click(".tabs a:has-text('报价单')")
    form.click("a[href*='quotations/add']")
    expect(form.locator("[name=lines-0-unit_price_amount]")).to_have_value("58000.00")
    expect(form.locator("[data-total]")).to_have_text("116,000.00")


def test_what_the_form_shows_is_what_is_saved(form):
    form.select_option("[name=lines-0-sku]", index=1)
    form.locator("[name=lines-0-quantity]").fill("3")
    form.locator("[name=lines-0-discount_percent]").fill("3")
    total = form.locator("[data-total]").inner_text()
    form.click("[data-key=save]")
    expect(form.locator("h1")).to_contain_text("BJ-")
    assert total == f"{Quotation.objects.get().total_amount:,.2f}" == "124,548.00"


def test_phone_takes_a_quotation_without_scrolling_sideways(form):
    form.set_viewport_size(PHONE)
    form.reload()
    form.select_option("[name=lines-0-sku]", index=1)
    form.locator("[name=lines-0-quantity]").fill("1")
    form.click("[data-add-line]")
    expect(form.locator("[data-shows=largest]")).to_have_text("0.00%")
    assert form.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

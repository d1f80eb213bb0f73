"""The matrix of an order in a real browser: sums while one types, on a phone too, and without scripts."""

import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from contracts.models import Order
from contracts.tests.factories import signed_contract
from dealers.tests.factories import make_dealer
from products.models import Price
from products.tests.factories import make_colour, make_configuration, make_price, make_sku, make_vehiclemodel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def cells(dealer) -> dict[str, str]:
    """Two configurations at 38,000 and 41,000 yuan in three colours, and a contract to order them under."""
    signed_contract(dealer=make_dealer(unit=dealer.unit, name="哈尔滨龙江"))
    model, black, found = make_vehiclemodel(), make_colour(kind="interior", name="黑"), {}
    colours = [make_colour(name=name) for name in ("水晶银", "珠光白", "中国红")]
    for name, price in (("舒适型", "38000"), ("豪华型", "41000")):
        configuration = make_configuration(vehicle_model=model, name=name)
        for kind in (Price.Kind.WHOLESALE, Price.Kind.GUIDE):
            make_price(configuration=configuration, kind=kind, amount=Decimal(price))
        for colour in colours:
            sku = make_sku(configuration=configuration, exterior=colour, interior=black)
            found[f"{name} {colour.name}"] = f"[name=cars-{sku.pk}]"
    return found


def opened(context: BrowserContext, live_server, person) -> Page:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/contracts/order-matrix/")
    return page


def order_five_cars(page: Page, cells: dict[str, str]) -> None:
    page.select_option("[name=contract]", index=1)
    page.locator(cells["舒适型 水晶银"]).fill("3")
    page.locator(cells["豪华型 水晶银"]).fill("2")


def test_the_sums_follow_what_is_typed(context, live_server, dealer, cells):
    page = opened(context, live_server, dealer)
    order_five_cars(page, cells)
    expect(page.locator("[data-all-cars]")).to_have_text("5")
    expect(page.locator("[data-all-amount]")).to_have_text("196,000.00")
    assert sorted(page.locator("[data-row-cars]").all_text_contents()) == ["2", "3"]
    assert sorted(page.locator("[data-column-cars]").all_text_contents()) == ["", "", "5"]
    page.click("button[data-key=save]")
    page.wait_for_url(re.compile(r"/orders/\d+/$"))
    assert Order.objects.get().total_amount == Decimal("196000.00")


def test_a_phone_shows_a_card_per_configuration(context, live_server, dealer, cells):
    page = opened(context, live_server, dealer)
    page.set_viewport_size(PHONE)
    order_five_cars(page, cells)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert all(box.bounding_box()["height"] >= 44 for box in page.locator("[data-matrix] tbody input").all())
    expect(page.locator("[data-all-amount]")).to_be_visible()


def test_without_scripts_the_server_counts(browser: Browser, live_server, dealer, cells):
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, live_server, dealer)
    order_five_cars(page, cells)
    page.click("button[data-key=save]")
    assert Order.objects.get().total_amount == Decimal("196000.00")
    context.close()

"""What the screens do in a real browser."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from customers.tests.factories import make_customer, make_lead, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def people(live_server, sales1):
    """Three leads of one salesman, one customer, and a source to choose from."""
    for name in ("张伟", "张敏", "李强"):
        make_lead(owner=sales1, unit=sales1.unit, name=name)
    make_customer(owner=sales1, unit=sales1.unit, name="哈尔滨鸿运出租汽车有限公司")
    make_source(name="车展")
    return sales1


def sign_in(context: BrowserContext, live_server, user) -> Page:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return context.new_page()


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_filter_follows_the_typing_and_stands_in_the_address(context, live_server, people):
    page = sign_in(context, live_server, people)
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.goto(f"{live_server.url}/customers/leads/")
    expect(page.locator("table.rows tbody tr")).to_have_count(3)
    page.fill("#filter-form [name=q]", "张")
    expect(page.locator("table.rows tbody tr")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"/customers/leads/\?q=%E5%BC%A0$"))
    page.click("th .sort >> nth=0")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=%E5%BC%A0&sort=name"))
    page.click(".chip")
    expect(page.locator("table.rows tbody tr")).to_have_count(3)
    assert set(asked) == {urlsplit(live_server.url).netloc}


def test_a_session_that_ran_out_shows_the_whole_sign_in_page(context, live_server, people):
    page = sign_in(context, live_server, people)
    page.goto(f"{live_server.url}/customers/leads/")
    context.clear_cookies()
    page.fill("#filter-form [name=q]", "李")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=%2Fcustomers%2Fleads%2F"))
    expect(page.locator("#id_password")).to_be_visible()


def test_typed_words_come_back_after_signing_in_again(context, live_server, people):
    page = sign_in(context, live_server, people)
    page.goto(f"{live_server.url}/customers/leads/add/")
    page.fill("[name=name]", "王建军")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.press("Control+Enter")
    page.fill("[name=username]", "sales1")
    page.fill("[name=password]", "hafei-demo")
    page.press("[name=password]", "Enter")
    expect(page.locator("[name=name]")).to_have_value("王建军")
    expect(page.locator(".toast-warning")).to_be_visible()


def test_a_phone_never_scrolls_sideways_and_shows_rows_as_cards(context, live_server, people):
    page = sign_in(context, live_server, people)
    page.set_viewport_size(PHONE)
    for path in ["/", "/notices/", "/customers/customers/", "/customers/leads/add/", "/customers/leads/"]:
        page.goto(f"{live_server.url}{path}")
        assert sideways(page) <= 0, path
        fields = page.locator(".main :is(input:not([type=hidden]):not([type=checkbox]), select)")
        sizes = fields.evaluate_all("all => all.map(field => parseFloat(getComputedStyle(field).fontSize))")
        assert all(size >= 16 for size in sizes), path
    row = page.locator("table.rows tbody tr").first
    assert row.bounding_box()["height"] > 120
    row.locator("a").first.click()
    expect(page.locator("h1")).to_contain_text("李强")
    assert sideways(page) <= 0


def test_lists_and_records_work_without_scripts(browser, live_server, people):
    context = browser.new_context(java_script_enabled=False)
    page = sign_in(context, live_server, people)
    page.goto(f"{live_server.url}/customers/leads/")
    page.fill("#filter-form [name=q]", "李强")
    page.click("#filter-form .btn-primary")
    page.click("table.rows tbody a >> nth=0")
    expect(page.locator("#facts")).to_be_visible()
    expect(page.locator("#panel-1")).to_be_visible()
    context.close()


def test_keys_act_only_while_nobody_types(context, live_server, people):
    page = sign_in(context, live_server, people)
    page.goto(f"{live_server.url}/customers/leads/")
    page.keyboard.press("j")
    expect(page.locator("tr.chosen")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("c")
    expect(page).to_have_url(f"{live_server.url}/customers/leads/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("c")
    expect(page).to_have_url(f"{live_server.url}/customers/leads/add/")


def test_the_chosen_theme_is_kept(context, live_server, people):
    page = sign_in(context, live_server, people)
    page.goto(live_server.url)
    with page.expect_response(lambda response: response.url.endswith("/users/theme/")):
        page.click("[data-theme-switch] button")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_no_page_breaks_its_own_content_policy(context, live_server, people, director):
    """Charts, choices, filters and notices get by without inline styles and scripts."""
    page = sign_in(context, live_server, director)
    tell = "event => console.error(`CSP: ${event.violatedDirective}`)"
    context.add_init_script(f"document.addEventListener('securitypolicyviolation', {tell})")
    said = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/analytics/sales/?split=region", "/customers/leads/add/", "/contracts/orders/add/", "/jobs/"):
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")
    page.goto(f"{live_server.url}/customers/leads/")
    page.fill("#filter-form [name=q]", "张")
    expect(page.locator("table.rows tbody tr")).to_have_count(2)
    assert not [text for text in said if "CSP" in text or "Content Security Policy" in text]
    with page.expect_console_message(lambda message: "CSP: style-src" in message.text):  # the listener does hear
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\">!</b>')")

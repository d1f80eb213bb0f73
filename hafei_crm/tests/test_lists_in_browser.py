"""Lists in a real browser: found again as they were left, arranged by views, filtered by one's own fields."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.custom_fields import define_custom_field
from core.models import SavedView
from customers.tests.factories import make_customer, make_lead
from hafei_crm.tests.test_screens import PHONE, sideways, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEADS = "/customers/leads/"


def in_menu(page: Page, path: str):
    return page.locator(f'.side-link[href^="{path}"]')


def rows(page: Page):
    return page.locator("table.rows tbody tr")


@pytest.fixture
def page(context, live_server, sales1):
    for name, level in (("张伟", "h"), ("张敏", "c"), ("李强", "h")):
        make_lead(owner=sales1, unit=sales1.unit, name=name, intent_level=level)
    return sign_in(context, live_server, sales1)


def test_the_menu_leads_back_to_what_was_typed_until_it_is_cleared(page, live_server):
    page.goto(f"{live_server.url}{LEADS}")
    page.fill("#filter-form [name=q]", "张")
    expect(rows(page)).to_have_count(2)
    expect(in_menu(page, LEADS)).to_have_attribute("href", re.compile("q="))
    in_menu(page, "/customers/customers/").click()
    in_menu(page, LEADS).click()
    expect(page).to_have_url(re.compile(r"/customers/leads/\?q=%E5%BC%A0$"))
    expect(page.locator("#filter-form [name=q]")).to_have_value("张")
    page.click(".filter-buttons a")
    expect(rows(page)).to_have_count(3)
    in_menu(page, "/customers/customers/").click()
    in_menu(page, LEADS).click()
    expect(page).to_have_url(re.compile(r"/customers/leads/$"))


def test_a_view_is_made_the_one_a_list_opens_with_and_still_all_can_be_seen(page, live_server, sales1):
    for name, query in (("全部热线索", "intent_level=h"), ("张姓", "q=张")):
        SavedView.objects.create(owner=sales1, list_name="customers:lead_list", name=name, query=query)
    page.goto(f"{live_server.url}{LEADS}")
    page.click(".views-menu > summary")
    page.click('.view-line:has-text("张姓") [name=forward]')
    expect(page.locator(".views .tabs a")).to_have_text(["全部", "张姓", "全部热线索"])
    page.click(".views-menu > summary")
    page.click('.view-line:has-text("张姓") [name=default]')
    expect(rows(page)).to_have_count(2)
    page.goto(f"{live_server.url}/")
    fold = page.locator(".side-fold", has=in_menu(page, LEADS))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    in_menu(page, LEADS).click()
    expect(page.locator(".views .tabs [aria-current]")).to_have_text("张姓")
    page.click(".views .tabs a >> nth=0")
    expect(rows(page)).to_have_count(3)


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_any_of_several_choices_and_a_range_are_picked(page, live_server, sales1, sysadmin, viewport):
    define_custom_field(
        by=sysadmin, model_label="customers.customer", name="used", label="用途", kind="multiple_choice",
        choices=["城市", "长途", "工地"],
    )  # fmt: skip
    define_custom_field(by=sysadmin, model_label="customers.customer", name="fleet", label="车队规模", kind="number")
    for used, fleet in ((["城市"], 5), (["长途"], 30), (["工地"], 300)):
        make_customer(owner=sales1, unit=sales1.unit, extra={"used": used, "fleet": fleet})
    if viewport:
        page.set_viewport_size(viewport)
    page.goto(f"{live_server.url}/customers/customers/")
    if viewport:
        page.click(".filters > summary")
    page.click("#filter-form .ts-control")
    page.click('.ts-dropdown [data-value="城市"]')
    page.click('.ts-dropdown [data-value="长途"]')
    expect(rows(page)).to_have_count(2)
    page.fill("#filter-form [name=from_extra_fleet]", "6")
    expect(rows(page)).to_have_count(1)
    expect(page.locator(".chip")).to_have_count(2)
    assert sideways(page) <= 0

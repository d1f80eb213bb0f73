"""The board of opportunities in a real browser: cards are dragged, put back, taken back, and moved by a menu."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from customers.models import Stage
from customers.tests.factories import make_opportunity
from customers.tests.test_opportunities import ready, stage
from hafei_crm.tests.test_screens import PHONE, sideways, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOARD = "/customers/board/"


def column(page: Page, of: Stage) -> Locator:
    return page.locator(f'[data-stage="{of.pk}"]')


def drag(page: Page, title: str, to: Stage) -> None:
    expect(page.locator("[data-board-filter] select").first).to_be_attached()  # it moves the board when it comes
    page.locator(".pipeline-card", has_text=title).locator(".pipeline-figures").drag_to(column(page, to))


def sums(page: Page, of: Stage) -> Locator:
    return page.locator(f'[data-sums="{of.pk}"] [data-sum]')


def head(page: Page) -> Locator:
    return page.locator("[data-total] [data-sum]")


@pytest.fixture
def page(context, live_server, sales1):
    page = sign_in(context, live_server, sales1)
    ready(sales1, title="物流公司十台")
    page.goto(f"{live_server.url}{BOARD}")
    return page


def test_a_dragged_card_takes_its_sums_along_and_comes_back_when_undone(page):
    expect(head(page)).to_have_text(["1", "10.0", "2.0"])
    drag(page, "物流公司十台", stage("2"))
    expect(column(page, stage("2")).locator(".pipeline-card")).to_have_count(1)
    expect(sums(page, stage("2"))).to_have_text(["1", "10.0", "5.0"])
    expect(sums(page, stage("1"))).to_have_text(["0", "0.0", "0.0"])
    expect(head(page)).to_have_text(["1", "10.0", "5.0"])
    page.click(".toast-undo button")
    expect(column(page, stage("1")).locator(".pipeline-card")).to_have_count(1)
    expect(head(page)).to_have_text(["1", "10.0", "2.0"])


def test_a_card_can_be_dragged_again_after_the_server_drew_it_anew(page):
    drag(page, "物流公司十台", stage("2"))
    expect(sums(page, stage("2"))).to_have_text(["1", "10.0", "5.0"])
    drag(page, "物流公司十台", stage("1"))
    expect(sums(page, stage("1"))).to_have_text(["1", "10.0", "2.0"])


def test_a_refused_card_goes_back_to_its_place_with_the_sentence(page, sales1):
    make_opportunity(owner=sales1, unit=sales1.unit, title="未填金额", amount=0)
    page.reload()
    before = column(page, stage("1")).locator(".pipeline-card-head > a").all_text_contents()
    drag(page, "未填金额", stage("3"))
    expect(page.get_by_role("status")).to_contain_text("预计金额")
    expect(column(page, stage("1")).locator(".pipeline-card-head > a")).to_have_text(before)


def test_a_card_dragged_onto_won_asks_first(page, live_server):
    drag(page, "物流公司十台", stage("won"))
    expect(page).to_have_url(re.compile(r"/customers/opportunities/\d+/steps/win/$"))
    page.goto(f"{live_server.url}{BOARD}")
    expect(column(page, stage("1")).locator(".pipeline-card")).to_have_count(1)


def test_a_card_is_moved_by_its_menu_on_a_phone(page):
    page.set_viewport_size(PHONE)
    page.reload()
    page.click(".pipeline-card .menu > summary")
    page.get_by_role("button", name=stage("2").name, exact=True).click()
    expect(column(page, stage("2")).locator(".pipeline-card")).to_have_count(1)
    assert sideways(page) <= 0

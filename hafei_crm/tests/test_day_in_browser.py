"""Logging a contact, ticking off a task, filling a calendar: with a mouse and with a thumb."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from customers.models import ContactRecord
from customers.tests.factories import make_lead
from hafei_crm.tests.test_screens import PHONE, sideways, sign_in
from users.models import CalendarEntry, Task
from users.tests.factories import make_calendarentry, make_task, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def midday(days: int = 0):
    return (timezone.localtime() + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)


def test_a_call_is_logged_with_three_touches_of_a_thumb(context, live_server, sales1):
    lead = make_lead(owner=sales1, intent_level="h")
    page = sign_in(context, live_server, sales1)
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("customers:lead_detail", args=[lead.pk]))
    assert sideways(page) <= 0
    form = page.locator(".log-form")
    expect(form.locator("textarea")).to_be_hidden()
    form.locator(".log-kind").first.click()
    form.locator("textarea").fill("客户下午来看路宝")
    form.locator("[data-day]").nth(1).click()
    form.locator("button.btn-primary").click()
    expect(page.locator(".timeline-text").first).to_have_text("客户下午来看路宝")
    record = ContactRecord.objects.get()
    assert (record.kind, record.next_contact_on) == ("call", timezone.localdate() + timedelta(days=3))


def test_a_row_of_the_list_has_the_form_one_touch_away(context, live_server, sales1):
    make_lead(owner=sales1, intent_level="c")
    page = sign_in(context, live_server, sales1)
    for size in (PHONE, {"width": 1440, "height": 900}):
        page.set_viewport_size(size)
        page.goto(live_server.url + reverse("customers:lead_list"))
        assert sideways(page) <= 0
        expect(page.locator(".row-quick .tool")).to_be_in_viewport()
        page.locator(".row-quick .tool").click()
        page.locator(".log-kind").nth(1).click()
        page.locator(".log-form textarea").fill("发了配置表")
        page.locator("[data-key=save]").click()
        expect(page).to_have_url(live_server.url + reverse("customers:lead_list"))
    assert ContactRecord.objects.filter(kind="message").count() == 2


def test_an_at_sign_offers_colleagues(context, live_server, sales1):
    make_user(unit=sales1.unit, name="韩雪")
    lead = make_lead(owner=sales1)
    page = sign_in(context, live_server, sales1)
    page.goto(live_server.url + reverse("customers:lead_detail", args=[lead.pk]))
    page.locator(".log-kind").first.click()
    area = page.locator(".log-form textarea")
    area.press_sequentially("请看 @韩")
    page.get_by_role("button", name="韩雪").click()
    expect(area).to_have_value("请看 @韩雪 ")


def test_a_task_is_ticked_off_and_taken_back(context, live_server, sales1):
    task = make_task(owner=sales1, title="送报价", due_on=timezone.localdate())
    page = sign_in(context, live_server, sales1)
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("users:my_tasks"))
    assert sideways(page) <= 0
    page.locator(".task-line .tick").click()
    page.locator(".toast-undo button").click()
    expect(page.locator(".tasks-today")).to_contain_text("送报价")
    assert Task.objects.get(pk=task.pk).done_at is None


@pytest.mark.parametrize("view", ["month", "week", "day"])
def test_the_calendar_fits_a_phone_and_a_desk(context, live_server, sales1, view):
    make_calendarentry(owner=sales1, title="周例会", starts_at=midday(), ends_at=midday() + timedelta(hours=1))
    make_task(owner=sales1, title="给哈尔滨鸿运出租汽车有限公司送去新的报价单和样车资料", due_on=timezone.localdate())
    page = sign_in(context, live_server, sales1)
    for size in ({"width": 1440, "height": 900}, PHONE):
        page.set_viewport_size(size)
        page.goto(f"{live_server.url}{reverse('calendar')}?view={view}")
        assert sideways(page) <= 0
        expect(page.get_by_role("link", name="周例会")).to_be_visible()


def test_an_hour_of_the_week_is_clicked_and_becomes_an_entry(context, live_server, sales1):
    page = sign_in(context, live_server, sales1)
    page.goto(f"{live_server.url}{reverse('calendar')}?view=week")
    page.locator(".is-today .hour-add").nth(6).click()
    page.locator("[name=title]").fill("试驾鸿运")
    page.locator("[data-key=save]").click()
    expect(page.locator("h1")).to_contain_text("试驾鸿运")
    entry = CalendarEntry.objects.get()
    starts, ends = timezone.localtime(entry.starts_at), timezone.localtime(entry.ends_at)
    assert (starts.date(), starts.hour, ends.hour) == (timezone.localdate(), 14, 15)

"""A salesman's day in Chromium, from signing in to handing in the daily report, and his manager's review of it."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from customers.tests.factories import make_lead, make_source
from hafei_crm.tests.people import House, Person
from products.tests.factories import make_series
from salesplan.actions import add_standard_templates
from users.actions import add_task

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OVERDUE, PHONE_OF_OVERDUE = "龙运物流李经理", "13904518821"
CALLER, PHONE_OF_CALLER = "鸿运出租张经理", "13845012345"
TASK = "给老客户王先生送保养券"


@pytest.fixture
def house(cast, new_context, live_server) -> House:
    """What the day begins with: a promise two days late, a task for today, the templates of the reports."""
    add_standard_templates()
    make_source(name="展厅到店")
    make_series(name="路宝")
    sales, today = cast["sales1"], timezone.localdate()
    make_lead(
        owner=sales,
        unit=sales.unit,
        name=OVERDUE,
        phone=PHONE_OF_OVERDUE,
        intent_level="h",
        next_contact_on=today - timedelta(days=2),
    )
    add_task(by=sales, title=TASK, due_on=today)
    return House(new_context, live_server.url)


def counted(person: Person, label: str) -> str:
    """A figure of the report on the screen."""
    return (
        person.page.locator(".counted > div")
        .filter(has_text=re.compile(rf"^\s*{label}\s*\d"))
        .locator("dd")
        .inner_text()
    )


def the_overdue_customer_is_called(sales: Person) -> None:
    page = sales.page
    expect(page.locator("section", has_text="逾期跟进").locator(".todo")).to_contain_text(OVERDUE)
    page.locator("main .todo a", has_text=OVERDUE).click()
    page.locator(".log-kind", has_text="电话").click()
    page.get_by_label("摘要").fill("催问提车时间，约好三天后到店看车")
    page.get_by_role("button", name="3天后").click()
    sales.press("保存")
    sales.reads("催问提车时间")
    sales.go_home()
    sales.reads("约定的联系都已完成。")


def a_new_lead_is_entered_and_a_known_phone_refused(sales: Person) -> None:
    sales.go_to("线索")
    sales.press("新增线索")
    sales.fill({"名称": CALLER, "手机号": PHONE_OF_OVERDUE, "来源": "展厅到店", "意向级别": "H", "意向车系": "路宝"})
    sales.press("保存")
    sales.reads("已使用该电话", OVERDUE)
    sales.fill({"手机号": PHONE_OF_CALLER})
    sales.press("保存")
    sales.reads("已新增", CALLER)
    sales.page.locator(".log-kind", has_text="到店").click()
    sales.page.get_by_label("摘要").fill("看了路宝现车，关心载重")
    sales.page.get_by_role("button", name="明天").click()
    sales.press("保存")
    sales.reads("看了路宝现车")


def the_lead_becomes_an_opportunity(sales: Person) -> None:
    today = timezone.localdate()
    sales.press("确认有效")
    sales.fill({"意向级别": "H"})
    sales.press("确认有效")
    sales.press("转为客户")
    sales.fill({"客户类型": "出租", "台数": 2, "预计金额": 116000, "预计成交日期": f"{today + timedelta(days=14)}"})
    sales.press("转为客户")
    sales.reads("已转化")
    sales.go_to("商机")
    sales.open(CALLER)
    sales.press("推进阶段")
    sales.fill({"阶段": "报价"})
    sales.press("推进阶段")
    sales.reads("报价")


def the_task_is_done(sales: Person) -> None:
    sales.go_home()
    sales.reads(TASK)
    sales.page.get_by_role("button", name=f"完成“{TASK}”").click()
    sales.reads("今天没有到期的任务。")


def the_day_is_reported(sales: Person) -> None:
    """The system has counted; the salesman writes the rest and hands it in."""
    sales.go_to("计划总结")
    sales.page.get_by_role("button", name=re.compile("^日报")).last.click()
    expect(sales.page.locator("#figures-title")).to_be_visible()
    for label, number in (("联系次数", "2"), ("电话", "1"), ("到店", "1"), ("新增客户", "1"), ("新增商机", "1")):
        assert counted(sales, label) == number, label
    sales.fill({"今日总结": "龙运物流约好三天后看车；鸿运出租报价两台", "明日计划": "上午联系鸿运出租确认报价"})
    sales.press("保存")
    sales.press("提交汇报")
    sales.reads("已提交", "鸿运出租报价两台")


def a_figure_leads_to_its_rows(sales: Person) -> None:
    page = sales.page
    page.locator(".counted > div", has_text="联系次数").get_by_role("link").click()
    expect(page.locator("main table.rows tbody tr")).to_have_count(2)
    page.go_back()


def the_manager_reviews(manager: Person) -> None:
    manager.page.locator("main .todo a", has_text="李雪梅").click()
    manager.reads("鸿运出租报价两台")
    manager.press("批阅")
    manager.fill({"评分": "A", "评语": "跟进及时，报价后三天内要有回音"})
    manager.press("批阅")
    manager.reads("已批阅")


def the_salesman_reads_the_mark(sales: Person) -> None:
    sales.go_to("计划总结")
    sales.open(f"{timezone.localdate():%Y-%m-%d}")
    sales.reads("A · 优秀", "跟进及时，报价后三天内要有回音")
    sales.press("答复")
    sales.fill({"答复": "明天上午先联系鸿运出租"})
    sales.press("答复")
    sales.reads("明天上午先联系鸿运出租")


def test_a_salesmans_day_ends_with_a_report_that_his_manager_reviews(house):
    sales = house["sales1"]
    the_overdue_customer_is_called(sales)
    a_new_lead_is_entered_and_a_known_phone_refused(sales)
    the_lead_becomes_an_opportunity(sales)
    the_task_is_done(sales)
    the_day_is_reported(sales)
    a_figure_leads_to_its_rows(sales)
    the_manager_reviews(house["manager"])
    the_salesman_reads_the_mark(sales)
    assert house.asked == {urlsplit(house.address).netloc}
    assert house.faults == []

"""The walk once more as people take it: in Chromium, by what they read there, from the phone to the forecast."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from contracts.models import Retail
from hafei_crm.tests.beginnings import (
    Beginnings,
    add_sales_of_the_years_before,
    make_beginnings,
    run_first_night_of_next_month,
)
from hafei_crm.tests.people import House, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TAXIS, CALLER = "哈尔滨鸿运出租汽车公司", "13904518821"


@dataclass
class Walk(House):
    """The house of the walk, with what is there before it begins."""

    begun: Beginnings = None


def a_lead_comes_in(house: Walk) -> None:
    """Recorded on the dealer's phone, assigned by the regional manager, qualified and converted by the salesman."""
    dealer, manager, sales = house["dealer"], house["manager"], house["sales1"]
    dealer.go_to("线索")
    dealer.press("新增线索")
    dealer.fill({"名称": TAXIS, "手机号": CALLER, "来源": house.begun.source.name, "意向级别": "H"})
    dealer.press("保存")
    dealer.reads(TAXIS, "已新增")
    manager.go_to("线索")
    manager.open(TAXIS)
    manager.press("分配")
    manager.fill({"新负责人": "李雪梅"})
    manager.press("分配")
    manager.reads("已分配")
    sales.go_to("线索")
    sales.open(TAXIS)
    qualify(sales)
    sales.press("转为客户")
    sales.fill({"客户类型": "出租", "台数": 1, "预计金额": 58000})
    sales.press("转为客户")
    sales.reads("已转化")


def qualify(sales: Person) -> None:
    sales.press("确认有效")
    sales.fill({"意向级别": "H"})
    sales.press("确认有效")


def the_same_phone_is_warned_of(house: Walk) -> None:
    sales = house["sales1"]
    sales.go_to("线索")
    sales.press("新增线索")
    sales.fill({"名称": "鸿运公司张经理", "手机号": CALLER, "来源": house.begun.source.name, "意向级别": "A"})
    sales.press("保存")
    qualify(sales)
    sales.press("转为客户")
    sales.reads(TAXIS)


def the_key_account_is_registered(house: Walk) -> None:
    sales, manager = house["sales1"], house["manager"]
    sales.go_to("客户")
    sales.open(TAXIS)
    sales.press("报备项目")
    sales.fill({"项目": "2026 年出租车更新", "预计台数": 200})
    sales.press("保存")
    sales.press("提交")
    manager.go_to("大客户")
    manager.open("2026")
    manager.press("批准报备")
    manager.reads("保护期至")


def a_quotation_is_accepted(house: Walk) -> None:
    sales = house["sales1"]
    sales.go_to("报价单")
    sales.press("新增报价单")
    sales.fill({"客户": TAXIS, "商机": TAXIS, "有效期至": house.day(15), "物料": house.begun.sku.name, "台数": 1})
    sales.press("保存")
    sales.reads("58,000.00")
    sales.press("发送")
    sales.press("客户接受")
    sales.reads("已接受")


def the_dealers_contract_is_signed(house: Walk) -> None:
    manager, director = house["manager"], house["director"]
    manager.go_to("合同")
    manager.press("新增合同")
    manager.fill({"类型": "经销商年度合同", "经销商": house.begun.dealer.name, "起始日": house.day(-30)})
    manager.fill({"截止日": house.day(300), "约定台数": 500, "约定金额": 20000000})
    manager.press("保存")
    manager.press("提交")
    director.go_to("合同")
    director.open("HT-")
    director.press("签订")
    director.reads("已签订")


def an_order_is_approved(house: Walk) -> None:
    """From the quotation, under the contract; the receivable opens and the customer has bought."""
    sales, manager = house["sales1"], house["manager"]
    sales.go_to("报价单")
    sales.open("BJ-")
    sales.press("生成订单")
    sales.fill({"合同": "HT-", "购车经销商": house.begun.dealer.name})
    sales.press("保存")
    sales.reads("53,360.00")
    sales.press("提交")
    manager.go_to("订单")
    manager.open("DD-")
    manager.press("审核通过")
    manager.open_tab("应收款")
    manager.reads("53,360.00")
    sales.go_to("客户")
    sales.open(TAXIS)
    sales.open_tab("购买记录")
    sales.reads("58,000.00")


def cars_are_planned_and_built(house: Walk) -> None:
    planner, director, production = house["planner"], house["director"], house["production"]
    planner.go_to("销售计划")
    planner.press("新增销售计划")
    planner.fill({"月份": f"{house.begun.today:%Y-%m}", "经销商": house.begun.dealer.name})
    planner.fill({"物料": house.begun.sku.name, "计划台数": 2})
    planner.press("保存")
    planner.press("提交")
    director.go_to("销售计划")
    director.open("XSJH-")
    director.press("审核通过")
    planner.page.reload()
    planner.press("发布")
    planner.press("生成生产计划")
    planner.press("保存")
    planner.press("下达")
    production.go_to("生产计划")
    production.open("SCJH-")
    production.press("登记下线")
    production.fill({"物料": house.begun.sku.name, "下线日期": house.day(-9), "下线台数": 2})
    production.press("登记下线")
    production.reads("“登记下线”已完成")


def the_car_reaches_its_customer(house: Walk) -> str:
    """Allocated, invoiced, shipped, received, retailed; the VIN that was sold."""
    stock, finance, dealer = house["stock"], house["finance"], house["dealer"]
    open_the_order(stock)
    stock.press("配车")
    stock.press("配车")
    stock.reads("已预留")
    open_the_order(finance)
    step(finance, "开票", {"日期": house.day(0)})
    stock.page.reload()
    step(stock, "发运", {"日期": house.day(0), "承运商": "龙运物流"})
    open_the_order(dealer)
    step(dealer, "确认到店", {"日期": house.day(0)})
    dealer.open_tab("配车")
    dealer.open("LKH")
    step(dealer, "登记零售", {"使用性质": "出租"})
    dealer.reads("质保从")
    return Retail.objects.get().vehicle.vin


def open_the_order(person: Person) -> None:
    person.go_to("订单")
    person.open("DD-")


def step(person: Person, name: str, words: dict[str, object]) -> None:
    person.press(name)
    person.fill(words)
    person.press(name)
    expect(person.page.locator("#facts")).to_be_visible()


def money_comes_in(house: Walk) -> None:
    finance = house["finance"]
    finance.go_to("应收款")
    finance.open("DD-")
    finance.press("登记回款")
    finance.fill({"金额": 50000, "银行流水号": "ICBC-0001"})
    finance.press("保存")
    finance.go_to("应收款")
    finance.open("DD-")
    finance.reads("3,360.00")


def the_station_claims(house: Walk, vin: str) -> None:
    station, claims, begun = house["station"], house["claims"], house.begun
    station.go_to("索赔单")
    station.press("新增索赔单")
    station.fill({"车架号": vin, "服务站工单号": "WX-1", "行驶里程": 120, "维修日期": house.day(0)})
    station.fill({"主损件": begun.part.name, "故障描述": "制动时抖动", "故障原因": "制动盘变形"})
    station.fill({"排除措施": "更换前制动盘", "代码": begun.work.code, "工时或件数": "2.5"})
    station.press("保存")
    station.press("提交")
    claims.go_to("索赔单")
    claims.open("SP-")
    claims.press("审核通过")
    claims.press("审核通过")
    claims.reads("150.00", "已审核")


def the_dealers_salesman_passes(house: Walk) -> None:
    learner, trainer = house["dealer_sales"], house["trainer"]
    learner.go_to("培训班")
    learner.open(house.begun.lesson.name)
    learner.press("我要报名")
    trainer.go_to("培训报名")
    trainer.open("")
    step(trainer, "评分", {"成绩": 86})
    trainer.reads("已通过")


def the_quota_is_set(house: Walk) -> None:
    manager = house["manager"]
    manager.go_to("销售定额")
    manager.press("新增销售定额")
    manager.fill({"销售人员": "李雪梅", "月份": f"{house.begun.today:%Y-%m}", "目标台数": 4})
    manager.press("保存")


def plan_and_quota_read(house: Walk, *, sold: int) -> None:
    manager, sales = house["manager"], house["sales1"]
    manager.go_to("计划执行")
    row = manager.page.locator("main table.rows tbody tr").filter(has_text=house.begun.dealer.name)
    expect(row.locator("td.num").nth(0)).to_have_text("2")
    expect(row.locator("td.num").nth(1)).to_have_text(f"{sold}")
    sales.go_to("销售定额")
    expect(sales.page.locator("tbody td[data-label^=实销台数]")).to_have_text(f"{sold}")


def the_trend_leads_to_the_sale(house: Walk, vin: str) -> None:
    manager = house["manager"]
    manager.go_to("销售趋势")
    manager.page.locator("main svg a").last.click()
    manager.reads(vin)


def the_forecast_is_seen_and_taken_along(house: Walk) -> None:
    manager = house["manager"]
    manager.go_to("趋势方案")
    manager.press("新增趋势方案")
    manager.fill({"名称": "东北零售", "指标": "零售", "拆分维度": "经销商"})
    manager.press("保存")
    manager.reads("尚未计算")
    run_first_night_of_next_month()
    manager.page.reload()
    manager.page.locator("main .card-note a").click()
    expect(manager.page.locator("main .chart-card svg")).to_be_visible()
    with manager.page.expect_download() as download:
        manager.press("含图表的 Excel")
    sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    assert (sheet.max_row, len(sheet._images)) == (1 + 37 + 12, 1)


def test_the_walk_is_clicked_from_the_dealers_phone_to_the_forecast(cast, new_context, live_server):
    house = Walk(new_context, live_server.url, begun=make_beginnings(cast))
    a_lead_comes_in(house)
    the_same_phone_is_warned_of(house)
    the_key_account_is_registered(house)
    a_quotation_is_accepted(house)
    the_dealers_contract_is_signed(house)
    an_order_is_approved(house)
    cars_are_planned_and_built(house)
    the_quota_is_set(house)
    plan_and_quota_read(house, sold=0)
    vin = the_car_reaches_its_customer(house)
    money_comes_in(house)
    the_station_claims(house, vin)
    the_dealers_salesman_passes(house)
    plan_and_quota_read(house, sold=1)
    the_trend_leads_to_the_sale(house, vin)
    add_sales_of_the_years_before(Retail.objects.get())
    the_forecast_is_seen_and_taken_along(house)
    assert house.asked == {urlsplit(live_server.url).netloc}
    assert house.faults == []

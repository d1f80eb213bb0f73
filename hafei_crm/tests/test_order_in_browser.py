"""An order in Chromium: by matrix on a phone, approved on a phone, allocated, paid, the account of the dealer read."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contracts.models import Order
from contracts.tests.factories import signed_contract
from dealers.models import Dealer
from dealers.tests.factories import make_dealer
from hafei_crm.tests.people import House, Person
from inventory.tests.factories import make_vehicle
from products.models import Sku
from products.tests.factories import make_price, make_sku

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WHOLESALE, CARS = Decimal("53360.00"), 2
NOTE_OF_THE_BANK = "ICBC-20261122-0042"


@pytest.fixture
def sku() -> Sku:
    """A car in factory stock, twice, that costs the dealer 53,360 yuan."""
    sku = make_sku()
    since = timezone.localdate() - timedelta(days=90)
    for kind, amount in (("guide", Decimal("58000.00")), ("wholesale", WHOLESALE)):
        make_price(configuration=sku.configuration, kind=kind, amount=amount, valid_from=since)
    for _ in range(CARS):
        make_vehicle(sku=sku, produced_on=timezone.localdate() - timedelta(days=20))
    return sku


@pytest.fixture
def house(cast, new_context, live_server) -> House:
    dealer = make_dealer(
        unit=cast["dealer"].unit, state=Dealer.State.FORMAL, name="哈尔滨龙江", credit_limit_amount=Decimal("200000")
    )
    signed_contract(dealer=dealer)
    return House(new_context, live_server.url, on_phones=("dealer", "manager"))


def ordered_by_matrix(dealer: Person, sku: Sku) -> None:
    dealer.go_to("订单")
    dealer.press("矩阵订车")
    dealer.fill({"合同": "HT-"})
    dealer.page.locator(f"[name=cars-{sku.pk}]").fill(f"{CARS}")
    expect(dealer.page.locator("[data-all-amount]")).to_have_text("106,720.00")
    dealer.press("保存")
    dealer.reads("DD-", "106,720.00")
    dealer.press("提交")
    dealer.reads("已提交")


def approved_on_the_phone(manager: Person, dealer: Person) -> None:
    manager.go_to("待我审批", heading="审批")
    card = manager.page.locator("article.approval", has_text="DD-")
    expect(card).to_contain_text("106,720.00")
    card.get_by_role("button", name="审核通过").click()
    manager.page.locator("#confirm").get_by_role("button", name="确定").click()
    manager.reads("没有待您审批的单据。")
    dealer.page.reload()
    dealer.reads("已审核")


def allocated(stock: Person) -> None:
    stock.go_to("订单")
    stock.open("DD-")
    stock.press("配车")
    stock.press("配车")
    stock.reads("已配车")


def paid(finance: Person) -> None:
    """What the bank advised settles the order; the car account of the dealer shows it."""
    finance.go_to("回款")
    finance.press("新增回款单")
    finance.fill({"付款经销商": "哈尔滨龙江", "金额": 106720, "银行流水号": NOTE_OF_THE_BANK})
    debt = finance.page.locator("[data-debt]")
    expect(debt).to_have_count(1)
    debt.fill("106720")
    finance.press("保存")
    finance.go_to("应收款")
    finance.reads("DD-", "106,720.00")


def statement_opened(finance: Person) -> None:
    finance.go_to("经销商")
    finance.open("哈尔滨龙江")
    finance.page.locator("main a[href*='account=car']").click()
    finance.reads("车款账户", "106,720.00")
    with finance.page.expect_download() as download:
        finance.press("对账单（PDF）")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def test_a_dealers_order_is_approved_on_a_phone_allocated_and_paid(house, sku):
    ordered_by_matrix(house["dealer"], sku)
    approved_on_the_phone(house["manager"], house["dealer"])
    allocated(house["stock"])
    paid(house["finance"])
    statement_opened(house["finance"])
    order = Order.objects.get()
    assert (order.status, order.receivable.outstanding_amount) == ("allocated", 0)
    assert house.asked == {urlsplit(house.address).netloc}
    assert house.faults == []

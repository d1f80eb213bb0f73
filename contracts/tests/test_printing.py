"""The quotation on paper: its words, its pages, what the font cannot write, and who may take it out."""

from decimal import Decimal

import pytest
from django.urls import reverse

from contracts import printing
from contracts.tests.factories import make_quotation, quotation_at, quoted
from core.models import ExportLog
from core.tests.pdf_text import pages_of
from customers.tests.factories import make_customer

pytestmark = pytest.mark.django_db


def url(quotation) -> str:
    return reverse("contracts:quotation_pdf", args=[quotation.pk])


def printed(quotation) -> list[str]:
    return pages_of(printing.quotation_pdf(quotation))


def test_paper_says_who_what_how_much_and_until_when(sales1):
    customer = make_customer(unit=sales1.unit, owner=sales1, name="哈尔滨龙运出租汽车有限公司")
    quotation = quotation_at(
        "sent", owner=sales1, customer=customer, lines=[quoted(2, "2.5")], note="含脚垫\n交车时上牌"
    )
    (page,) = printed(quotation)
    line = quotation.lines.get()
    for words in (
        "报价单",
        "哈飞汽车销售公司",
        customer.name,
        quotation.number,
        quotation.valid_until.isoformat(),
        line.sku.code,
        "42,800.00",
        "2.50%",
        "41,730.00",
        "83,460.00",
        "人民币捌万叁仟肆佰陆拾元整",
        "2,140.00",
        "含脚垫",
        "交车时上牌",
        "第 1 页，共 1 页",
    ):
        assert words in page, words
    assert "尚未报出" not in page


@pytest.mark.parametrize(("status", "mark"), [("draft", "尚未报出"), ("superseded", "已失效"), ("expired", "已失效")])
def test_paper_that_is_no_offer_says_so(sales1, status, mark):
    assert mark in printed(quotation_at(status, owner=sales1))[0]


def test_long_quotation_repeats_its_heading_and_counts_its_pages(sales1):
    pages = printed(make_quotation(owner=sales1, lines=[quoted(1, str(number % 7)) for number in range(60)]))
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
    assert all("指导价" in page for page in pages[:-1])
    assert "人民币" in pages[-1]


def test_long_name_wraps_inside_its_column(sales1):
    name = "黑龙江省" + "哈尔滨市道里区群力第五大道" * 6 + "物流"
    customer = make_customer(unit=sales1.unit, owner=sales1, name=name[:80])
    (page,) = printed(make_quotation(owner=sales1, customer=customer))
    assert customer.name not in page
    assert customer.name in page.replace("\n", "")


def test_paper_is_chinese_for_an_english_reader_too(client, sales1):
    sales1.language = "en"
    sales1.save(update_fields=["language"])
    client.force_login(sales1)
    answer = client.get(url(quotation_at("sent", owner=sales1, unit=sales1.unit)))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "报价单" in pages_of(b"".join(answer.streaming_content))[0]
    log = ExportLog.objects.get()
    assert (log.by, log.row_count) == (sales1, 1)


def test_sign_the_font_does_not_have_is_named_and_not_printed_as_a_box(client, sales1):
    quotation = make_quotation(owner=sales1, unit=sales1.unit, note="送礼包😀")
    client.force_login(sales1)
    answer = client.get(url(quotation), follow=True)
    assert answer.redirect_chain
    assert "😀" in str(next(iter(answer.context["messages"])))
    assert not ExportLog.objects.exists()


def test_strangers_get_no_paper(client, sales1, sales2, trainee):
    quotation = make_quotation(owner=sales1, unit=sales1.unit)
    for person, status in ((sales2, 404), (trainee, 403)):
        client.force_login(person)
        assert client.get(url(quotation)).status_code == status


def test_large_amounts_and_odd_texts_are_printed(sales1):
    quotation = make_quotation(
        owner=sales1,
        lines=[quoted(9999) | {"unit_price_amount": Decimal("42799.99"), "discount_percent": None}],
        note="<b>价格</b> & “条款”\t①㎡ ≥ 3",
    )
    (page,) = printed(quotation)
    assert "<b>价格</b> & “条款”" in page
    assert "肆亿贰仟柒佰玖拾伍万柒仟壹佰元零壹分" in page

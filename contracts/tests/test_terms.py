"""The terms below papers: dated, edited by the administrator, and those of its day on each paper."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.models import PaperTerms
from contracts.papers import contract_pdf, order_pdf
from contracts.printing import quotation_pdf
from contracts.tests.factories import cars, make_order, make_paperterms, quotation_at, signed_contract
from core.errors import RuleBroken
from core.tests.pdf_text import pages_of

pytestmark = pytest.mark.django_db
Kind = PaperTerms.Kind
DAY = date(2026, 3, 1)
TODAY = timezone.localdate


@pytest.mark.parametrize(
    ("on", "text"), [(DAY - timedelta(days=1), "旧条款"), (DAY, "新条款"), (DAY + timedelta(days=1), "新条款")]
)
def test_a_paper_bears_the_terms_that_hold_on_its_day(cast, on, text):
    for kind in (Kind.QUOTATION, Kind.ANNUAL_DEALER, Kind.ORDER):
        make_paperterms(kind=kind, valid_from=date(2020, 1, 1), text="旧条款")
        make_paperterms(kind=kind, valid_from=DAY, text="新条款\n\n第二条")
    contract, order, quotation = signed_contract(), make_order(), quotation_at("sent", owner=cast["sales1"])
    contract.signed_on = order.ordered_on = quotation.quoted_on = on
    for record, printed in ((contract, contract_pdf), (order, order_pdf), (quotation, quotation_pdf)):
        (page,) = pages_of(printed(record))
        assert f"1. {text}" in page
        assert ("2. 第二条" in page) == (text == "新条款")


def test_a_contract_that_is_not_signed_bears_the_terms_of_today(cast):
    make_paperterms(kind=Kind.ANNUAL_DEALER, valid_from=TODAY(), text="今日条款")
    contract = signed_contract()
    contract.signed_on = None
    assert "今日条款" in pages_of(contract_pdf(contract))[0]


@pytest.mark.parametrize("kind", Kind.values)
def test_every_paper_has_standing_terms_in_chinese_from_the_beginning(kind):
    actions.add_standard_terms()
    terms = PaperTerms.objects.printed_on(kind, date(2000, 1, 1))
    assert len(terms) >= 2
    assert all("\u4e00" <= term[0] <= "\u9fff" for term in terms)


def test_standing_terms_do_not_come_back_where_others_were_entered():
    PaperTerms.objects.filter(kind=Kind.ORDER).delete()
    own = make_paperterms(kind=Kind.ORDER)
    before = PaperTerms.objects.count()
    actions.add_standard_terms()
    assert PaperTerms.objects.count() == before
    assert PaperTerms.objects.filter(kind=Kind.ORDER).get() == own


def test_the_director_enters_terms_for_a_coming_day_and_changes_them_until_then(client, director):
    client.force_login(director)
    tomorrow = TODAY() + timedelta(days=1)
    form = {"kind": "order", "valid_from": tomorrow, "text": "当日验收"}
    assert client.post(reverse("contracts:paperterms_add"), form).status_code == 302
    terms = PaperTerms.objects.get(valid_from=tomorrow)
    edit = reverse("contracts:paperterms_edit", args=[terms.pk])
    assert client.post(edit, form | {"text": "三日内验收"}).status_code == 302
    terms.refresh_from_db()
    assert terms.text == "三日内验收"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"days": -1}, "valid_from"),
        ({"text": "送礼包😀"}, "text"),
        ({"text": ""}, "text"),
        ({"days": 3}, "__all__"),
    ],
)
def test_terms_of_the_past_unprintable_or_second_ones_get_a_sentence(client, director, change, field):
    make_paperterms(kind=Kind.ORDER, valid_from=TODAY() + timedelta(days=3))
    before = PaperTerms.objects.count()
    client.force_login(director)
    form = {"kind": "order", "valid_from": TODAY() + timedelta(days=change.pop("days", 1)), "text": "当日验收"}
    answer = client.post(reverse("contracts:paperterms_add"), form | change)
    assert answer.status_code == 200 and answer.context["form"].errors[field]
    assert PaperTerms.objects.count() == before


def test_terms_that_hold_are_replaced_and_not_changed(director):
    holding = make_paperterms(valid_from=TODAY())
    with pytest.raises(RuleBroken):
        actions.change_paper_terms(holding.pk, by=director, text="anders")
    holding.refresh_from_db()
    assert holding.text == "货到验收\n当日反馈"


def test_an_order_is_printed_with_its_cars_and_the_amount_in_words(client, cast):
    dealer, contract = cast["dealer"], signed_contract()
    order = make_order(contract=contract, lines=[cars(3)], unit=dealer.unit, owner=dealer, note="周五前到货")
    client.force_login(dealer)
    answer = client.get(reverse("contracts:order_pdf", args=[order.pk]))
    (page,) = pages_of(b"".join(answer.streaming_content))
    line = order.lines.get()
    sums = ("38,000.00", "114,000.00", "壹拾壹万肆仟元整")
    for words in (order.number, contract.number, contract.dealer.name, line.sku.code, *sums, "周五前到货", "尚未生效"):
        assert words in page, words
    assert "尚未生效" not in pages_of(order_pdf(make_order(contract=contract, status="approved")))[0]

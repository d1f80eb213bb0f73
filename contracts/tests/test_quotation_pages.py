"""Quotations as people use them: the form, the approval, the next version, the contract."""

import json
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from contracts.models import Contract, DiscountLimit, Order, Quotation
from contracts.tests.factories import make_quotation, quotation_at, quoted
from contracts.tests.test_pages import lines, post
from customers.models import OpportunityLine
from customers.tests.factories import make_customer, make_opportunity, make_pricepolicy
from products.tests.factories import make_price, make_sku
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db


def detail(quotation) -> str:
    return reverse("contracts:quotation_detail", args=[quotation.pk])


def steps_offered(client, quotation) -> list[str]:
    return [step.name for step in client.get(detail(quotation)).context["steps"]]


@pytest.fixture
def taxi(sales1):
    return make_customer(unit=sales1.unit, owner=sales1)


def fields(customer) -> dict:
    return {"customer": customer.pk, "valid_until": timezone.localdate() + timedelta(days=15), "note": ""}


def test_form_knows_the_guide_prices_of_the_day_and_the_limit(client, limits, sku, sales1):
    make_price(configuration=sku.configuration, valid_from=timezone.localdate() + timedelta(days=1), amount=Decimal(1))
    client.force_login(sales1)
    page = client.get(reverse("contracts:quotation_add"))
    assert json.loads(page.context["guide_prices"]) == {str(sku.pk): "42800.00"}
    assert 'data-limit="3.00"' in page.content.decode()


def test_draft_of_an_earlier_day_is_changed_and_sent_at_the_prices_of_today(client, limits, sku, sales1):
    quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[quoted(2, "3", sku)])
    today = timezone.localdate()
    Quotation.objects.update(quoted_on=today - timedelta(days=20))
    make_price(configuration=sku.configuration, valid_from=today, amount=Decimal("45000"))
    client.force_login(sales1)
    refused = post(client, "quotation_step", quotation.pk, "send")
    assert quotation.number in str(refused.context["form"].non_field_errors())
    page = client.get(reverse("contracts:quotation_edit", args=[quotation.pk]))
    assert json.loads(page.context["guide_prices"])[str(sku.pk)] == "45000.00"
    first = page.context["lines"].forms[0]
    assert [first[name].value() for name in ("list_price_amount", "discount_percent", "unit_price_amount")] == [
        45000, 3, None,
    ]  # fmt: skip
    row = {"sku": sku.pk, "quantity": 2, "discount_percent": "3"}
    post(client, "quotation_edit", quotation.pk, **fields(quotation.customer), **lines(row))
    post(client, "quotation_step", quotation.pk, "send")
    quotation.refresh_from_db()
    assert (quotation.status, quotation.quoted_on, quotation.total_amount) == ("sent", today, 87300)


def test_draft_is_sent_under_the_day_of_sending_while_the_list_stands(client, limits, sku, sales1):
    quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[quoted(2, "3", sku)])
    Quotation.objects.update(quoted_on=timezone.localdate() - timedelta(days=20))
    client.force_login(sales1)
    post(client, "quotation_step", quotation.pk, "send")
    quotation.refresh_from_db()
    assert (quotation.status, quotation.quoted_on) == ("sent", timezone.localdate())


def test_draft_moves_to_the_unit_of_its_new_customer(client, sku, director, sales1, sales2):
    quotation = make_quotation(owner=director, customer=make_customer(owner=sales1, unit=sales1.unit))
    other = make_customer(owner=sales2, unit=make_user().unit)
    client.force_login(director)
    post(client, "quotation_edit", quotation.pk, **fields(other), **lines({"sku": sku.pk, "quantity": 1}))
    quotation.refresh_from_db()
    assert (quotation.customer, quotation.unit) == (other, other.unit)


def test_price_that_nobody_may_approve_is_not_handed_in(client, limits, sku, sales1):
    quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[quoted(1, "21", sku)])
    client.force_login(sales1)
    refused = post(client, "quotation_step", quotation.pk, "submit")
    assert refused.context["form"].non_field_errors()
    quotation.refresh_from_db()
    assert quotation.status == "draft"


def test_message_about_the_approval_reads_the_same_on_both_sides_of_the_cost(client, limits, sku, sales1):
    """Trying prices must not tell the cost: above and below it the same people are named."""
    make_price(configuration=sku.configuration, kind="cost", amount=Decimal("40500"))
    client.force_login(sales1)
    sentences = []
    for price in ("40501", "40499"):
        row = {"sku": sku, "quantity": 1, "unit_price_amount": Decimal(price)}
        quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[row])
        sentence = client.get(detail(quotation)).context["needed_approval"]
        discount = str(quotation.largest_discount_percent)
        sentences.append(sentence.replace(quotation.number, "").replace(discount, ""))
    assert sentences[0] == sentences[1]


def test_discount_agreed_with_a_key_account_is_proposed_and_sent_without_approval(client, limits, sku, sales1):
    taxi = make_customer(owner=sales1, unit=sales1.unit)
    make_pricepolicy(
        customer=taxi,
        valid_from=timezone.localdate(),
        valid_until=timezone.localdate(),
        lines=[{"from_quantity": 10, "discount_percent": 6}],
    )
    opportunity = make_opportunity(owner=sales1, unit=sales1.unit, customer=taxi, quantity=10)
    client.force_login(sales1)
    form = client.get(reverse("contracts:quotation_add"), {"opportunity": opportunity.pk})
    assert form.context["lines"].forms[0].initial["discount_percent"] == 6
    for cars, status in ((9, "draft"), (10, "sent")):
        quotation = make_quotation(owner=sales1, unit=sales1.unit, customer=taxi, lines=[quoted(cars, "6", sku)])
        post(client, "quotation_step", quotation.pk, "send")
        quotation.refresh_from_db()
        assert quotation.status == status


def test_guide_price_sent_by_the_browser_is_not_believed(client, sku, sales1, taxi):
    client.force_login(sales1)
    row = {"sku": sku.pk, "quantity": 1, "list_price_amount": "99999", "discount_percent": "1"}
    post(client, "quotation_add", **fields(taxi), **lines(row))
    line = Quotation.objects.get().lines.get()
    assert (line.list_price_amount, line.unit_price_amount) == (42800, 42372)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"quantity": 1, "discount_percent": "101"}, "100"),
        ({"quantity": 1, "discount_percent": "-1"}, "0"),
        ({"quantity": 0}, "1"),
        ({"quantity": 1, "discount_percent": "abc"}, ""),
        ({"quantity": 1, "unit_price_amount": "42801"}, "42,800.00"),
        ({"quantity": 1, "unit_price_amount": "40000", "discount_percent": "1"}, "6.54"),
    ],
)
def test_line_that_cannot_be_is_refused_with_a_sentence(client, sku, sales1, taxi, row, sentence):
    client.force_login(sales1)
    refused = post(client, "quotation_add", **fields(taxi), **lines({"sku": sku.pk} | row))
    assert refused.status_code == 200
    assert sentence in refused.content.decode()
    assert not Quotation.objects.exists()


def test_discount_beyond_the_limit_goes_through_the_manager(client, limits, sku, sales1, manager, taxi):
    client.force_login(sales1)
    row = {"sku": sku.pk, "quantity": 2, "discount_percent": "5"}
    post(client, "quotation_add", **fields(taxi), **lines(row))
    quotation = Quotation.objects.get()
    assert steps_offered(client, quotation) == ["submit", "expire"]
    assert "8.00 %" in client.get(detail(quotation)).context["needed_approval"]
    refused = post(client, "quotation_step", quotation.pk, "send")
    assert "3.00 %" in str(refused.context["form"].non_field_errors())
    post(client, "quotation_step", quotation.pk, "submit")

    client.force_login(manager)
    listed = client.get(reverse("contracts:quotation_list"), {"waits_for_me": "true"})
    assert [row.pk for row in listed.context["rows"]] == [quotation.pk]
    assert steps_offered(client, quotation) == ["approve", "return"]
    post(client, "quotation_step", quotation.pk, "approve")

    client.force_login(sales1)
    assert steps_offered(client, quotation) == ["send", "revise", "expire"]
    assert not client.get(detail(quotation)).context["can_change"]
    post(client, "quotation_step", quotation.pk, "send")
    quotation.refresh_from_db()
    assert quotation.status == "sent"


def test_manager_whose_limit_does_not_suffice_is_told_and_not_offered_the_step(client, limits, sales1, manager):
    quotation = quotation_at("submitted", owner=sales1, unit=sales1.unit, lines=[quoted(1, "10")])
    client.force_login(manager)
    assert steps_offered(client, quotation) == ["return"]
    assert "20.00 %" in client.get(detail(quotation)).context["needed_approval"]
    refused = post(client, "quotation_step", quotation.pk, "approve")
    assert "8.00 %" in str(refused.context["form"].non_field_errors())


def test_cost_is_not_told_to_whoever_may_not_see_it(client, limits, sku, sales1, director):
    make_price(configuration=sku.configuration, kind="cost", amount=Decimal("42500.77"))
    quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[quoted(1, "2", sku)])
    for person, knows in ((sales1, False), (director, True)):
        client.force_login(person)
        page = client.get(detail(quotation))
        assert "42,500.77" not in page.content.decode()
        assert ("is_below_cost" in [cell.column.name for cell in page.context["facts"]]) is knows


def test_revision_opens_for_change_and_shows_both_versions_side_by_side(client, limits, sku, sales1):
    former = quotation_at("sent", owner=sales1, unit=sales1.unit, lines=[quoted(2, "1", sku)])
    client.force_login(sales1)
    answers = [post(client, "quotation_revise", former.pk) for _ in range(2)]
    revision = Quotation.objects.get(version=2)
    assert {answer.url for answer in answers} == {reverse("contracts:quotation_edit", args=[revision.pk])}
    row = {"sku": sku.pk, "quantity": 3, "discount_percent": "3"}
    post(client, "quotation_edit", revision.pk, **fields(former.customer), **lines(row))
    page = client.get(detail(revision))
    (difference,) = page.context["differences"]
    assert (difference.before.quantity, difference.after.quantity) == (2, 3)
    assert difference.amount == Decimal("39804.00")
    assert page.context["difference"] == difference.amount
    assert str(revision) in client.get(detail(former)).content.decode()
    assert steps_offered(client, former) == []


def test_lines_that_came_or_went_are_named_as_such(client, limits, sku, sales1):
    """In place of the price that one of the versions does not have stands a dash."""
    other = make_sku()
    make_price(configuration=other.configuration)
    former = quotation_at("sent", owner=sales1, unit=sales1.unit, lines=[quoted(2, "0", sku)])
    client.force_login(sales1)
    client.get(post(client, "quotation_revise", former.pk).url)
    row = {"sku": other.pk, "quantity": 1}
    post(client, "quotation_edit", former.revision.pk, **fields(former.customer), **lines(row))
    page = client.get(detail(former.revision)).content.decode()
    for word in ("新增", "已删除", "-85,600.00", "+42,800.00", "-42,800.00"):
        assert word in page, word


def test_accepted_quotation_leads_to_its_contract_and_the_order(client, sku, director):
    opportunity = make_opportunity(owner=director, unit=director.unit)
    quotation = quotation_at(
        "accepted",
        owner=director,
        unit=director.unit,
        customer=opportunity.customer,
        opportunity=opportunity,
        lines=[quoted(2, "5", sku)],
    )
    client.force_login(director)
    answers = [post(client, "quotation_contract", quotation.pk) for _ in range(2)]
    contract = Contract.objects.get()
    page_of_contract = reverse("contracts:contract_detail", args=[contract.pk])
    assert {answer.url for answer in answers} == {page_of_contract}
    assert "contract" not in steps_offered(client, quotation)
    assert page_of_contract in dict(client.get(detail(quotation)).context["links"]).values()
    page = client.get(page_of_contract)
    assert detail(quotation) in dict(page.context["links"]).values()
    assert "81,320.00" in page.content.decode()

    Contract.objects.update(status="signed")
    make_order = list(dict(client.get(page_of_contract).context["links"]).values())[-1]
    proposed = {name: values[0] for name, values in parse_qs(urlsplit(make_order).query).items()}
    form = client.get(make_order)
    first = form.context["lines"].forms[0].initial
    row = {name: getattr(value, "pk", value) for name, value in first.items()}
    answer = client.post(make_order, {"kind": "regular", "note": "", **proposed, **lines(row)})
    assert answer.status_code == 302
    order = Order.objects.get()
    assert (order.quotation, order.contract, order.total_amount) == (quotation, contract, Decimal("81320.00"))
    again = client.post(make_order, {"kind": "regular", "note": "", **proposed, **lines(row)})
    assert order.number in str(again.context["form"].errors["quotation"])


def test_quotation_begins_on_the_opportunity_with_what_the_customer_wants(client, limits, sku, sales1, sales2):
    opportunity = make_opportunity(unit=sales1.unit, owner=sales1)
    OpportunityLine.objects.create(
        opportunity=opportunity,
        series=sku.configuration.vehicle_model.series,
        configuration=sku.configuration,
        quantity=6,
    )
    client.force_login(sales1)
    for record in (opportunity, opportunity.customer):
        page = client.get(reverse(f"customers:{record._meta.model_name}_detail", args=[record.pk]))
        (tab,) = [shown for shown in page.context["panels"] if "quotation_add" in reversed_name(shown["add_url"])]
    form = client.get(reverse("contracts:quotation_add"), {"opportunity": opportunity.pk})
    assert form.context["lines"].forms[0].initial == {"sku": sku, "quantity": 6}
    client.force_login(sales2)
    form = client.get(reverse("contracts:quotation_add"), {"opportunity": opportunity.pk})
    assert not form.context["lines"].forms[0].initial


def reversed_name(url: str) -> str:
    return resolve(urlsplit(url).path).url_name if url else ""


def test_discount_limits_are_kept_by_the_director(client, director, manager):
    url, form = reverse("contracts:discountlimit_add"), {"role": "salesman", "percent": "3", "valid_from": "2026-01-01"}
    client.force_login(manager)
    assert client.post(url, form).status_code == 403
    client.force_login(director)
    for wrong in ({"percent": "-1"}, {"percent": "100.01"}, {"percent": "x"}, {"role": "king"}):
        assert client.post(url, form | wrong).context["form"].errors, wrong
    assert client.post(url, form).status_code == 302
    assert client.post(url, form).context["form"].errors
    limit = DiscountLimit.objects.get()
    client.post(reverse("contracts:discountlimit_edit", args=[limit.pk]), form | {"percent": "4.25"})
    limit.refresh_from_db()
    assert limit.percent == Decimal("4.25")


def test_record_page_costs_the_same_for_two_lines_and_forty(client, limits, sku, sales1):
    client.force_login(sales1)
    counts = []
    for count in (2, 40):
        former = quotation_at("sent", owner=sales1, unit=sales1.unit, lines=[quoted(1, "1", sku)] * count)
        post(client, "quotation_revise", former.pk)
        client.get(detail(former.revision))
        with CaptureQueriesContext(connection) as queries:
            client.get(detail(former.revision))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 45


@pytest.mark.parametrize("status", Quotation.Status.values)
def test_only_what_has_not_left_the_house_goes_to_the_recycle_bin(client, sales1, status):
    quotation = quotation_at(status, owner=sales1, unit=sales1.unit)
    client.force_login(sales1)
    is_kept = status not in ("draft", "returned")
    assert client.get(detail(quotation)).context["can_bin"] is not is_kept
    page = client.post(reverse("contracts:quotation_bin", args=[quotation.pk]), follow=True)
    quotation.refresh_from_db()
    assert (quotation.binned_at is None) is is_kept
    assert (quotation.get_status_display() in page.content.decode() and "保留" in page.content.decode()) or not is_kept

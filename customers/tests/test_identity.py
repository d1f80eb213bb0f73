from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from core.errors import RuleBroken
from core.models import RevealLog
from customers import actions, identity
from customers.models import Customer
from customers.tests.factories import make_customer

TODAY = date(2026, 11, 22)
NUMBER = "11010519491231002X"
STANDARD, STRANGE = "91110000600037341L", "91230100127040288N"


@pytest.mark.parametrize(
    "typed", [NUMBER, "11010519491231002x", "110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_a_right_id_number_is_kept_as_eighteen_characters(typed):
    assert identity.plain_id_number(typed, TODAY) == NUMBER


def test_a_number_of_a_district_that_is_no_more_is_a_number():
    assert identity.plain_id_number("34052419800101001X", TODAY) == "34052419800101001X"


@pytest.mark.parametrize(
    "typed",
    [
        "110105194912310021",  # check character
        "11010519490231002X",  # 31 February
        "110105203012310025",  # born in the future
        "110105491231002",  # 15 digits
        "1101051949123100",
        "A1010519491231002X",
    ],
)
def test_a_wrong_id_number_is_refused_with_a_sentence(typed):
    with pytest.raises(RuleBroken) as refusal:
        identity.plain_id_number(typed, TODAY)
    assert "id_number" in refusal.value.message_dict


@pytest.mark.parametrize("typed", [STANDARD, "91110000600037341l", "912201011239989159", "912301991270402886"])
def test_a_standard_credit_code_needs_no_reason(typed):
    assert identity.plain_credit_code(typed, reason="") == typed.upper()


def test_a_code_that_breaks_the_standard_needs_a_reason(client, sales1):
    client.force_login(sales1)
    form = {"name": "哈飞股份", "kind": "company", "phone": "13904510001", "level": "c", "care_level": "standard"}
    page = client.post(reverse("customers:customer_add"), form | {"credit_code": STRANGE})
    assert STRANGE in str(page.context["form"].errors["credit_code"])
    assert not Customer.objects.exists()
    client.post(reverse("customers:customer_add"), form | {"credit_code": STRANGE, "credit_code_note": "执照原件如此"})
    customer = Customer.objects.get()
    assert (customer.credit_code, customer.credit_code_note) == (STRANGE, "执照原件如此")
    actions.change_customer(customer.pk, by=sales1, credit_code=STANDARD)
    customer.refresh_from_db()
    assert (customer.credit_code, customer.credit_code_note) == (STANDARD, "")


@pytest.mark.parametrize("code", ["9123010012704028", "91230100127040288-中"])
def test_no_reason_excuses_a_code_of_the_wrong_length(code):
    with pytest.raises(RuleBroken):
        identity.plain_credit_code(code, reason="执照原件如此")


@pytest.mark.django_db
def test_the_id_number_is_unreadable_in_the_database(sales1):
    make_customer(owner=sales1, id_number=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM customers_customer c")
        (row,) = cursor.fetchone()
    assert NUMBER not in row and NUMBER[:17] not in row
    assert Customer.objects.with_id_number(NUMBER).count() == 1


@pytest.mark.django_db
def test_the_form_keeps_a_masked_number_that_nobody_touched_and_takes_away_an_emptied_one(client, sales1):
    customer = make_customer(owner=sales1, id_number=NUMBER)
    client.force_login(sales1)
    url = reverse("customers:customer_edit", args=[customer.pk])
    shown = client.get(url).context["form"]["id_number"].value()
    assert shown == "110105********002X"
    form = {"name": "马建国", "kind": "person", "phone": "13904510001", "level": "c", "care_level": "standard"}
    client.post(url, form | {"id_number": shown})
    assert Customer.objects.with_id_number(NUMBER).get().name == "马建国"
    client.post(url, form | {"id_number": ""})
    assert not Customer.objects.with_id_number(NUMBER).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "is_found"),
    [(NUMBER, True), (NUMBER.lower(), True), (NUMBER[:17], False), ("19491231", False), ("", False)],
)
def test_an_id_number_is_found_whole_by_post_and_never_by_a_part(client, sales1, sales2, typed, is_found):
    customer = make_customer(owner=sales1, id_number=NUMBER)
    box, all_customers = reverse("customers:customer_by_id_number"), reverse("customers:customer_list")
    record = reverse("customers:customer_detail", args=[customer.pk])
    client.force_login(sales1)
    assert client.post(box, {"id_number": typed}).headers["Location"] == (record if is_found else all_customers)
    assert client.get(all_customers, {"q": NUMBER}).context["rows"] == []
    client.force_login(sales2)
    assert client.post(box, {"id_number": typed}).headers["Location"] == all_customers


@pytest.mark.django_db
def test_lists_and_exports_mask_the_id_number(client, director, sales1):
    make_customer(owner=sales1, id_number=NUMBER)
    client.force_login(director)
    client.post(reverse("customers:customer_columns"), {"columns": ["name", "id_number_cipher", "phone"]})
    page = client.get(reverse("customers:customer_list")).content.decode()
    assert "110105********002X" in page and NUMBER not in page


@pytest.mark.django_db
def test_a_masked_column_cannot_be_sorted(client, finance, sales1):
    for phone in ("13904510002", "13904510001", "13904510003"):
        make_customer(owner=sales1, phone=phone)
    url = reverse("customers:customer_list")

    def order(person, sort):
        client.force_login(person)
        return [row.pk for row in client.get(url, {"sort": sort}).context["rows"]]

    assert order(sales1, "phone") == order(sales1, "-phone")[::-1]
    assert order(finance, "phone") == order(finance, "-phone") == order(finance, "")
    assert "?sort=phone" not in client.get(url).content.decode()


@pytest.mark.django_db
def test_showing_a_number_is_logged_and_the_log_cannot_be_changed(client, director, auditor, sales1):
    customer = make_customer(owner=sales1, id_number=NUMBER, phone="13904510001")
    client.force_login(director)
    url = reverse("customers:customer_reveal", args=[customer.pk])
    parts = [reverse(f"customers:customer_{part}", args=[customer.pk]) for part in ("detail", "timeline")]
    page = "".join(client.get(part).content.decode() for part in parts)
    assert page.count('hx-post="reveal/"') == 2 and "13904510001" not in page and NUMBER not in page
    assert client.post(url, {"column": "phone"}).content.decode() == "13904510001"
    assert client.post(url, {"column": "id_number_cipher"}).content.decode() == NUMBER
    logged = RevealLog.objects.order_by("pk").values_list("by__username", "model_label", "record_id", "column")
    assert list(logged) == [
        ("director", "customers.customer", customer.pk, "phone"),
        ("director", "customers.customer", customer.pk, "id_number_cipher"),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        RevealLog.objects.update(by=sales1)
    client.force_login(auditor)
    assert len(client.get(reverse("core:reveallog_list")).context["rows"]) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["name", "search_text", "password", ""])
def test_only_masked_columns_are_shown_by_the_button(client, director, sales1, column):
    customer = make_customer(owner=sales1)
    client.force_login(director)
    assert client.post(reverse("customers:customer_reveal", args=[customer.pk]), {"column": column}).status_code == 404
    assert not RevealLog.objects.exists()


@pytest.mark.django_db
def test_a_stranger_has_nothing_shown_and_nothing_logged(client, manager2, stock, sales1):
    customer = make_customer(owner=sales1, id_number=NUMBER)
    url = reverse("customers:customer_reveal", args=[customer.pk])
    for person, code in ((manager2, 404), (stock, 403)):
        client.force_login(person)
        assert client.post(url, {"column": "id_number_cipher"}).status_code == code
    client.force_login(sales1)
    assert client.get(url).status_code == 405
    assert not RevealLog.objects.exists()


@pytest.mark.django_db
def test_id_numbers_are_written_anew_with_a_new_key(settings, sales1):
    customer = make_customer(owner=sales1, id_number=NUMBER)
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert actions.rewrite_id_numbers() == 1
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert Customer.objects.with_id_number(NUMBER).get() == customer


@pytest.mark.django_db
def test_a_number_that_somebody_else_entered_meanwhile_is_kept(client, sales1):
    customer = make_customer(owner=sales1, id_number=NUMBER)
    client.force_login(sales1)
    url = reverse("customers:customer_edit", args=[customer.pk])
    page = client.get(url)
    form = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    actions.change_customer(customer.pk, by=sales1, id_number="34052419800101001X")
    client.post(url, form | {"seen": page.context["seen"], "industry": "出租"})
    customer.refresh_from_db()
    assert customer.industry == "出租"
    assert Customer.objects.with_id_number("34052419800101001X").get() == customer
    assert customer.extra == {}

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from customers import actions
from customers.birthdays import next_birthday
from customers.models import Contact, Customer
from customers.tests.factories import make_contact, make_customer


@pytest.mark.parametrize(
    ("birthday", "today", "kept_on"),
    [
        ({"month": 8, "day": 15, "is_lunar": True}, date(2026, 1, 1), date(2026, 9, 25)),
        ({"month": 8, "day": 15, "is_lunar": True}, date(2026, 9, 26), date(2027, 9, 15)),
        ({"month": 1, "day": 1, "is_lunar": True}, date(2026, 2, 17), date(2026, 2, 17)),
        # The twelfth month of these years has 29 days.
        ({"month": 12, "day": 30, "is_lunar": True}, date(2026, 1, 1), date(2026, 2, 16)),
        # A leap sixth month stood in 2025 and does not in 2026.
        ({"month": 6, "day": 15, "is_lunar": True, "is_leap_month": True}, date(2025, 1, 1), date(2025, 8, 8)),
        ({"month": 6, "day": 15, "is_lunar": True, "is_leap_month": True}, date(2026, 1, 1), date(2026, 7, 28)),
        ({"month": 2, "day": 29, "is_lunar": False}, date(2026, 1, 1), date(2026, 2, 28)),
        ({"month": 2, "day": 29, "is_lunar": False}, date(2028, 1, 1), date(2028, 2, 29)),
        ({"month": 11, "day": 22, "is_lunar": False}, date(2026, 11, 22), date(2026, 11, 22)),
        ({"month": 11, "day": 21, "is_lunar": False}, date(2026, 11, 22), date(2027, 11, 21)),
    ],
)
def test_next_birthday_by_the_sun_and_by_the_moon(birthday, today, kept_on):
    assert next_birthday(**birthday, today=today) == kept_on


@pytest.mark.django_db
def test_a_contact_is_entered_with_a_lunar_birthday_and_two_phones(client, sales1):
    customer = make_customer(owner=sales1)
    client.force_login(sales1)
    form = {
        "customer": customer.pk,
        "name": " 马建国 ",
        "phone": "＋８６ 139 ０４５１ 0001",
        "other_phone": "0451-82345678",
        "wechat": "majg_1",
        "birth_calendar": "lunar",
        "birth_month": 8,
        "birth_day": 15,
    }
    client.post(reverse("customers:contact_add"), form)
    contact = Contact.objects.get()
    assert (contact.name, contact.phone, contact.other_phone) == ("马建国", "13904510001", "0451-82345678")
    assert contact.next_birthday_on >= timezone.localdate()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_month": 13, "birth_day": 1},
        {"birth_month": 2, "birth_day": 30},
        {"birth_month": 5},
        {"birth_day": 5},
        {"birth_calendar": "lunar", "birth_month": 5, "birth_day": 31},
        {"birth_month": 5, "birth_day": 1, "is_leap_month": "on"},
        {"birth_month": 5, "birth_day": 1, "birth_year": 1800},
    ],
)
def test_a_birthday_that_cannot_be_is_refused_with_a_sentence(client, sales1, wrong):
    customer = make_customer(owner=sales1)
    client.force_login(sales1)
    form = {"customer": customer.pk, "name": "马建国", "birth_calendar": "solar"} | wrong
    page = client.post(reverse("customers:contact_add"), form)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_birthdays_that_passed_are_renewed(sales1):
    contact = make_contact(owner=sales1, birth_month=11, birth_day=21)
    Contact.objects.update(next_birthday_on=date(2026, 11, 21))
    assert actions.renew_birthdays(date(2026, 11, 22)) == 1
    contact.refresh_from_db()
    assert contact.next_birthday_on == date(2027, 11, 21)


@pytest.mark.django_db
def test_customers_are_sorted_by_the_sound_of_their_names(sales1):
    person = make_customer(owner=sales1, name="曾伟", kind="person")
    company = make_customer(owner=sales1, name="重庆路宝租赁", kind="leasing")
    assert (person.name_pinyin, company.name_pinyin) == ("zeng wei", "chong qing lu bao zu lin")
    actions.change_customer(person.pk, by=sales1, name="翟伟")
    assert Customer.objects.get(pk=person.pk).name_pinyin == "zhai wei"


@pytest.mark.django_db
def test_a_customer_is_found_by_either_phone(sales1):
    customer = make_customer(owner=sales1, phone="13904510001", other_phone="13904510002")
    assert Customer.objects.with_phone("13904510002").get() == customer


@pytest.mark.django_db
def test_a_new_primary_contact_takes_the_place_of_the_former_one(client, sales1):
    former = make_contact(owner=sales1, is_primary=True)
    client.force_login(sales1)
    form = {"customer": former.customer_id, "name": "马建军", "phone": "13904510009", "is_primary": "on"}
    assert client.post(reverse("customers:contact_add"), form | {"birth_calendar": "solar"}).status_code == 302
    assert Contact.objects.get(is_primary=True).name == "马建军"

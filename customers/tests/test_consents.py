from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from customers import actions
from customers.models import Consent, ConsentText, Purpose
from customers.tests.factories import make_consent, make_consenttext, make_customer

pytestmark = pytest.mark.django_db


def test_a_consent_is_recorded_for_one_purpose_with_the_text_that_was_read(client, sales1):
    customer = make_customer(owner=sales1)
    old = make_consenttext(version="2025-1", valid_from=date(2025, 1, 1))
    text, coming = make_consenttext(version="2026-1"), make_consenttext(version="2099-1", valid_from=date(2099, 1, 1))
    client.force_login(sales1)
    url = reverse("customers:consent_add")
    assert list(client.get(url).context["form"].fields["text"].queryset) == [text]
    for not_offered in (old, coming):
        form = {"customer": customer.pk, "text": not_offered.pk, "channel": "paper"}
        assert client.post(url, form).context["form"].errors["text"]
    client.post(url, {"customer": customer.pk, "text": text.pk, "channel": "paper", "proof": "同意书 12 号"})
    consent = Consent.objects.get()
    assert (consent.customer, consent.text, consent.is_given, consent.by) == (customer, text, True, sales1)
    page = client.get(reverse("customers:customer_detail", args=[customer.pk])).content.decode()
    assert "2026-1" in page


def test_it_is_taken_back_with_one_click_and_both_stay_on_record(client, sales1):
    customer = make_customer(owner=sales1)
    make_consent(customer=customer)
    make_consent(customer=customer, text=make_consenttext(purpose=Purpose.MARKETING_PHONE))
    client.force_login(sales1)
    url = reverse("customers:consent_withdraw", args=[customer.pk])
    client.post(url, {"purpose": "marketing_sms"})
    assert list(Consent.objects.order_by("pk").values_list("text__purpose", "is_given")) == [
        ("marketing_sms", True),
        ("marketing_phone", True),
        ("marketing_sms", False),
    ]
    assert not Consent.objects.given(Purpose.MARKETING_SMS).exists()
    assert Consent.objects.given(Purpose.MARKETING_PHONE).get().customer == customer
    client.post(url, {"purpose": "marketing_sms"})
    assert Consent.objects.count() == 3


def test_a_consent_given_again_counts_again(sales1):
    customer = make_customer(owner=sales1)
    first = make_consent(customer=customer)
    actions.withdraw_consent(customer.pk, Purpose.MARKETING_SMS, by=sales1)
    again = make_consent(customer=customer, text=first.text)
    assert Consent.objects.given(Purpose.MARKETING_SMS).get() == again


def test_neither_consents_nor_their_texts_can_be_changed(sales1):
    make_consent(owner=sales1)
    for model in (Consent, ConsentText):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ConsentText.objects.update(text="别的")


def test_a_stranger_cannot_take_back(client, sales1, manager2, finance):
    customer = make_customer(owner=sales1)
    make_consent(customer=customer)
    url = reverse("customers:consent_withdraw", args=[customer.pk])
    for person, code in ((manager2, 404), (finance, 403)):
        client.force_login(person)
        assert client.post(url, {"purpose": "marketing_sms"}).status_code == code
    assert Consent.objects.count() == 1

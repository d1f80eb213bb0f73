"""A choice of records that is too long for a page, as it comes back from the browser."""

import pytest
from django.urls import reverse

from core import choices
from customers.tests.factories import make_customer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 19, "²", "x", ""])
def test_a_key_that_no_record_has_is_refused_and_the_form_drawn_again(client, sales1, monkeypatch, key):
    monkeypatch.setattr(choices, "FEW", 0)
    customer = make_customer(owner=sales1, unit=sales1.unit)
    client.force_login(sales1)
    page = client.post(reverse("customers:opportunity_add"), {"customer": key})
    assert page.status_code == 200 and page.context["form"].errors["customer"]
    assert str(customer) in page.content.decode()

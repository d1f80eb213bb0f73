import pytest
from django.urls import reverse

from core.paging import PAGE_SIZE
from customers.tests.factories import make_lead

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["2", "3", "99999"])
def test_beyond_the_end_stands_the_last_page(client, sales1, asked):
    oldest = [make_lead(owner=sales1, unit=sales1.unit) for _number in range(PAGE_SIZE + 1)][0]
    client.force_login(sales1)
    context = client.get(reverse("customers:lead_list"), {"page": asked}).context
    assert [row.pk for row in context["rows"]] == [oldest.pk]
    assert (context["page"].number, context["page"].has_next) == (2, False)


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "1.5", "9999999"])
def test_what_is_no_number_of_a_page_is_the_first(client, sales1, asked):
    make_lead(owner=sales1, unit=sales1.unit)
    client.force_login(sales1)
    assert client.get(reverse("customers:lead_list"), {"page": asked}).context["page"].number == 1

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from customers.tests.factories import make_lead
from users import actions

pytestmark = pytest.mark.django_db


def test_the_day_a_lead_is_to_be_contacted_stands_in_the_calendar_without_its_phone(client, sales1):
    day = timezone.localdate() + timedelta(days=1)
    lead = make_lead(owner=sales1, name="刘洋", phone="13904518821", next_contact_on=day)
    client.force_login(sales1)
    days = client.get(reverse("calendar"), {"on": day, "view": "day"}).context["days"]
    assert [(item.kind, item.url) for item in days[0].items] == [
        ("contact", reverse("customers:lead_detail", args=[lead.pk]))
    ]
    cache.clear()
    feed = client.get(reverse("calendar_feed", args=[actions.open_feed(by=sales1)])).content.decode()
    assert "刘洋" in feed
    assert "13904518821" not in feed.replace("\r\n ", "")
    assert "8821" not in feed


def test_many_leads_of_a_day_are_one_line_that_leads_to_their_list(client, sales1):
    day = timezone.localdate() + timedelta(days=1)
    for _ in range(21):
        make_lead(owner=sales1, next_contact_on=day)
    client.force_login(sales1)
    (item,) = client.get(reverse("calendar"), {"on": day, "view": "day"}).context["days"][0].items
    assert "21" in item.title
    assert client.get(item.url).context["page"].count == 21

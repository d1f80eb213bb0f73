from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import Notice
from customers.actions import send_digests
from customers.models import Lead
from customers.tests.factories import make_lead
from users.tests.factories import make_task

pytestmark = pytest.mark.django_db


def test_salesman_and_manager_are_told_what_is_overdue_and_find_as_many_rows(client, sales1, sales2, manager, manager2):
    today = timezone.localdate()
    for owner, count in ((sales1, 3), (sales2, 1)):
        for _ in range(count):
            make_lead(owner=owner)
    Lead.objects.update(next_contact_on=today - timedelta(days=1))
    make_lead(owner=sales1)
    closed = make_lead(owner=sales1, next_contact_on=today)
    Lead.objects.filter(pk=closed.pk).update(status=Lead.Status.INVALID, next_contact_on=today - timedelta(days=1))
    make_task(owner=sales1, due_on=date(2026, 1, 5))
    Notice.objects.all().delete()
    send_digests(today)
    told = {notice.user: notice for notice in Notice.objects.all()}
    assert set(told) == {sales1, sales2, manager}
    assert told[sales1].parameters == {"leads": 3, "tasks": 1}
    assert told[sales2].parameters == {"leads": 1, "tasks": 0}
    assert told[manager].parameters == {"leads": 4, "people": f"{sales1.name} 3、{sales2.name} 1"}
    for person, notice in told.items():
        client.force_login(person)
        assert client.get(notice.url).context["page"].count == notice.parameters["leads"]

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from hafei_crm.tasks import purge

pytestmark = pytest.mark.django_db


def test_night_deletes_ended_sessions_and_keeps_the_others(client, sales1, sales2):
    for person in (sales1, sales2):
        client.cookies.clear()
        client.force_login(person)
    ended = Session.objects.exclude(pk=client.session.session_key)
    assert ended.update(expire_date=timezone.now() - timedelta(minutes=1)) == 1
    purge()
    assert [session.pk for session in Session.objects.all()] == [client.session.session_key]

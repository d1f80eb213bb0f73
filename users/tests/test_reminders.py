from datetime import date, timedelta
from threading import Barrier, Thread
from unittest.mock import Mock

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from core.mail import send_waiting
from core.models import Notice, OutgoingMail
from users import actions, tasks
from users.models import EntryReminder, Task, User
from users.tests.factories import at, make_calendarentry, make_task

pytestmark = pytest.mark.django_db
NOW = at(2026, 12, 2, 8, 30)


def remind(now=NOW) -> None:
    actions.remind_of_tasks(now)
    actions.remind_of_entries(now)


def told(person) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(user=person).order_by("pk")]


def test_a_task_is_reminded_of_once_by_bell_and_mail(sales1):
    User.objects.filter(pk=sales1.pk).update(email="li@hafei.example")
    sales1.refresh_from_db()
    make_task(owner=sales1, title="送报价", due_on=date(2026, 12, 2), remind_at=NOW)
    remind(NOW - timedelta(minutes=1))
    assert told(sales1) == []
    for _ in range(2):
        remind()
    assert len(told(sales1)) == 1
    assert "送报价" in told(sales1)[0]
    send_waiting(timezone.now())
    (letter,) = mail.outbox
    assert "送报价" in letter.subject
    assert "http://localhost:8000/users/tasks/" in letter.body


def test_who_switched_letters_off_or_has_no_address_hears_the_bell_alone(client, sales1, sales2):
    User.objects.filter(pk=sales1.pk).update(email="li@hafei.example")
    client.force_login(sales1)
    client.post("/users/settings/mail/", {})
    for person in (User.objects.get(pk=sales1.pk), sales2):
        make_task(owner=person, due_on=date(2026, 12, 2), remind_at=NOW)
    remind()
    assert len(told(sales1)) == len(told(sales2)) == 1
    assert not OutgoingMail.objects.exists()


def test_what_is_done_put_away_or_a_leavers_is_not_reminded_of(sales1, sales2):
    done, away = (make_task(owner=sales1, due_on=date(2026, 12, 2), remind_at=NOW) for _ in range(2))
    actions.finish_task(done.pk, by=sales1)
    Task.objects.filter(pk=away.pk).update(binned_at=NOW)
    make_task(owner=sales2, due_on=date(2026, 12, 2), remind_at=NOW)
    User.objects.filter(pk=sales2.pk).update(is_active=False)
    remind()
    assert not Notice.objects.exists()


def test_each_occurrence_of_a_series_is_reminded_of_before_it_begins(sales1, sales2):
    make_calendarentry(owner=sales1, title="周例会", repeats="weekly", remind_minutes=30, participants=[sales2])
    Notice.objects.all().delete()
    for minutes in (-1, 0, 5, 10):
        remind(NOW + timedelta(minutes=minutes))
    assert len(told(sales1)) == len(told(sales2)) == 1
    remind(NOW + timedelta(days=7))
    assert [("2026-12-02 09:00" in told(sales1)[0]), ("2026-12-09 09:00" in told(sales1)[1])] == [True, True]
    assert EntryReminder.objects.count() == 2


def test_an_occurrence_left_out_is_not_reminded_of(sales1):
    entry = make_calendarentry(owner=sales1, repeats="daily", remind_minutes=30)
    actions.leave_out(entry.pk, by=sales1, scope="one", on=date(2026, 12, 3))
    remind(NOW + timedelta(days=1))
    assert not Notice.objects.exists()


def test_an_entry_moved_after_its_reminder_is_reminded_of_again(sales1):
    entry = make_calendarentry(owner=sales1, remind_minutes=30)
    remind()
    actions.change_entry(entry.pk, by=sales1, starts_at=at(2026, 12, 2, 14), ends_at=at(2026, 12, 2, 15))
    remind(at(2026, 12, 2, 13, 30))
    assert ["09:00" in told(sales1)[0], "14:00" in told(sales1)[1]] == [True, True]


def test_tasks_that_cannot_be_read_do_not_stop_the_calendar(monkeypatch, sales1):
    entry = make_calendarentry(owner=sales1, remind_minutes=30)
    now = entry.starts_at - timedelta(minutes=10)
    monkeypatch.setattr(tasks, "remind_of_tasks", Mock(side_effect=ValueError))
    monkeypatch.setattr(tasks.timezone, "now", lambda: now)
    with pytest.raises(ValueError):
        tasks.remind()
    assert len(told(sales1)) == 1


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_reminder_outside_the_calendar_is_refused_beside_its_field(client, sales1, moment):
    client.force_login(sales1)
    fields = {"title": "送报价", "due_on": "2198-01-05", "owner": sales1.pk, "priority": "normal", "remind_at": moment}
    answer = client.post("/users/tasks/add/", fields)
    assert "remind_at" in answer.context["form"].errors
    assert not Task.objects.exists()


def test_a_server_that_was_down_for_hours_does_not_ring_for_what_is_over(sales1):
    make_calendarentry(owner=sales1, remind_minutes=30)
    remind(at(2026, 12, 2, 11))
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_minute_remind_once(cast):
    owner, failed = cast["sales1"], []
    for _ in range(20):
        make_task(owner=owner, due_on=date(2026, 12, 2), remind_at=NOW)
        make_calendarentry(owner=owner, remind_minutes=30)
    start = Barrier(2)

    def work() -> None:
        try:
            start.wait()
            remind()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failed
    assert Notice.objects.filter(user=owner).count() == 40

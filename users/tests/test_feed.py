from datetime import date, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.periods import SHANGHAI
from core.tests import rfc5545
from users import actions
from users.feed import rule_text
from users.models import CalendarEntry, CalendarFeed
from users.tests.factories import at, make_calendarentry, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def read(client, token: str):
    return client.get(reverse("calendar_feed", args=[token]))


def unfolded(answer) -> str:
    return answer.content.decode().replace("\r\n ", "")


def test_the_address_is_shown_once_and_read_without_signing_in(client, sales1):
    make_calendarentry(owner=sales1, title="拜访鸿运", place="哈尔滨,道里", starts_at=at(2026, 12, 2, 9))
    make_task(owner=sales1, title="送报价", due_on=timezone.localdate() + timedelta(days=2))
    client.force_login(sales1)
    url = client.post(reverse("users:feed_open")).context["feed_url"]
    assert url not in client.get(reverse("users:my_settings")).content.decode()
    client.logout()
    answer = client.get(url)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = unfolded(answer)
    assert "SUMMARY:拜访鸿运\r\n" in text
    assert "LOCATION:哈尔滨\\,道里\r\n" in text
    assert "送报价" in text
    assert CalendarFeed.objects.get().read_at is not None


def test_a_telephone_number_typed_into_a_title_or_note_is_masked(client, sales1):
    make_calendarentry(owner=sales1, title="打给13904518821", note="备用 139-0451-8822 和订单 20261202123456789")
    text = unfolded(read(client, actions.open_feed(by=sales1)))
    assert "打给139****8821" in text
    assert "139****8822" in text
    assert "20261202123456789" in text


def test_only_a_digest_of_the_secret_is_kept(sales1):
    token = actions.open_feed(by=sales1)
    assert len(token) >= 43
    assert token not in CalendarFeed.objects.get().token_hash


def test_a_revoked_a_renewed_and_an_invented_address_are_not_found(client, sales1):
    first = actions.open_feed(by=sales1)
    second = actions.open_feed(by=sales1)
    assert [read(client, token).status_code for token in (first, second, "x", "a" * 300)] == [404, 200, 404, 404]
    actions.close_feed(by=sales1)
    assert read(client, second).status_code == 404


def test_who_has_left_is_no_longer_read(client, sales1):
    token = actions.open_feed(by=sales1)
    sales1.is_active = False
    sales1.save(update_fields=["is_active"])
    assert read(client, token).status_code == 404


def test_the_feed_holds_nobody_elses_entries(client, sales1, sales2):
    make_calendarentry(owner=sales2, title="别人的安排")
    assert "别人的安排" not in unfolded(read(client, actions.open_feed(by=sales1)))


def test_asking_again_within_a_minute_makes_nothing_anew(client, sales1, django_assert_num_queries):
    token = actions.open_feed(by=sales1)
    read(client, token)
    with django_assert_num_queries(1):
        read(client, token)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({}, ""),
        ({"repeats": "daily", "repeat_interval": 3, "repeat_count": 5}, "FREQ=DAILY;INTERVAL=3;COUNT=5"),
        ({"repeats": "weekly", "weekdays": [4, 0]}, "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ({"repeats": "monthly"}, "FREQ=MONTHLY"),
        (
            {"repeats": "monthly", "starts_at": at(2026, 12, 31, 9), "ends_at": at(2026, 12, 31, 10)},
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        ),
        ({"repeats": "daily", "repeat_until": date(2026, 12, 31)}, "FREQ=DAILY;UNTIL=20261231T155959Z"),
    ],
)
def test_the_rule_is_said_as_calendar_programs_understand_it(sales1, fields, rule):
    assert rule_text(make_calendarentry(owner=sales1, **fields)) == rule


def test_a_strict_reader_finds_the_same_occurrences_as_the_calendar(client, sales1, manager):
    made = [
        make_calendarentry(
            owner=sales1, title="拜访鸿运，谈价;签约" * 9, note="第一行\r\n第二行\\,\x7f完", place="哈尔滨,道里"
        ),
        make_calendarentry(owner=sales1, repeats="weekly", weekdays=[0, 4], repeat_count=9, remind_minutes=30),
        make_calendarentry(owner=sales1, repeats="monthly", is_all_day=True, repeat_until=date(2027, 3, 31)),
        make_calendarentry(owner=manager, participants=[sales1], repeats="daily", repeat_interval=3),
    ]
    actions.leave_out(made[1].pk, by=sales1, scope="one", on=date(2026, 12, 11))
    actions.leave_out(made[2].pk, by=sales1, scope="one", on=date(2027, 1, 2))
    make_task(owner=sales1, title="送报价", due_on=timezone.localdate(), due_time="08:00")
    make_task(owner=sales1, title="月报", due_on=timezone.localdate())
    calendar = rfc5545.read(read(client, actions.open_feed(by=sales1)).content)
    events = {event.get("UID").value: event for event in calendar.inner("VEVENT")}
    assert len(events) == 6
    start, end = at(2026, 12, 1), at(2027, 6, 1)
    for entry in CalendarEntry.objects.all():
        seen = rfc5545.occurrences(events[f"entry-{entry.pk}@hafei-crm"], start, end)
        assert seen == [one.starts_at for one in entry.occurrences(start.date(), end.date())]
    assert events[f"entry-{made[0].pk}@hafei-crm"].get("DESCRIPTION").text() == "第一行\n第二行\\,完"


def test_an_entry_keeps_its_name_and_has_a_new_stamp_when_it_is_changed(client, sales1):
    entry, token = make_calendarentry(owner=sales1), actions.open_feed(by=sales1)
    (before,) = rfc5545.read(read(client, token).content).inner("VEVENT")
    actions.change_entry(entry.pk, by=sales1, title="改期", starts_at=at(2026, 12, 3, 9), ends_at=at(2026, 12, 3, 10))
    CalendarEntry.objects.update(changed_at=entry.changed_at + timedelta(minutes=5))
    cache.clear()
    (after,) = rfc5545.read(read(client, token).content).inner("VEVENT")
    assert after.get("UID") == before.get("UID")
    assert after.get("DTSTAMP").when() > before.get("DTSTAMP").when()


@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["daily", "weekly", "monthly"]),
    st.integers(1, 7),
    st.frozensets(st.integers(0, 6), max_size=3),
    st.none() | st.dates(date(2028, 1, 1), date(2029, 1, 1)),
)
def test_every_rule_means_the_same_to_another_program(first, repeats, interval, weekdays, until):
    entry = CalendarEntry(
        starts_at=datetime.combine(first, time(9), SHANGHAI),
        repeats=repeats,
        repeat_interval=interval,
        weekdays=sorted(weekdays | {first.weekday()}) if repeats == "weekly" else [],
        repeat_until=until,
    )
    end = first + timedelta(days=1000)
    event = rfc5545.Component("VEVENT", [
        rfc5545.Property("DTSTART", {"TZID": "Asia/Shanghai"}, f"{entry.starts_at:%Y%m%dT%H%M%S}"),
        rfc5545.Property("RRULE", {}, rule_text(entry)),
    ])  # fmt: skip
    found = rfc5545.occurrences(event, entry.starts_at, datetime.combine(end, time(), SHANGHAI))
    assert [moment.date() for moment in found] == list(entry.recurrence.days(first, end))

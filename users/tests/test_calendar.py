from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken
from core.models import Notice, UndoOffer
from users import actions
from users.models import CalendarEntry
from users.tests.factories import at, make_calendarentry, make_task

pytestmark = pytest.mark.django_db


def form(**fields) -> dict:
    values = {"title": "区域例会", "starts_on": "2026-12-02", "starts_time": "09:00", "ends_on": "2026-12-02"}
    return values | {"ends_time": "10:30", "repeat_interval": "1"} | fields


def shown(client, **query) -> dict[date, list[str]]:
    days = client.get(reverse("calendar"), query).context["days"]
    return {day.on: [item.title for item in day.items] for day in days if day.items}


def weekly(owner, **fields) -> CalendarEntry:
    """Each Wednesday from 2 December 2026, 9 to 10 o'clock."""
    return make_calendarentry(owner=owner, title="周例会", repeats="weekly", **fields)


def test_an_entry_is_added_by_its_form_and_stands_on_its_day(client, sales1):
    client.force_login(sales1)
    assert client.post(reverse("users:calendarentry_add"), form(owner=sales1.pk)).status_code == 302
    entry = CalendarEntry.objects.get()
    assert (entry.starts_at, entry.ends_at) == (at(2026, 12, 2, 9), at(2026, 12, 2, 10, 30))
    for view in ("month", "week", "day"):
        assert shown(client, view=view, on="2026-12-02") == {date(2026, 12, 2): ["区域例会"]}


def test_a_whole_day_needs_no_time_and_covers_its_last_day(client, sales1):
    client.force_login(sales1)
    fields = form(owner=sales1.pk, is_all_day="on", starts_time="", ends_time="", ends_on="2026-12-03")
    assert client.post(reverse("users:calendarentry_add"), fields).status_code == 302
    assert set(shown(client, on="2026-12-01")) == {date(2026, 12, 2), date(2026, 12, 3)}
    page = client.get(reverse("users:calendarentry_edit", args=[CalendarEntry.objects.get().pk]))
    assert page.context["form"].initial["ends_on"] == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"starts_time": ""}, "starts_time"),
        ({"ends_time": "09:00"}, "ends_on"),
        ({"ends_on": "2026-12-01"}, "ends_on"),
        ({"ends_on": "2027-12-02"}, "ends_on"),
        ({"starts_on": "2026-02-31"}, "starts_on"),
        ({"repeats": "yearly"}, "repeats"),
        ({"repeats": "daily", "repeat_interval": "0"}, "repeat_interval"),
        ({"repeats": "daily", "repeat_until": "2026-12-01"}, "repeat_until"),
        ({"repeats": "daily", "repeat_until": "2026-12-09", "repeat_count": "3"}, "repeat_count"),
        ({"repeats": "weekly", "weekdays": ["7"]}, "weekdays"),
        ({"remind_minutes": "-5"}, "remind_minutes"),
        ({"title": ""}, "title"),
        ({"starts_on": "9999-12-31", "ends_on": "9999-12-31", "is_all_day": "on"}, "ends_on"),
    ],
)
def test_bad_input_is_answered_beside_its_field(client, sales1, fields, name):
    client.force_login(sales1)
    answer = client.post(reverse("users:calendarentry_add"), form(owner=sales1.pk) | fields)
    assert name in answer.context["form"].errors
    assert not CalendarEntry.objects.exists()


@pytest.mark.parametrize("query", [{"on": "2026-13-45"}, {"on": "0001-01-01"}, {"on": "x"}, {"person": "x"}])
def test_an_unreadable_day_or_person_is_not_found(client, sales1, query):
    client.force_login(sales1)
    assert client.get(reverse("calendar"), query).status_code == 404


def test_the_calendar_shows_tasks_on_the_day_they_are_due(client, sales1):
    make_task(owner=sales1, title="送报价", due_on=date(2026, 12, 2), due_time="08:00")
    client.force_login(sales1)
    assert shown(client, on="2026-12-02", view="day") == {date(2026, 12, 2): ["送报价"]}


def test_an_appointment_hangs_on_the_record_it_was_made_from(client, sales1, manager2):
    client.force_login(sales1)
    about = f"users.unit.{sales1.unit.pk}"
    assert client.post(reverse("users:calendarentry_add"), form(owner=sales1.pk, about=about)).status_code == 302
    assert CalendarEntry.objects.get().target == sales1.unit
    for about in (f"users.unit.{manager2.unit.pk}", "users.unit.x", "no.model.1", "x" * 300):
        answer = client.post(reverse("users:calendarentry_add"), form(owner=sales1.pk, about=about))
        assert answer.context["form"].non_field_errors()
    assert CalendarEntry.objects.count() == 1


def test_a_manager_reads_the_calendar_of_his_people_and_a_colleague_does_not(client, manager, sales1, sales2):
    make_calendarentry(owner=sales1, title="拜访鸿运")
    client.force_login(manager)
    assert shown(client, on="2026-12-02", person=sales1.pk) == {date(2026, 12, 2): ["拜访鸿运"]}
    assert shown(client, on="2026-12-02") == {}
    client.force_login(sales2)
    assert client.get(reverse("calendar"), {"person": sales1.pk}).status_code == 404


def test_who_takes_part_sees_the_entry_is_told_and_may_not_change_it(client, sales1, sales2, manager2):
    entry = make_calendarentry(owner=sales1, title="车展值班", participants=[sales2])
    assert "车展值班" in Notice.objects.get(user=sales2).text
    client.force_login(sales2)
    assert shown(client, on="2026-12-02") == {date(2026, 12, 2): ["车展值班"]}
    assert client.get(reverse("users:calendarentry_detail", args=[entry.pk])).status_code == 200
    assert client.get(reverse("users:calendarentry_edit", args=[entry.pk])).status_code == 404
    client.force_login(manager2)
    assert client.get(reverse("users:calendarentry_detail", args=[entry.pk])).status_code == 404


def test_nobody_writes_in_a_strangers_calendar(sales1, sales2):
    with pytest.raises(RuleBroken):
        actions.add_entry(
            by=sales1, owner=sales2, title="替你约的", starts_at=at(2026, 12, 2, 9), ends_at=at(2026, 12, 2, 10)
        )


def test_one_occurrence_is_moved_and_the_series_stays(client, sales1):
    entry = weekly(sales1)
    client.force_login(sales1)
    fields = form(
        owner=sales1.pk, scope="one", on="2026-12-09", starts_on="2026-12-10", ends_on="2026-12-10", title="改期",
        repeats="weekly",
    )  # fmt: skip
    assert client.post(reverse("users:calendarentry_edit", args=[entry.pk]), fields).status_code == 302
    days = shown(client, on="2026-12-01")
    assert days[date(2026, 12, 10)] == ["改期"]
    assert date(2026, 12, 9) not in days
    assert days[date(2026, 12, 2)] == days[date(2026, 12, 16)] == ["周例会"]


def test_all_that_follow_move_and_what_was_stays(client, sales1):
    entry = weekly(sales1)
    new = actions.change_entry(
        entry.pk, by=sales1, scope="following", on=date(2026, 12, 16),
        starts_at=at(2026, 12, 17, 14), ends_at=at(2026, 12, 17, 15),
    )  # fmt: skip
    client.force_login(sales1)
    days = [day for day in shown(client, on="2026-12-01") if day.month == 12]
    assert days == [date(2026, 12, number) for number in (2, 9, 17, 24, 31)]
    assert new.weekdays == [3]


def test_a_series_that_counts_is_divided_without_losing_one(sales1):
    entry = weekly(sales1, repeat_count=5)
    new = actions.change_entry(entry.pk, by=sales1, scope="following", on=date(2026, 12, 16), title="后半")
    entry.refresh_from_db()
    window = date(2026, 1, 1), date(2028, 1, 1)
    assert [len(list(part.occurrences(*window))) for part in (entry, new)] == [2, 3]


def test_the_whole_series_moves_by_the_days_the_occurrence_is_moved_by(sales1):
    entry = weekly(sales1)
    actions.leave_out(entry.pk, by=sales1, scope="one", on=date(2026, 12, 23))
    actions.change_entry(
        entry.pk, by=sales1, scope="all", on=date(2026, 12, 16), weekdays=[2],
        starts_at=at(2026, 12, 15, 8), ends_at=at(2026, 12, 15, 9),
    )  # fmt: skip
    entry.refresh_from_db()
    found = [occurrence.starts_at for occurrence in entry.occurrences(date(2026, 12, 1), date(2027, 1, 1))]
    assert found == [at(2026, 12, day, 8) for day in (1, 8, 15, 29)]


def mondays_and_wednesdays(owner, **fields) -> CalendarEntry:
    """From Monday 30 November 2026, 9 to 10 o'clock."""
    times = {"starts_at": at(2026, 11, 30, 9), "ends_at": at(2026, 11, 30, 10)}
    return weekly(owner, weekdays=[0, 2], **times | fields)


@pytest.mark.parametrize(
    ("scope", "opened", "moved_to", "days"),
    [
        ("all", 2, 3, (3, 7, 10, 14)),
        ("all", 7, 10, (2, 3, 9, 10)),
        ("all", 2, 9, (7, 9, 14, 16)),
        ("following", 9, 10, (2, 7, 10, 14, 17)),
        ("following", 7, 10, (2, 9, 10, 16, 17)),
    ],
)
def test_of_a_series_on_two_weekdays_the_one_that_is_moved_changes(client, sales1, scope, opened, moved_to, days):
    entry = mondays_and_wednesdays(sales1)
    client.force_login(sales1)
    fields = form(
        owner=sales1.pk, scope=scope, on=f"2026-12-{opened:02}", starts_on=f"2026-12-{moved_to:02}",
        ends_on=f"2026-12-{moved_to:02}", repeats="weekly", weekdays=["0", "2"],
    )  # fmt: skip
    assert client.post(reverse("users:calendarentry_edit", args=[entry.pk]), fields).status_code == 302
    december = [day.day for day in shown(client, on="2026-12-01") if day.month == 12]
    assert tuple(december[: len(days)]) == days


def test_other_weekdays_are_those_that_were_ticked_and_no_more(client, sales1):
    entry = mondays_and_wednesdays(sales1)
    client.force_login(sales1)
    fields = form(owner=sales1.pk, scope="all", on="2026-12-02", repeats="weekly", weekdays=["1", "3"])
    assert client.post(reverse("users:calendarentry_edit", args=[entry.pk]), fields).status_code == 302
    assert [day.day for day in shown(client, on="2026-12-01") if day.month == 12][:4] == [1, 3, 8, 10]


def test_what_was_left_out_stays_left_out_when_the_rest_of_the_series_moves(sales1):
    entry = weekly(sales1)
    actions.leave_out(entry.pk, by=sales1, scope="one", on=date(2026, 12, 23))
    new = actions.change_entry(
        entry.pk, by=sales1, scope="following", on=date(2026, 12, 16),
        starts_at=at(2026, 12, 17, 9), ends_at=at(2026, 12, 17, 10),
    )  # fmt: skip
    found = [one.on.day for one in new.occurrences(date(2026, 12, 1), date(2027, 1, 1))]
    assert found == [17, 31]


def test_who_changes_the_place_keeps_a_participant_he_does_not_see_otherwise(client, sales1, manager2):
    entry = make_calendarentry(owner=sales1, participants=[manager2])
    client.force_login(sales1)
    fields = form(owner=sales1.pk, place="三楼会议室", participants=[manager2.pk])
    assert client.post(reverse("users:calendarentry_edit", args=[entry.pk]), fields).status_code == 302
    entry.refresh_from_db()
    assert (entry.place, list(entry.participants.all())) == ("三楼会议室", [manager2])


def test_a_day_is_left_out_and_the_series_ended_from_the_page(client, sales1):
    entry = weekly(sales1)
    client.force_login(sales1)
    url = reverse("users:calendarentry_leave_out", args=[entry.pk])
    client.post(url, {"on": "2026-12-09", "scope": "one"})
    client.post(url, {"on": "2026-12-23", "scope": "following"})
    assert list(shown(client, on="2026-12-01")) == [date(2026, 12, 2), date(2026, 12, 16)]
    assert client.post(url, {"on": "2026-12-10", "scope": "one"}).status_code == 302
    assert client.post(url, {"on": "x", "scope": "one"}).status_code == 404
    assert client.post(url, {"on": "2026-12-16", "scope": "everything"}).status_code == 404


@pytest.mark.parametrize("scope", ["one", "following"])
def test_what_was_left_out_comes_back_by_the_button(client, sales1, scope):
    entry = weekly(sales1)
    client.force_login(sales1)
    client.post(reverse("users:calendarentry_leave_out", args=[entry.pk]), {"on": "2026-12-09", "scope": scope})
    assert date(2026, 12, 9) not in shown(client, on="2026-12-01")
    client.post(reverse("undo", args=[UndoOffer.objects.get().pk]))
    assert [day.day for day in shown(client, on="2026-12-01") if day.month == 12] == [2, 9, 16, 23, 30]


def test_an_occurrence_that_is_no_more_is_refused_with_a_sentence(client, sales1):
    entry = weekly(sales1)
    client.force_login(sales1)
    fields = form(owner=sales1.pk, scope="one", on="2026-12-10")
    answer = client.post(reverse("users:calendarentry_edit", args=[entry.pk]), fields)
    assert "2026-12-10" in str(answer.context["form"].non_field_errors())


def test_an_entry_over_midnight_stands_on_both_days_and_one_that_ends_at_midnight_does_not(client, sales1):
    make_calendarentry(owner=sales1, title="夜班", starts_at=at(2026, 12, 2, 22), ends_at=at(2026, 12, 3, 6))
    make_calendarentry(owner=sales1, title="晚宴", starts_at=at(2026, 12, 5, 18), ends_at=at(2026, 12, 6))
    client.force_login(sales1)
    assert set(shown(client, on="2026-12-01")) == {date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 5)}


def test_holidays_and_make_up_days_are_marked(client, sales1):
    client.force_login(sales1)
    days = {day.on: day for day in client.get(reverse("calendar"), {"on": "2026-02-10"}).context["days"]}
    assert days[date(2026, 2, 17)].holiday
    assert days[date(2026, 2, 14)].is_make_up_day
    assert not days[date(2026, 2, 10)].holiday


def test_the_calendar_costs_the_same_queries_for_5_entries_and_50(client, sales1):
    client.force_login(sales1)

    def fill(count: int) -> None:
        for _ in range(count):
            weekly(sales1)
            make_task(owner=sales1, due_on=timezone.localdate() + timedelta(days=1))

    fill(3)
    client.get(reverse("calendar"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("calendar"), {"on": "2026-12-02"})
    fill(22)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("calendar"), {"on": "2026-12-02"})
    assert len(many) == len(few) <= 12

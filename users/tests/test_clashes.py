"""Two things at once are said and not refused."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from users.clashes import clashes_ahead
from users.models import CalendarEntry
from users.tests.factories import at, make_calendarentry
from users.tests.test_calendar import form

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 2)


def said(client, page: str, *args, **fields) -> str:
    """The warning that stands on the page after saving."""
    answer = client.post(reverse(f"users:calendarentry_{page}", args=args), form(**fields), follow=True)
    return "".join(str(message) for message in answer.context["messages"] if message.level_tag == "warning")


def titles(entry, reader, today: date = DAY) -> list[tuple[str, date]]:
    return [(clash.other.entry.title, clash.other.on) for clash in clashes_ahead(entry, reader=reader, today=today)]


def test_what_is_added_at_the_same_time_is_saved_with_a_hint(client, sales1):
    make_calendarentry(owner=sales1, title="拜访鸿运")
    client.force_login(sales1)
    hint = said(client, "add", owner=sales1.pk, starts_time="09:30", ends_time="11:00")
    assert "拜访鸿运" in hint
    assert "2026-12-02 09:00–10:00" in hint
    assert CalendarEntry.objects.count() == 2


@pytest.mark.parametrize(("begin", "end"), [("10:00", "11:00"), ("08:00", "09:00")])
def test_what_follows_at_once_is_no_clash(client, sales1, begin, end):
    make_calendarentry(owner=sales1)
    client.force_login(sales1)
    assert said(client, "add", owner=sales1.pk, starts_time=begin, ends_time=end) == ""


def test_an_entry_moved_onto_another_is_told_and_away_from_it_not(client, sales1):
    make_calendarentry(owner=sales1, title="拜访鸿运")
    entry = make_calendarentry(owner=sales1, starts_at=at(2026, 12, 3, 9), ends_at=at(2026, 12, 3, 10))
    client.force_login(sales1)
    assert "拜访鸿运" in said(client, "edit", entry.pk, owner=sales1.pk)
    assert said(client, "edit", entry.pk, owner=sales1.pk, starts_time="13:00", ends_time="14:00") == ""


def test_the_page_of_an_entry_shows_what_else_is_on_that_day(client, sales1):
    weekly = make_calendarentry(owner=sales1, title="周例会", repeats="weekly")
    visit = make_calendarentry(owner=sales1, title="拜访", starts_at=at(2026, 12, 9, 8), ends_at=at(2026, 12, 9, 12))
    client.force_login(sales1)
    page = reverse("users:calendarentry_detail", args=[weekly.pk])
    assert client.get(page).context["clashes"] == []
    (clash,) = client.get(page, {"on": "2026-12-09"}).context["clashes"]
    assert clash.url in client.get(page, {"on": "2026-12-09"}).content.decode()
    (back,) = client.get(reverse("users:calendarentry_detail", args=[visit.pk])).context["clashes"]
    assert (back.other.entry, back.other.on) == (weekly, date(2026, 12, 9))
    assert client.get(back.url).context["occurrence"].on == date(2026, 12, 9)


def test_a_series_is_compared_with_the_next_three_months(sales1):
    weekly = make_calendarentry(owner=sales1, repeats="weekly")
    for title, days in (("近", 7), ("远", 140), ("别的日子", 8)):
        moved = timedelta(days=days)
        times = {"starts_at": at(2026, 12, 2, 9) + moved, "ends_at": at(2026, 12, 2, 10) + moved}
        make_calendarentry(owner=sales1, title=title, **times)
    assert titles(weekly, sales1) == [("近", date(2026, 12, 9))]
    assert [title for title, _on in titles(weekly, sales1, date(2027, 4, 1))] == ["远"]


def test_a_whole_day_meets_whatever_is_on_it_and_a_day_left_out_nothing(sales1):
    fair = make_calendarentry(owner=sales1, title="车展", is_all_day=True)
    weekly = make_calendarentry(owner=sales1, title="周例会", repeats="weekly", exceptions=[date(2026, 12, 9)])
    assert titles(fair, sales1) == [("周例会", DAY)]
    other = make_calendarentry(owner=sales1, starts_at=at(2026, 12, 9, 9), ends_at=at(2026, 12, 9, 10))
    assert titles(other, sales1) == []
    assert titles(weekly, sales1) == [("车展", DAY)]


def test_who_takes_part_in_both_is_named_and_strangers_stay_out(sales1, sales2, manager, manager2):
    talk = make_calendarentry(owner=manager, title="谈话", participants=[sales1])
    meeting = make_calendarentry(owner=manager2, title="东区会议", participants=[sales2])
    assert titles(talk, manager) == []
    visit = make_calendarentry(owner=sales1, title="拜访", participants=[sales2])
    found = {clash.other.entry: clash.people for clash in clashes_ahead(visit, reader=sales1, today=DAY)}
    assert found == {talk: (sales1,)}
    found = {clash.other.entry: clash.people for clash in clashes_ahead(visit, reader=sales2, today=DAY)}
    assert found == {meeting: (sales2,)}


def test_what_lies_in_the_recycle_bin_is_no_clash(client, sales1):
    entry, other = (make_calendarentry(owner=sales1) for _number in range(2))
    client.force_login(sales1)
    client.post(reverse("users:calendarentry_bin", args=[other.pk]))
    assert titles(entry, sales1) == []

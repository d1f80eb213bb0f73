from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.icalendar import Event, calendar_text, escaped, folded, until
from core.periods import SHANGHAI
from core.tests.rfc5545 import read

STAMP = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def event(**fields) -> Event:
    values = {"starts": datetime(2026, 12, 2, 9, tzinfo=SHANGHAI), "ends": datetime(2026, 12, 2, 10, tzinfo=SHANGHAI)}
    return Event("entry-7@hafei-crm", STAMP, **{"title": "区域例会"} | values | fields)


def test_an_event_is_written_in_shanghai_time_with_its_stamp_in_utc():
    lines = calendar_text("日程", [event(rule="FREQ=WEEKLY", alarm_minutes=10)]).split("\r\n")
    for line in (
        "BEGIN:VCALENDAR", "UID:entry-7@hafei-crm", "DTSTAMP:20261122T020000Z", "RRULE:FREQ=WEEKLY",
        "DTSTART;TZID=Asia/Shanghai:20261202T090000", "SUMMARY:区域例会", "TRIGGER:-PT10M", "END:VCALENDAR",
    ):  # fmt: skip
        assert line in lines


def test_a_whole_day_ends_on_the_day_after():
    text = calendar_text("", [event(starts=date(2026, 12, 2), ends=date(2026, 12, 3), exceptions=(date(2026, 12, 9),))])
    assert "DTSTART;VALUE=DATE:20261202\r\nDTEND;VALUE=DATE:20261203\r\n" in text
    assert "EXDATE;VALUE=DATE:20261209\r\n" in text


def test_the_last_day_of_a_series_is_its_end_in_shanghai():
    assert until(date(2026, 12, 31), is_all_day=False) == "20261231T155959Z"
    assert until(date(2026, 12, 31), is_all_day=True) == "20261231"


def test_what_means_something_in_a_calendar_is_escaped():
    assert escaped("谈价;签约,第\\1次\r\n第二行\x07") == "谈价\\;签约\\,第\\\\1次\\n第二行"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=300))
def test_a_folded_line_keeps_to_75_bytes_and_unfolds_to_itself(text):
    parts = folded(text).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert folded(text).replace("\r\n ", "") == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_title_breaks_out_of_its_line(title):
    lines = calendar_text("", [event(title=title)]).replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert sum(line.startswith("SUMMARY:") for line in lines) == 1
    assert not any("\n" in line or "\r" in line for line in lines)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(texts, texts, texts, st.booleans())
def test_whatever_is_typed_a_strict_reader_reads_it_back(title, place, note, is_whole_day):
    days = {"starts": date(2026, 12, 2), "ends": date(2026, 12, 4)} if is_whole_day else {}
    written = event(title=title, place=place, note=note, alarm_minutes=0, **days)
    (found,) = read(calendar_text(title, [written]).encode()).inner("VEVENT")
    for name, text in (("SUMMARY", title), ("LOCATION", place), ("DESCRIPTION", note)):
        lines = "\n".join(text.replace("\r\n", "\n").split("\r"))
        kept = "".join(letter for letter in lines if letter in "\n\t" or (letter >= " " and letter != "\x7f"))
        assert (found.get(name).text() if found.get(name) else "") == kept
    assert (found.get("DTSTART").when(), found.get("DTEND").when()) == (written.starts, written.ends)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("\r\n", "\n"),
        ("END:VALARM", "END:VEVENT"),
        ("SUMMARY:", "SUMMARY:a,b"),
        ("SUMMARY:", "SUMMARY:" + "长" * 30),
        ("TZID:Asia/Shanghai", "TZID:Asia/Harbin"),
        ("UID:", "X-UID:"),
        ("DTSTAMP:20261122T020000Z", "DTSTAMP:20261122T020000"),
        ("DTEND;TZID=Asia/Shanghai:20261202T10", "DTEND;TZID=Asia/Shanghai:20261202T08"),
        ("RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;BYDAY=MO"),
        ("RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;UNTIL=20261231"),
        ("RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;COUNT=2;UNTIL=20261231T155959Z"),
        ("EXDATE;TZID=Asia/Shanghai:20261209T090000", "EXDATE;VALUE=DATE:20261209"),
        ("END:VEVENT", "END:VEVENT\r\nBEGIN:VEVENT\r\nEND:VEVENT"),
    ],
)
def test_the_strict_reader_refuses_what_the_standard_forbids(right, wrong):
    weekly = event(rule="FREQ=WEEKLY", alarm_minutes=10, exceptions=(datetime(2026, 12, 9, 9, tzinfo=SHANGHAI),))
    text = calendar_text("日程", [weekly])
    read(text.encode())
    assert right in text
    with pytest.raises(AssertionError):
        read(text.replace(right, wrong).encode())

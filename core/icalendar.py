"""Calendars as RFC 5545 text: what other calendar programs subscribe to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from core.periods import SHANGHAI

LONGEST_LINE = 75
ZONE = "Asia/Shanghai"
# Shanghai has kept one offset since 1991; times are written in it, so that a rule repeats by the local clock.
HEAD = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Hafei CRM//Calendar//ZH
CALSCALE:GREGORIAN
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H"""
ZONE_PART = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:STANDARD
DTSTART:19910915T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
TZNAME:CST
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True)
class Event:
    """``starts`` and ``ends`` are both days (the end not included) or both aware moments."""

    uid: str
    stamp: datetime
    title: str
    starts: date | datetime
    ends: date | datetime
    place: str = ""
    note: str = ""
    rule: str = ""
    exceptions: tuple[date | datetime, ...] = field(default=())
    alarm_minutes: int | None = None


def calendar_text(name: str, events: Iterable[Event]) -> str:
    lines = [*HEAD.split("\n"), f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{ZONE}", *ZONE_PART.split("\n")]
    for event in events:
        lines += _event_lines(event)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event_lines(event: Event) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_utc(event.stamp)}"]
    lines += [f"DTSTART{_value(event.starts)}", f"DTEND{_value(event.ends)}", f"SUMMARY:{escaped(event.title)}"]
    lines += [
        f"{name}:{escaped(text)}" for name, text in (("LOCATION", event.place), ("DESCRIPTION", event.note)) if text
    ]
    if event.rule:
        lines.append(f"RRULE:{event.rule}")
    lines += [f"EXDATE{_value(moment)}" for moment in event.exceptions]
    if event.alarm_minutes is not None:
        alarm = ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(event.title)}")
        lines += [*alarm, f"TRIGGER:-PT{event.alarm_minutes}M", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def escaped(text: str) -> str:
    """Backslash, semicolon and comma mean something in a text, and a line break ends it; control characters go."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(letter for letter in text if (letter >= " " and letter != "\x7f") or letter == "\t")


def folded(line: str) -> str:
    """At most 75 bytes a line, never cutting a letter in two; what follows begins with a blank."""
    parts, room = [""], LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            parts.append("")
            room = LONGEST_LINE - 1
        parts[-1] += letter
        room -= size
    return "\r\n ".join(parts)


def until(last: date, *, is_all_day: bool) -> str:
    """UNTIL in the form that DTSTART asks for: a day, or the end of that day in Shanghai as UTC."""
    if is_all_day:
        return f"{last:%Y%m%d}"
    return f"{datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=UTC) - timedelta(hours=8):%Y%m%dT%H%M%SZ}"


def _value(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return f";TZID={ZONE}:{moment.astimezone(SHANGHAI):%Y%m%dT%H%M%S}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"

"""A strict reader of calendars: it accepts what RFC 5545 allows and nothing else. For tests."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr

LONGEST_LINE = 75
LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f\x7f]*"|[^\x00-\x1f\x7f";:,]*))*):(.*)', re.DOTALL)
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
MOMENT, UTC_MOMENT, DAY = re.compile(r"\d{8}T\d{6}"), re.compile(r"\d{8}T\d{6}Z"), re.compile(r"\d{8}")
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "X-WR-CALNAME", "PRODID"}
PARTS = {  # what must stand once, and what may stand once, in each component
    "VCALENDAR": ({"VERSION", "PRODID"}, {"CALSCALE", "REFRESH-INTERVAL"}),
    "VTIMEZONE": ({"TZID"}, set()),
    "STANDARD": ({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, {"TZNAME"}),
    "VEVENT": ({"UID", "DTSTAMP", "DTSTART"}, {"DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "RRULE"}),
    "VALARM": ({"ACTION", "TRIGGER", "DESCRIPTION"}, set()),
}
MAY_REPEAT = {"VEVENT": {"EXDATE"}}
INSIDE = {"VEVENT": "VCALENDAR", "VTIMEZONE": "VCALENDAR", "STANDARD": "VTIMEZONE", "VALARM": "VEVENT"}


@dataclass
class Property:
    name: str
    parameters: dict[str, str]
    value: str

    def text(self) -> str:
        marks = {"n": "\n", "N": "\n"}
        return re.sub(r"\\(.)", lambda found: marks.get(found[1], found[1]), self.value)

    def when(self) -> date | datetime:
        if self.parameters.get("VALUE") == "DATE":
            assert DAY.fullmatch(self.value), self
            return datetime.strptime(self.value, "%Y%m%d").date()
        if self.value.endswith("Z"):
            assert UTC_MOMENT.fullmatch(self.value), self
            return datetime.strptime(self.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        assert MOMENT.fullmatch(self.value), self
        return datetime.strptime(self.value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(self.parameters["TZID"]))


@dataclass
class Component:
    name: str
    properties: list[Property] = field(default_factory=list)
    components: list["Component"] = field(default_factory=list)

    def get(self, name: str) -> Property | None:
        return next((one for one in self.properties if one.name == name), None)

    def every(self, name: str) -> list[Property]:
        return [one for one in self.properties if one.name == name]

    def inner(self, name: str) -> list["Component"]:
        return [one for one in self.components if one.name == name]


def read(content: bytes) -> Component:
    """The calendar in it; an AssertionError names what breaks the rules."""
    calendar = _tree([_property(line) for line in _unfolded(content)])
    for component in _all(calendar):
        _check_parts(component)
    zones = {zone.get("TZID").value for zone in calendar.inner("VTIMEZONE")}
    events = calendar.inner("VEVENT")
    uids = Counter(event.get("UID").value for event in events)
    assert max(uids.values(), default=1) == 1, uids.most_common(1)
    for event in events:
        _check_event(event, zones)
    return calendar


def occurrences(event: Component, start: datetime, end: datetime) -> list[datetime]:
    """As another program reckons them from the rule, the start and the days left out."""
    first = _local(event.get("DTSTART").when())
    found = rruleset()
    if event.get("RRULE"):
        found.rrule(rrulestr(_local_rule(event.get("RRULE").value), dtstart=first))
    else:
        found.rdate(first)
    for left_out in event.every("EXDATE"):
        found.exdate(_local(left_out.when()))
    return found.between(start, end, inc=True)


def _unfolded(content: bytes) -> list[str]:
    assert content.endswith(b"\r\n"), "the last line has no end"
    lines: list[str] = []
    for raw in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert b"\r" not in raw and b"\n" not in raw, raw
        assert len(raw) <= LONGEST_LINE, raw
        line = raw.decode()  # a letter cut in two by the folding would not be read
        assert not CONTROL.search(line), line
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            assert line, "an empty line"
            lines.append(line)
    return lines


def _property(line: str) -> Property:
    found = LINE.fullmatch(line)
    assert found, line
    parameters = dict(part.split("=", 1) for part in found[2].split(";")[1:])
    if found[1] in TEXTS:
        assert TEXT.fullmatch(found[3]), line
    return Property(found[1], parameters, found[3])


def _tree(lines: list[Property]) -> Component:
    outer, open_ones = Component(""), []
    open_ones.append(outer)
    for one in lines:
        if one.name == "BEGIN":
            assert INSIDE.get(one.value, "") == open_ones[-1].name, one
            open_ones[-1].components.append(Component(one.value))
            open_ones.append(open_ones[-1].components[-1])
        elif one.name == "END":
            assert open_ones.pop().name == one.value, one
        else:
            open_ones[-1].properties.append(one)
    assert open_ones == [outer] and len(outer.components) == 1 and not outer.properties
    return outer.components[0]


def _all(component: Component) -> list[Component]:
    return [component, *(below for inner in component.components for below in _all(inner))]


def _check_parts(component: Component) -> None:
    needed, allowed = PARTS[component.name]
    counted = Counter(one.name for one in component.properties if not one.name.startswith("X-"))
    assert needed <= set(counted), (component.name, needed - set(counted))
    repeated = MAY_REPEAT.get(component.name, set())
    assert set(counted) <= needed | allowed | repeated, (component.name, counted)
    assert all(number == 1 for name, number in counted.items() if name not in repeated), counted
    if component.name == "VCALENDAR":
        assert component.get("VERSION").value == "2.0" and component.components


def _check_event(event: Component, zones: set[str]) -> None:
    start, end = event.get("DTSTART"), event.get("DTEND")
    assert UTC_MOMENT.fullmatch(event.get("DTSTAMP").value)
    assert type(start.when()) is type(end.when()) and start.when() < end.when(), event
    for one in (start, end, *event.every("EXDATE")):
        assert one.parameters.get("TZID") in {None, *zones}, one
        assert one.parameters.get("VALUE") == start.parameters.get("VALUE"), one
    for alarm in event.inner("VALARM"):
        assert alarm.get("ACTION").value == "DISPLAY"
        assert re.fullmatch(r"-?PT\d+M", alarm.get("TRIGGER").value), alarm
    if rule := event.get("RRULE"):
        _check_rule(rule.value, start)


def _check_rule(rule: str, start: Property) -> None:
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    assert len(parts) == len(rule.split(";")) and rule.startswith("FREQ="), rule
    assert not {"COUNT", "UNTIL"} <= set(parts), rule
    if "UNTIL" in parts:  # a day where the event begins on a day, else a moment in UTC
        form = DAY if start.parameters.get("VALUE") == "DATE" else UTC_MOMENT
        assert form.fullmatch(parts["UNTIL"]), rule
    if "BYDAY" in parts:
        assert set(parts["BYDAY"].split(",")) <= {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}, rule
    first = _local(start.when())
    assert rrulestr(_local_rule(rule), dtstart=first)[0] == first, "the first day is none of the series"


def _local(moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(ZoneInfo("Asia/Shanghai"))
    return datetime(moment.year, moment.month, moment.day, tzinfo=ZoneInfo("Asia/Shanghai"))


def _local_rule(rule: str) -> str:
    """dateutil wants UNTIL of a whole day as a moment, too."""
    return re.sub(r"UNTIL=(\d{8})(?=;|$)", r"UNTIL=\1T155959Z", rule)

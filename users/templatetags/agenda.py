from django import template

from users.agenda import AgendaItem, Day

register = template.Library()


@register.filter
def by_hour(day: Day, hours: range) -> list[tuple[int, list[AgendaItem]]]:
    return [(hour, day.at_hour(hour)) for hour in hours]


@register.filter
def clock(hour: int, later: int = 0) -> str:
    """09:00; an hour later at the end of the day is its last minute."""
    return f"{hour + later:02d}:00" if hour + later < 24 else "23:59"

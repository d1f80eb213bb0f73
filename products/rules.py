from collections.abc import Iterable
from datetime import date

NAME_LENGTH = 120


def sku_name(*, sales_name: str, configuration: str, exterior: str, interior: str) -> str:
    """路宝 1.1 舒适型 水晶银/黑: the configuration's name stands alone where it begins with the sales name."""
    model = configuration if configuration.startswith(sales_name) else f"{sales_name} {configuration}"
    return f"{model} {exterior}/{interior}"[:NAME_LENGTH]


def overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    """Half-open periods [start, end); without an end they go on for ever."""
    return (other_end is None or start < other_end) and (end is None or other_start < end)


def is_launched(launches: Iterable[date | None], day: date) -> bool:
    """From the latest launch of all levels on; a level without a day does not hold it up."""
    return all(launch is None or launch <= day for launch in launches)


def is_ended(ends: Iterable[date | None], day: date) -> bool:
    """After the earliest end of sale of all levels; that day still belongs to the sale."""
    return any(end is not None and end < day for end in ends)

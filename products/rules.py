from datetime import date

NAME_LENGTH = 120


def sku_name(*, sales_name: str, configuration: str, exterior: str, interior: str) -> str:
    """路宝 1.1 舒适型 水晶银/黑: the configuration's name stands alone where it begins with the sales name."""
    model = configuration if configuration.startswith(sales_name) else f"{sales_name} {configuration}"
    return f"{model} {exterior}/{interior}"[:NAME_LENGTH]


def overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    """Half-open periods [start, end); without an end they go on for ever."""
    return (other_end is None or start < other_end) and (end is None or other_start < end)

"""Addresses of the lists that figures sum: whoever follows one sees the rows and their total."""

from urllib.parse import urlencode

from django.urls import reverse

from analytics.models import COUNTED, ForecastSeries, TrendScheme
from core.periods import Period
from users.access import Scope
from users.models import Unit, User

Measure, Dimension = TrendScheme.Measure, TrendScheme.Dimension
# Per measure: the list of its rows, and the filters for the first and last day.
LISTS = {
    Measure.RETAIL: ("contracts:retail", "from_day", "to_day"),
    Measure.WHOLESALE: ("contracts:invoice", "from_day", "to_day"),
    Measure.LEADS: ("customers:lead", "recorded_from", "recorded_until"),
    Measure.HISTORY: ("analytics:saleshistory", "from_month", "to_month"),
}
SPLIT_FILTERS = {
    Dimension.TOTAL: (),
    Dimension.REGION: ("unit",),
    Dimension.DEALER: ("dealer",),
    Dimension.SERIES: ("series",),
    Dimension.AREA: ("area",),
    Dimension.MODEL: ("model",),
    Dimension.AREA_MODEL: ("area", "model"),
}


def list_url(name: str, **query) -> str:
    """The list of an entity ("contracts:retail") with its filter set."""
    parameters = {key: value for key, value in query.items() if value not in (None, "")}
    return reverse(f"{name}_list") + (f"?{urlencode(parameters)}" if parameters else "")


def list_url_in(name: str, period: Period, **query) -> str:
    return list_url(name, **query, from_day=period.start, to_day=period.last_day)


def rows_url(series: ForecastSeries, period: Period, user: User) -> str:
    """The rows that a figure of a series sums; empty where the reader's list would hold other rows."""
    scheme, keys = series.run.scheme, series.key_parts
    if not counts_alike(scheme, user) or "" in keys:
        return ""
    name, first, last = LISTS[scheme.measure]
    chosen = dict(zip(SPLIT_FILTERS[scheme.dimension], keys, strict=True))
    if scheme.measure == Measure.RETAIL:
        chosen["is_counted"] = "true"
    if scheme.source_id:
        chosen["source"] = scheme.source_id
    elif scheme.unit.kind != Unit.Kind.HEADQUARTERS:
        chosen["unit"] = scheme.unit_id
    return list_url(name, **chosen, **{first: period.start, last: period.last_day})


def counts_alike(scheme: TrendScheme, user: User) -> bool:
    """A scheme counts in the rights of its owner, or all there is; a list shows the rights of its reader."""
    scope = user.scope_of(COUNTED[scheme.measure])
    if scheme.source_id:
        return scope is not None
    if scheme.owner_id == user.pk:
        return True
    return scope is Scope.ALL and (scheme.owner is None or scheme.owner.scope_of(COUNTED[scheme.measure]) is Scope.ALL)

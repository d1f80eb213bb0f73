"""A plan filled up to the published forecast: what it lacks of each series goes where that series sold lately."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from contracts.models import Retail
from core.periods import Period, add_months, month_of
from dealers.models import Dealer
from products.models import Sku
from salesplan import rules
from salesplan.models import Forecast, SalesPlan

MONTHS_OF_SHARES = 12
OF_SKU = "configuration__vehicle_model__series"
Place = tuple[int, int]  # dealer and SKU


@dataclass(frozen=True)
class SeriesProposal:
    """What one series' forecast becomes in a plan; ``lines`` holds only places that the plan leaves empty."""

    forecast: Forecast
    planned: int
    lines: dict[Place, int]

    @property
    def cars(self) -> int:
        return sum(self.lines.values())


def proposals(plan: SalesPlan, *, today: date) -> list[SeriesProposal]:
    """Places that have a line keep the planner's figure; the others share what is left of the forecast."""
    sold = _sold_lately(today)
    planned = _planned(plan)
    return [
        _proposal(forecast, sold[forecast.series_id], planned[forecast.series_id])
        for forecast in Forecast.objects.of_series(plan.month).select_related("series").order_by("-mean", "pk")
    ]


def _proposal(forecast: Forecast, sold: dict[Place, int], planned: dict[Place, int]) -> SeriesProposal:
    expected, already = int(forecast.mean.quantize(Decimal(1), ROUND_HALF_UP)), sum(planned.values())
    empty = {place: cars for place, cars in sold.items() if place not in planned}
    shares = rules.shared_out(max(0, expected - already), empty)
    return SeriesProposal(forecast, already, {place: cars for place, cars in shares.items() if cars})


def _sold_lately(today: date) -> dict[int, dict[Place, int]]:
    """Per series the cars retailed in the last twelve finished months, where they can still be sold."""
    until = month_of(today).start
    period = Period("custom", add_months(until, -MONTHS_OF_SHARES), until)
    rows = (
        Retail.objects.counted()
        .in_period(period)
        .filter(dealer__in=Dealer.objects.trading(), vehicle__sku__in=Sku.objects.orderable())
    )
    sums = rows.order_by().values_list(f"vehicle__sku__{OF_SKU}", "dealer", "vehicle__sku")
    return _by_series(sums.annotate(cars=Sum("quantity")).filter(cars__gt=0))


def _planned(plan: SalesPlan) -> dict[int, dict[Place, int]]:
    return _by_series(plan.lines.order_by().values_list(f"sku__{OF_SKU}", "dealer", "sku", "quantity"))


def _by_series(rows) -> dict[int, dict[Place, int]]:
    found: dict[int, dict[Place, int]] = defaultdict(dict)
    for series, dealer, sku, cars in rows:
        found[series][dealer, sku] = cars
    return found

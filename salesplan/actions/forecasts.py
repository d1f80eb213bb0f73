from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from salesplan.models import Forecast


@dataclass(frozen=True)
class ForecastRow:
    """One month of one series; ``scope_key`` says which series it is, ``label`` how people call it."""

    scope_key: str
    label: str
    month: date
    mean: Decimal
    lower80: Decimal
    upper80: Decimal
    lower95: Decimal
    upper95: Decimal
    model: str
    series_id: int | None = None
    is_of_own_sales: bool = False


@transaction.atomic
def publish_forecast(rows: Iterable[ForecastRow], *, scope: str, run_reference: int) -> int:
    """Put the rows in the place of all that was published below the scope: a series that has ended is gone with it.

    ``scope`` is what the keys of all these series begin with; returns how many rows there are now.
    """
    now = timezone.now()
    forecasts = [Forecast(**asdict(row), run_reference=run_reference, published_at=now) for row in rows]
    withdraw_forecast(scope)
    Forecast.objects.bulk_create(forecasts, batch_size=2_000)
    return len(forecasts)


def withdraw_forecast(scope: str) -> None:
    Forecast.objects.filter(scope_key__startswith=scope).delete()

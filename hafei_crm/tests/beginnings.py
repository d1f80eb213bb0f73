"""What is there before the first customer of the walk calls, the sales of the years before, and the night after."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from django.db import models
from django.utils import timezone

from aftersales.models import LabourOperation, Part
from aftersales.tests.factories import make_labouroperation, make_labourrate, make_part
from analytics import tasks
from contracts.models import Retail
from core.models import Job
from core.periods import add_months, month_of, months_between
from customers.models import Source
from customers.tests.factories import make_source
from dealers.models import Dealer
from dealers.tests.factories import make_dealer, make_servicestation
from inventory.tests.factories import make_warehouse
from products.models import Sku
from products.tests.factories import make_price, make_sku
from training.models import TrainingClass
from training.tests.factories import make_course, make_trainingclass
from users.models import User

GUIDE, WHOLESALE = Decimal("58000.00"), Decimal("53360.00")
# Cars sold in each month of a year before: little about Chinese New Year, much in autumn.
SEASON = (2, 1, 2, 3, 3, 2, 2, 3, 4, 5, 4, 5)
YEARS_BEFORE = 3


@dataclass(frozen=True)
class Beginnings:
    today: date
    sku: Sku
    dealer: Dealer
    source: Source
    part: Part
    work: LabourOperation
    lesson: TrainingClass


def make_beginnings(cast: dict[str, User]) -> Beginnings:
    """A dealer with a station beside him, a car with prices, a yard for it, a brake disc and a course."""
    today = timezone.localdate()
    sku = make_sku()
    since = today - timedelta(days=300)
    for kind, amount in (("guide", GUIDE), ("wholesale", WHOLESALE)):
        make_price(configuration=sku.configuration, kind=kind, amount=amount, valid_from=since)
    make_servicestation(unit=cast["station"].unit, station_class="b")
    make_labourrate(valid_from=today - timedelta(days=400))
    make_warehouse()
    return Beginnings(
        today,
        sku,
        dealer=make_dealer(unit=cast["dealer"].unit, state=Dealer.State.FORMAL),
        source=make_source(),
        part=make_part(),
        work=make_labouroperation(),
        lesson=make_trainingclass(course=make_course(pass_mark=60), trainer=cast["trainer"], status="open"),
    )


def sales_of_the_years_before(today: date) -> dict[date, int]:
    """Cars by month, up to the last month."""
    now = month_of(today).start
    return {month: SEASON[month.month - 1] for month in months_between(add_months(now, -12 * YEARS_BEFORE), now)}


def add_sales_of_the_years_before(retail: Retail) -> None:
    """As if the same dealer had sold such cars in each of those months."""
    sold = sales_of_the_years_before(retail.retailed_on)
    days = [month.replace(day=10) for month, cars in sold.items() for _ in range(cars)]
    dates = ("produced_on", "warehoused_on", "invoiced_on", "shipped_on", "received_on", "retailed_on")
    cars = _copies(
        retail.vehicle,
        [dict.fromkeys(dates, day) | {"vin": f"LKHGF1AH0TB{number:06d}"} for number, day in enumerate(days)],
    )
    allocations = _copies(retail.allocation, [{"vehicle_id": car.pk} for car in cars])
    _copies(
        retail,
        [
            dict.fromkeys(("retailed_on", "delivered_on", "warranty_starts_on"), day)
            | {"vehicle_id": allocation.vehicle_id, "allocation_id": allocation.pk}
            for day, allocation in zip(days, allocations, strict=True)
        ],
    )


def run_first_night_of_next_month() -> date:
    """What beat starts and a worker does, here without a queue between them; the day it counts for."""
    night = month_of(timezone.localdate()).end
    run_here = tasks.forecast_scheme.run
    with (
        patch.object(tasks.timezone, "localdate", return_value=night),
        patch.object(tasks.forecast_scheme, "delay", side_effect=run_here),
    ):
        tasks.run_nightly()
    assert set(Job.objects.filter(kind="nightly").values_list("status", flat=True)) == {Job.Status.DONE}
    return night


def _copies(record: models.Model, changes: list[dict]) -> list[models.Model]:
    fields = [field for field in record._meta.concrete_fields if not (field.primary_key or field.generated)]
    values = {field.attname: getattr(record, field.attname) for field in fields}
    return type(record).objects.bulk_create(type(record)(**values | change) for change in changes)

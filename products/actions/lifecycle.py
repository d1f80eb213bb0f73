"""A car's way through the years: the next model year takes over, and the picture it is known by."""

from datetime import date, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.models import Attachment
from products.actions.prices import add_price
from products.actions.skus import add_sku
from products.models import Configuration, FeatureValue, Option, Price, Series, VehicleModel
from users.models import User


@transaction.atomic
def start_model_year(
    configuration_id: int, *, by: User, model_year: int, launched_on: date, code_ending: str
) -> Configuration:
    """The next model year with sheet, options, SKUs and prices of the present one, whose sale ends the day before."""
    rows = Configuration.objects.select_for_update(of=("self",)).select_related("vehicle_model__series")
    former = rows.get(pk=configuration_id)
    _check_follows(former, model_year, launched_on)
    new = Configuration.objects.create(
        vehicle_model=former.vehicle_model,
        code=former.code,
        name=former.name,
        model_year=model_year,
        engine=former.engine,
        gearbox=former.gearbox,
        emission_standard=former.emission_standard,
        launched_on=launched_on,
        predecessor=former,
    )
    last_day = launched_on - timedelta(days=1)
    former.end_of_sale_on = min(former.end_of_sale_on or last_day, last_day)
    former.save(update_fields=["end_of_sale_on"])
    _take_over(former, new, FeatureValue, "feature_id", "availability", "text")
    _take_over(former, new, Option, "name", "feature_id", "price_amount", "is_offered")
    for sku in former.skus.filter(is_orderable=True).select_related("exterior", "interior").order_by("pk"):
        code = f"{sku.code}{code_ending}"
        add_sku(by=by, code=code, configuration=new, exterior=sku.exterior, interior=sku.interior)
    for price in Price.objects.ending_after(launched_on).filter(configuration=former).order_by("kind", "valid_from"):
        add_price(
            by=by,
            configuration=new,
            kind=price.kind,
            valid_from=max(price.valid_from, launched_on),
            valid_until=price.valid_until,
            amount=price.amount,
        )
    return new


def choose_main_picture(record: Series | VehicleModel, *, by: User, picture: Attachment) -> None:
    record.main_picture = picture
    record.save(update_fields=["main_picture"])


def _check_follows(former: Configuration, model_year: int, launched_on: date) -> None:
    if model_year <= former.model_year:
        raise RuleBroken(
            {"model_year": _("The present model year is %(year)d. Enter a later one.") % {"year": former.model_year}}
        )
    levels = (former, former.vehicle_model, former.vehicle_model.series)
    first_day = max((level.launched_on for level in levels if level.launched_on), default=None)
    if first_day and launched_on <= first_day:
        raise RuleBroken(
            {"launched_on": _("The present one was launched on %(day)s. Enter a later day.") % {"day": first_day}}
        )
    if launched_on < timezone.localdate():
        raise RuleBroken({"launched_on": _("The present one was sold until today. Choose today or later.")})
    if successor := former.successors.first():
        raise RuleBroken(
            _("“%(record)s” of %(year)d is followed by the model year %(next)d already. Go on from there.")
            % {"record": former, "year": former.model_year, "next": successor.model_year}
        )


def _take_over(former: Configuration, new: Configuration, model: type[models.Model], *names: str) -> None:
    rows = model.objects.filter(configuration=former).order_by("pk").values_list(*names)
    model.objects.bulk_create(model(configuration=new, **dict(zip(names, row, strict=True))) for row in rows)

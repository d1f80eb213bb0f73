"""Brands, series, models, configurations and colours; a new name reaches the SKUs that are named after it."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.changes import changed
from core.errors import RuleBroken
from products.actions.skus import rename_skus
from products.models import Brand, Colour, CompetitorModel, Configuration, Series, Sku, VehicleModel
from users.models import User


def add_brand(*, by: User, **fields) -> Brand:
    return Brand.objects.create(**fields)


def change_brand(brand_id: int, *, by: User, **fields) -> Brand:
    return changed(Brand, brand_id, fields)


def add_series(*, by: User, **fields) -> Series:
    _refuse_end_before_launch(fields, "ended_on")
    return Series.objects.create(**fields)


@transaction.atomic
def change_series(series_id: int, *, by: User, **fields) -> Series:
    _refuse_end_before_launch(fields, "ended_on")
    series = changed(Series, series_id, fields)
    rename_skus(Sku.objects.filter(configuration__vehicle_model__series=series))
    return series


def add_vehicle_model(*, by: User, code: str, **fields) -> VehicleModel:
    _refuse_end_before_launch(fields, "end_of_sale_on")
    return VehicleModel.objects.create(code=code.strip().upper(), **fields)


@transaction.atomic
def change_vehicle_model(vehicle_model_id: int, *, by: User, **fields) -> VehicleModel:
    _refuse_end_before_launch(fields, "end_of_sale_on")
    _refuse_own_predecessor(fields, vehicle_model_id)
    vehicle_model = changed(VehicleModel, vehicle_model_id, fields)
    rename_skus(Sku.objects.filter(configuration__vehicle_model=vehicle_model))
    return vehicle_model


def add_configuration(*, by: User, **fields) -> Configuration:
    _refuse_end_before_launch(fields, "end_of_sale_on")
    return Configuration.objects.create(**fields)


@transaction.atomic
def change_configuration(configuration_id: int, *, by: User, **fields) -> Configuration:
    _refuse_end_before_launch(fields, "end_of_sale_on")
    _refuse_own_predecessor(fields, configuration_id)
    configuration = changed(Configuration, configuration_id, fields)
    rename_skus(Sku.objects.filter(configuration=configuration))
    return configuration


def add_colour(*, by: User, **fields) -> Colour:
    return Colour.objects.create(**fields)


@transaction.atomic
def change_colour(colour_id: int, *, by: User, **fields) -> Colour:
    colour = changed(Colour, colour_id, fields)
    rename_skus(Sku.objects.filter(models.Q(exterior=colour) | models.Q(interior=colour)))
    return colour


def add_competitor_model(*, by: User, **fields) -> CompetitorModel:
    return CompetitorModel.objects.create(**fields)


def change_competitor_model(competitor_model_id: int, *, by: User, **fields) -> CompetitorModel:
    return changed(CompetitorModel, competitor_model_id, fields)


def _refuse_own_predecessor(fields: dict, own_key: int) -> None:
    """Neither at once nor over the others in the line."""
    before, seen = fields.get("predecessor"), {own_key}
    while before is not None:
        if before.pk in seen:
            raise RuleBroken({"predecessor": _("A model cannot follow itself. Choose another model or none.")})
        seen.add(before.pk)
        before = before.predecessor


def _refuse_end_before_launch(fields: dict, end_field: str) -> None:
    launched_on, ended_on = fields.get("launched_on"), fields.get(end_field)
    if launched_on and ended_on and ended_on < launched_on:
        raise RuleBroken({end_field: _("The end of sale lies before the launch. Correct one of the two days.")})

from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from products.models import Brand, Colour, CompetitorModel, Configuration, Price, Series, Sku, VehicleModel

BRANDS = Table(Brand, (Column("name", link=True), Column("code")), order=("name", "pk"))
SERIES = Table(
    Series,
    (
        Column("name", link=True),
        Column("code"),
        Column("brand__name"),
        Column("body"),
        Column("launched_on", kind="date"),
        Column("ended_on", kind="date"),
    ),
    order=("name", "pk"),
)
VEHICLE_MODELS = Table(
    VehicleModel,
    (
        Column("code", link=True),
        Column("sales_name"),
        Column("series__name"),
        Column("launched_on", kind="date"),
        Column("end_of_sale_on", kind="date"),
        Column("predecessor__code", shown=False),
    ),
    order=("code", "pk"),
)
CONFIGURATIONS = Table(
    Configuration,
    (
        Column("name", link=True),
        Column("code"),
        Column("vehicle_model__code", label=_("Model")),
        Column("vehicle_model__series__name", label=_("Series")),
        Column("model_year"),
        Column("engine"),
        Column("gearbox"),
        Column("emission_standard"),
    ),
    order=("vehicle_model__code", "-model_year", "code", "pk"),
)
COLOURS = Table(
    Colour,
    (Column("name", link=True), Column("code"), Column("kind", kind="choice")),
    order=("kind", "name", "pk"),
)
SKUS = Table(
    Sku,
    (
        Column("code", link=True),
        Column("name"),
        Column("configuration__vehicle_model__series__name", label=_("Series")),
        Column("configuration__name"),
        Column("exterior__name"),
        Column("interior__name"),
        Column("is_orderable", kind="boolean"),
    ),
    order=("code", "pk"),
)
PRICES = Table(
    Price,
    (
        Column("configuration__name", link=True),
        Column("configuration__vehicle_model__code", label=_("Model")),
        Column("kind", kind="choice"),
        Column("amount", kind="money"),
        Column("valid_from", kind="date"),
        Column("valid_until", kind="date"),
    ),
    order=("configuration__vehicle_model__code", "configuration__name", "kind", "-valid_from", "pk"),
)
COMPETITOR_MODELS = Table(
    CompetitorModel,
    (
        Column("name", link=True),
        Column("maker"),
        Column("guide_price_amount", kind="money"),
        Column("rival_of__name"),
    ),
    order=("maker", "name", "pk"),
)

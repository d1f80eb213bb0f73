from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from products.models import (
    CONFIGURATION_SALE_STATE,
    MODEL_SALE_STATE,
    SKU_SALE_STATE,
    Brand,
    Colour,
    CompetitorModel,
    Configuration,
    Feature,
    Option,
    Price,
    Series,
    Sku,
    VehicleModel,
)

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
        Column("sale_state", _("Sale"), kind="status", expression=MODEL_SALE_STATE),
        Column("series__name"),
        Column("launched_on", kind="date"),
        Column("end_of_sale_on", kind="date"),
        Column("predecessor__code"),
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
        Column("sale_state", _("Sale"), kind="status", expression=CONFIGURATION_SALE_STATE),
        Column("model_year"),
        Column("engine"),
        Column("gearbox"),
        Column("emission_standard"),
        Column("launched_on", kind="date", shown=False),
        Column("end_of_sale_on", kind="date", shown=False),
        Column("predecessor__model_year", _("Model year before"), shown=False),
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
        Column("sale_state", _("Sale"), kind="status", expression=SKU_SALE_STATE),
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
FEATURES = Table(
    Feature,
    (
        Column("name", link=True),
        Column("group", kind="choice"),
        Column("kind", kind="choice"),
        Column("measure"),
        Column("position", kind="number"),
    ),
    order=("position", "pk"),
)
OPTIONS = Table(
    Option,
    (
        Column("name", link=True),
        Column("configuration__name"),
        Column("configuration__vehicle_model__code", _("Model")),
        Column("configuration__model_year", _("Model year")),
        Column("feature__name"),
        Column("price_amount", kind="money"),
        Column("is_offered", kind="boolean"),
    ),
    order=("configuration__vehicle_model__code", "configuration__name", "name", "pk"),
)

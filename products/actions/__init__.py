from products.actions.catalogue import (
    add_brand,
    add_colour,
    add_competitor_model,
    add_configuration,
    add_series,
    add_vehicle_model,
    change_brand,
    change_colour,
    change_competitor_model,
    change_configuration,
    change_series,
    change_vehicle_model,
)
from products.actions.features import add_feature, add_option, change_feature, change_option, fill_sheet
from products.actions.lifecycle import choose_main_picture, start_model_year
from products.actions.prices import add_price, change_price
from products.actions.skus import add_sku, change_sku

__all__ = [
    "add_brand",
    "add_colour",
    "add_competitor_model",
    "add_configuration",
    "add_feature",
    "add_option",
    "add_price",
    "add_series",
    "add_sku",
    "add_vehicle_model",
    "change_brand",
    "change_colour",
    "change_competitor_model",
    "change_configuration",
    "change_feature",
    "change_option",
    "change_price",
    "change_series",
    "change_sku",
    "change_vehicle_model",
    "choose_main_picture",
    "fill_sheet",
    "start_model_year",
]

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
from products.actions.prices import add_price, change_price
from products.actions.skus import add_sku, change_sku

__all__ = [
    "add_brand",
    "add_colour",
    "add_competitor_model",
    "add_configuration",
    "add_price",
    "add_series",
    "add_sku",
    "add_vehicle_model",
    "change_brand",
    "change_colour",
    "change_competitor_model",
    "change_configuration",
    "change_price",
    "change_series",
    "change_sku",
    "change_vehicle_model",
]

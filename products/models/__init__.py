from products.models.catalogue import (
    CONFIGURATION_SALE_STATE,
    MODEL_SALE_STATE,
    SKU_SALE_STATE,
    Brand,
    Colour,
    Configuration,
    SaleState,
    Series,
    Sku,
    VehicleModel,
)
from products.models.competitors import CompetitorModel
from products.models.features import Availability, Feature, FeatureValue, Option
from products.models.prices import Price

__all__ = [
    "CONFIGURATION_SALE_STATE",
    "MODEL_SALE_STATE",
    "SKU_SALE_STATE",
    "Availability",
    "Brand",
    "Colour",
    "CompetitorModel",
    "Configuration",
    "Feature",
    "FeatureValue",
    "Option",
    "Price",
    "SaleState",
    "Series",
    "Sku",
    "VehicleModel",
]

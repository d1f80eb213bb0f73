from inventory.actions.movements import (
    invoice_vehicles,
    produce_vehicles,
    receive_vehicles,
    retail_vehicle,
    return_vehicle,
    ship_vehicles,
    take_back_vehicle,
    vehicle_search_text,
)
from inventory.actions.stock import add_warehouse, change_vehicle, change_warehouse, hand_certificate

__all__ = [
    "add_warehouse",
    "change_vehicle",
    "change_warehouse",
    "hand_certificate",
    "invoice_vehicles",
    "produce_vehicles",
    "receive_vehicles",
    "retail_vehicle",
    "return_vehicle",
    "ship_vehicles",
    "take_back_vehicle",
    "vehicle_search_text",
]

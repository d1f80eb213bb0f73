from contracts.actions.allocations import allocate_vehicles, release_allocation, release_expired_allocations
from contracts.actions.contracts import add_contract, change_contract
from contracts.actions.deliveries import invoice_cars, receive_cars, ship_cars
from contracts.actions.orders import change_order, place_order, refresh_order_status
from contracts.actions.quotations import add_quotation, change_quotation
from contracts.actions.receivables import open_receivable, record_receipt, take_back_receivable
from contracts.actions.retails import retail_car

__all__ = [
    "add_contract",
    "add_quotation",
    "allocate_vehicles",
    "change_contract",
    "change_order",
    "change_quotation",
    "invoice_cars",
    "open_receivable",
    "place_order",
    "receive_cars",
    "record_receipt",
    "refresh_order_status",
    "release_allocation",
    "release_expired_allocations",
    "retail_car",
    "ship_cars",
    "take_back_receivable",
]

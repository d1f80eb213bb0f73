from aftersales.actions.claims import add_claim, change_claim
from aftersales.actions.prices import (
    add_labour_operation,
    add_labour_rate,
    add_part,
    change_labour_operation,
    change_labour_rate,
    change_part,
)
from aftersales.actions.requests import add_service_request, change_service_request

__all__ = [
    "add_claim",
    "add_labour_operation",
    "add_labour_rate",
    "add_part",
    "add_service_request",
    "change_claim",
    "change_labour_operation",
    "change_labour_rate",
    "change_part",
    "change_service_request",
]

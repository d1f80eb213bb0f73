from django.utils.translation import gettext_lazy as _

from aftersales.models import Claim, ClaimLine, LabourOperation, LabourRate, Part, ServiceRequest
from core.tables import Column, Table

PARTS = Table(
    Part,
    (
        Column("number", link=True),
        Column("name"),
        Column("assembly", kind="choice"),
        Column("price_amount", kind="money"),
        Column("handling_percent", kind="money"),
        Column("is_main_part", kind="boolean"),
        Column("is_wear_part", kind="boolean"),
        Column("is_special_part", kind="boolean", shown=False),
    ),
    order=("number", "pk"),
)
LABOUR_OPERATIONS = Table(
    LabourOperation,
    (Column("code", link=True), Column("name"), Column("standard_hours", kind="money")),
    order=("code", "pk"),
)
LABOUR_RATES = Table(
    LabourRate,
    (
        Column("station_class", kind="choice", link=True),
        Column("amount", kind="money"),
        Column("valid_from", kind="date"),
    ),
    order=("station_class", "-valid_from", "pk"),
)
SERVICE_REQUESTS = Table(
    ServiceRequest,
    (
        Column("number", link=True),
        Column("status", kind="status"),
        Column("caller_name"),
        Column("phone", kind="phone"),
        Column("vehicle__vin"),
        Column("complaint"),
        Column("customer__name", shown=False),
        Column("answer", shown=False),
        Column("owner__name"),
        Column("unit__name", shown=False),
        Column("opened_at", kind="datetime"),
    ),
)
CLAIMS = Table(
    Claim,
    (
        Column("number", link=True),
        Column("status", kind="status"),
        Column("kind", kind="choice"),
        Column("vehicle__vin", _("VIN")),
        Column("station__name"),
        Column("repaired_on", kind="date"),
        Column("mileage_km", kind="number"),
        Column("claimed_amount", kind="money", total=True),
        Column("approved_amount", kind="money", total=True),
        Column("causal_part__name"),
        Column("repair_order_number", shown=False),
        Column("submitted_on", kind="date", shown=False),
        Column("complaint", shown=False),
        Column("cause", shown=False),
        Column("correction", shown=False),
        Column("owner__name", shown=False),
    ),
)
CLAIM_LINES = Table(
    ClaimLine,
    (
        Column("kind", kind="choice"),
        Column("code"),
        Column("description"),
        Column("quantity", kind="money"),
        Column("unit_amount", kind="money"),
        Column("handling_percent", kind="money"),
        Column("amount", kind="money", total=True),
        Column("approved_amount", kind="money", total=True),
        Column("claim__number", shown=False),
        Column("claim__status", _("Status of the claim"), kind="status", shown=False),
    ),
    order=("-claim_id", "pk"),
)

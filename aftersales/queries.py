"""What is known about a car when it comes to the workshop."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from aftersales.models import Claim
from aftersales.rules import checks, periods
from contracts.models import Retail
from core.errors import RuleBroken
from dealers.models import ServiceStation
from inventory.models import Vehicle
from inventory.rules import normal_vin, vin_fault


@dataclass(frozen=True)
class WarrantyStatus:
    """The warranty of a car as it stands on a day; ``warranty`` is None before the car is sold."""

    retail: Retail | None
    warranty: periods.Warranty | None
    is_covered: bool
    is_under_order: bool


def vehicle_with(raw_vin: str) -> Vehicle:
    """The car with this VIN; an impossible one (X12: IV) or an unknown one (NOP) is refused."""
    vin = normal_vin(raw_vin)
    vehicle = Vehicle.objects.filter(vin=vin).first()
    if vehicle is None:
        unknown = _("No car with the VIN %(vin)s is known. Check the VIN.") % {"vin": vin}
        raise RuleBroken({"vin": vin_fault(vin) or unknown})
    return vehicle


def retail_of(vehicle_id: int) -> Retail | None:
    """The sale that put the car into the hands of its owner; None where none was made, or the last was taken back."""
    latest = Retail.objects.counted().filter(vehicle=vehicle_id).select_related("customer").order_by("-pk").first()
    return latest if latest and latest.quantity > 0 else None


def warranty_status(vehicle_id: int, *, on: date, mileage_km: int) -> WarrantyStatus:
    retail = retail_of(vehicle_id)
    if retail is None:
        return WarrantyStatus(None, None, False, False)
    warranty = periods.warranty_of(retail.warranty_starts_on, retail.usage_kind)
    return WarrantyStatus(
        retail, warranty, warranty.covers_repair(on, mileage_km), periods.is_under_order(retail.usage_kind)
    )


def findings_of(claim: Claim, *, today: date) -> list[checks.Finding]:
    """The checks of a claim against what is known; a claim handed in is judged by its own day."""
    status = warranty_status(claim.vehicle_id, on=claim.repaired_on, mileage_km=claim.mileage_km)
    facts = checks.ClaimFacts(
        vin=claim.vehicle.vin,
        is_known=True,
        is_retailed=status.retail is not None,
        warranty=status.warranty,
        repaired_on=claim.repaired_on,
        mileage_km=claim.mileage_km,
        submitted_on=claim.submitted_on or today,
        last_reading=last_reading(claim),
        twin_number=twin_number(claim),
        is_station_active=claim.station.state == ServiceStation.State.ACTIVE,
        hours=tuple(
            checks.HoursLine(line.code, line.quantity, line.standard_hours)
            for line in claim.lines.all()
            if line.standard_hours is not None
        ),
        needs_retail=claim.needs_retail,
        is_goodwill=claim.kind == Claim.Kind.GOODWILL,
    )
    return checks.check_claim(facts)


def last_reading(claim: Claim) -> checks.Reading | None:
    """The odometer at the latest earlier repair of the car."""
    earlier = (
        Claim.objects.handed_in()
        .filter(vehicle=claim.vehicle_id, repaired_on__lte=claim.repaired_on)
        .exclude(pk=claim.pk)
        .order_by("-repaired_on", "-mileage_km")
        .first()
    )
    return checks.Reading(earlier.repaired_on, earlier.mileage_km) if earlier else None


def twin_number(claim: Claim) -> str:
    """The claim that was handed in for the same causal part of the car on the same day of repair."""
    if claim.causal_part_id is None:
        return ""
    twins = Claim.objects.handed_in().filter(
        vehicle=claim.vehicle_id, repaired_on=claim.repaired_on, causal_part=claim.causal_part_id
    )
    return twins.exclude(pk=claim.pk).values_list("number", flat=True).first() or ""

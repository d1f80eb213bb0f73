"""Claims and what they are priced from, with chosen values; ``unit`` and ``owner`` say whose they are."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from aftersales import actions, workflow
from aftersales.models import Claim, ClaimLine, LabourOperation, LabourRate, Part, ServiceRequest
from contracts.models import Retail
from core.workflow import take
from dealers.models import ServiceStation
from inventory.tests.factories import make_vehicle
from users.access import Role
from users.models import Unit, User
from users.tests.factories import make_unit, make_user

serial = count(1)


def station_at(unit: Unit | None = None) -> ServiceStation:
    """The station of a unit, or a new one, of class B."""
    unit = unit or make_unit(kind=Unit.Kind.STATION)
    values = {"code": unit.code, "name": unit.name, "city": "哈尔滨"}
    return ServiceStation.objects.get_or_create(unit=unit, defaults=values)[0]


def make_part(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Part:
    """A brake disc of 320 yuan with 10 % handling."""
    number = next(serial)
    values = {
        "number": f"3501-{number:04d}",
        "name": "前制动盘",
        "assembly": Part.Assembly.BRAKES,
        "price_amount": Decimal("320.00"),
        "handling_percent": Decimal("10.00"),
    }
    return actions.add_part(by=owner, **values | fields)


def make_labouroperation(*, unit: Unit | None = None, owner: User | None = None, **fields) -> LabourOperation:
    values = {"code": f"35-{next(serial):04d}", "name": "更换前制动盘", "standard_hours": Decimal("2.50")}
    return actions.add_labour_operation(by=owner, **values | fields)


def make_labourrate(*, unit: Unit | None = None, owner: User | None = None, **fields) -> LabourRate:
    """60 yuan an hour in class B; each one from another day on."""
    values = {
        "station_class": ServiceStation.StationClass.B,
        "amount": Decimal("60.00"),
        "valid_from": date(2020, 1, 1) + timedelta(days=next(serial)),
    }
    return actions.add_labour_rate(by=owner, **values | fields)


def make_servicerequest(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ServiceRequest:
    values = {"caller_name": "刘洋", "phone": f"136{next(serial):08d}", "complaint": "行驶中方向盘抖动"}
    request = actions.add_service_request(by=owner or make_user(unit=unit), **values | fields)
    ServiceRequest.objects.filter(pk=request.pk).update(unit=unit or request.unit, owner=owner or request.owner)
    request.refresh_from_db()
    return request


def towing(quantity: int = 80) -> dict:
    """1.50 yuan a kilometre."""
    return {
        "kind": ClaimLine.Kind.OTHER,
        "code": "",
        "quantity": Decimal(quantity),
        "description": "外出救援",
        "unit_amount": Decimal("1.50"),
    }


def labour(operation: LabourOperation, hours: str = "2.5") -> dict:
    return {"kind": ClaimLine.Kind.LABOUR, "code": operation.code, "quantity": Decimal(hours)}


def piece(part: Part, quantity: int = 1) -> dict:
    return {"kind": ClaimLine.Kind.PART, "code": part.number, "quantity": Decimal(quantity)}


def claim_fields(retail: Retail | None = None, **fields) -> dict:
    """What a station enters about a repair of today: of a car that was sold, else about a new one it prepared."""
    vehicle = retail.vehicle if retail else None if "vin" in fields else make_vehicle()
    values = {
        "vin": fields.pop("vin", None) or vehicle.vin,
        "kind": Claim.Kind.STANDARD if retail else Claim.Kind.PREPARATION,
        "repair_order_number": f"WX-{next(serial):05d}",
        "mileage_km": 1_200,
        "repaired_on": timezone.localdate(),
        "complaint": "制动时方向盘抖动",
        "cause": "前制动盘端面跳动超差",
        "correction": "更换前制动盘",
        "lines": [towing()],
    }
    return values | fields


def make_claim(*, unit: Unit | None = None, owner: User | None = None, retail: Retail | None = None, **fields) -> Claim:
    """A draft of 120.00 yuan for towing."""
    by = owner or make_user(unit=unit or make_unit(kind=Unit.Kind.STATION))
    station_at(by.unit)
    claim = actions.add_claim(by=by, **claim_fields(retail, **fields))
    Claim.objects.filter(pk=claim.pk).update(unit=unit or claim.unit)
    claim.refresh_from_db()
    return claim


def make_claimline(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ClaimLine:
    return make_claim(unit=unit, owner=owner, **fields).lines.get()


def take_claim_step(claim: Claim, name: str, *, by: User | None = None, note: str = "", **data) -> Claim:
    step = next(step for step in workflow.CLAIM_STEPS if step.name == name)
    by = by or make_user(roles=[Role.CLAIMS_OFFICER, Role.SERVICE_STATION])
    return take(step, claim.pk, Claim, by=by, note=note, **data)


def submitted_claim(**fields) -> Claim:
    return take_claim_step(make_claim(**fields), "submit")

"""Repairs, claims, enquiries: what happens to the cars after the sale."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from math import ceil

from aftersales.models import Claim, ClaimLine, LabourOperation, LabourRate, Part, ServiceRequest
from contracts.models import Retail
from core.search import search_text
from hafei_crm.demo import words
from hafei_crm.demo.world import World

CLAIMS, REQUESTS = 420, 160
KM_PER_DAY = 55
RATES = {"a": 80, "b": 70, "c": 60}
# complaint, cause, part number, part, assembly, price, operation, hours
FAULTS = (
    ("怠速抖动，加速无力", "点火线圈击穿", "3705110-E02", "点火线圈", "engine", 180, "更换点火线圈", "0.6"),
    ("空调不制冷", "压缩机离合器失效", "8103010-M1", "空调压缩机", "other", 1150, "更换空调压缩机", "2.2"),
    ("转向时有异响", "转向机防尘套破损", "3401010-C3", "转向机总成", "steering", 890, "更换转向机总成", "2.5"),
    ("仪表显示水温高", "节温器卡滞", "1306010-E02", "节温器", "engine", 65, "更换节温器", "0.8"),
    ("玻璃升降器不工作", "升降电机烧毁", "6104020-L1", "玻璃升降器", "body", 160, "更换玻璃升降器", "0.7"),
    ("换档困难", "同步器磨损", "1701200-T5", "同步器总成", "gearbox", 420, "变速器解体维修", "4.5"),
    ("减振器漏油", "油封失效", "2905010-S2", "前减振器", "suspension", 260, "更换前减振器", "1.1"),
    ("蓄电池亏电", "发电机调节器损坏", "3701100-E02", "发电机总成", "engine", 560, "更换发电机", "1.0"),
)
STATUSES = ("approved",) * 7 + ("submitted",) * 2 + ("draft", "returned", "rejected")


def make_service(world: World) -> None:
    parts = {fault[2]: world.copier.key(Part) for fault in FAULTS}
    world.copier.copy(Part, (_part(parts, *fault) for fault in FAULTS))
    world.copier.copy(
        LabourOperation,
        (
            {
                "code": f"GS-{number:03d}",
                "name": fault[6],
                "standard_hours": fault[7],
                "search_text": search_text(fault[6]),
            }
            for number, fault in enumerate(FAULTS, start=1)
        ),
    )
    since = world.months[0]
    rates = ({"station_class": letter, "amount": amount, "valid_from": since} for letter, amount in RATES.items())
    world.copier.copy(LabourRate, rates)
    _make_claims(world, parts)
    world.copier.copy(ServiceRequest, _requests(world))


def _part(parts: dict[str, int], _complaint, _cause, number, name, assembly, price, *_operation) -> dict:
    known = {"number": number, "name": name, "assembly": assembly, "price_amount": price}
    return known | {"id": parts[number], "handling_percent": 10, "search_text": search_text(name, number)}


def _make_claims(world: World, parts: dict[str, int]) -> None:
    sold = list(
        Retail.objects.filter(retailed_on__lt=world.today - timedelta(days=40))
        .order_by("pk")
        .values_list("vehicle_id", "vehicle__vin", "warranty_starts_on")
    )
    claims, lines = [], []
    for vehicle, vin, since in world.rng.sample(sold, min(len(sold), CLAIMS)):
        claim, of_claim = _claim(world, parts, vehicle, vin, (world.today - since).days, since)
        claims.append(claim)
        lines += of_claim
    claims.sort(key=lambda claim: claim["repaired_on"])
    world.copier.copy(Claim, claims)
    world.copier.copy(ClaimLine, lines)


def _claim(world: World, parts: dict[str, int], vehicle: int, vin: str, age: int, since) -> tuple[dict, list[dict]]:
    rng = world.rng
    complaint, cause, part, part_name, _assembly, price, operation, hours = rng.choice(FAULTS)
    days = rng.randint(20, min(age, 900))
    repaired_on, (station, unit) = since + timedelta(days=days), world.stations[vehicle % len(world.stations)]
    number = world.number("claim", "SP", repaired_on)
    status = rng.choice(STATUSES) if repaired_on > world.today - timedelta(days=45) else "approved"
    total = (Decimal(hours) * RATES["b"] + Decimal(price) * Decimal("1.1")).quantize(Decimal("0.01"))
    key = world.copier.key(Claim)
    claim = {
        "id": key,
        "number": number,
        "station_id": station,
        "repair_order_number": f"WX{number[3:]}",
        "vehicle_id": vehicle,
        "kind": "standard",
        "mileage_km": ceil(days * KM_PER_DAY * rng.uniform(0.4, 1.2)),
        "repaired_on": repaired_on,
        "causal_part_id": parts[part],
        "complaint": complaint,
        "cause": cause,
        "correction": operation,
        "status": status,
        "submitted_on": None if status == "draft" else min(world.today, repaired_on + world.days(1, 10)),
        "claimed_amount": total,
        "approved_amount": total if status == "approved" else None,
        "owner_id": world.people["station"] if station == 1 else None,
        "unit_id": unit,
        "created_at": world.moment(repaired_on),
        "search_text": search_text(number, vin),
    }
    work = {
        "kind": "labour",
        "code": operation[:2],
        "description": operation,
        "quantity": hours,
        "unit_amount": RATES["b"],
    }
    piece = {"kind": "part", "code": part, "description": part_name, "quantity": 1, "unit_amount": price}
    return claim, [{"claim_id": key} | work, {"claim_id": key, "handling_percent": 10} | piece]


def _requests(world: World) -> Iterator[dict]:
    for number in range(REQUESTS):
        opened = world.today - world.days(0, 90)
        _station, unit = world.rng.choice(world.stations)
        name, phone = words.person(world.rng), words.mobile(world.next_serial())
        paper = world.number("service_request", "FW", opened)
        status = ("closed", "closed", "answered", "open")[number % 4] if opened < world.today else "open"
        yield {
            "number": paper,
            "caller_name": name,
            "phone": phone,
            "complaint": world.rng.choice(FAULTS)[0],
            "answer": "" if status == "open" else "已安排进站检查",
            "status": status,
            "opened_at": world.moment(opened),
            "owner_id": None,
            "unit_id": unit,
            "search_text": search_text(name, paper, phones=[phone]),
        }

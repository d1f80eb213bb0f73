from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales import queries
from aftersales.models import Claim, ClaimLine, LabourOperation, LabourRate, Part
from aftersales.rules import amounts
from core.errors import RuleBroken
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from dealers.models import ServiceStation
from users.models import User

Kind = ClaimLine.Kind


@transaction.atomic
def add_claim(*, by: User, vin: str, repair_order_number: str, lines: Iterable[dict], **fields) -> Claim:
    """A draft of the station the claimant works for; prices and rates are those of the day of repair."""
    station = ServiceStation.objects.filter(unit=by.unit).first()
    if station is None:
        raise RuleBroken(
            _("%(unit)s is no service station. Claims are entered by the people of a station.") % {"unit": by.unit}
        )
    _refuse_future(fields["repaired_on"])
    _refuse_second(station, repair_order_number)
    claim = Claim(
        number=next_number("claim", prefix="SP", on=timezone.localdate()),
        station=station,
        repair_order_number=repair_order_number,
        vehicle=queries.vehicle_with(vin),
        owner=by,
        unit=by.unit,
        **fields,
    )
    claim.search_text = _search_text(claim)
    claim.save()
    log_status(claim, by=by, step="add", before="", after=claim.status)
    _write_lines(claim, lines)
    return claim


@transaction.atomic
def change_claim(
    claim_id: int, *, by: User, vin: str, repair_order_number: str, lines: Iterable[dict], **fields
) -> Claim:
    claim = Claim.objects.select_for_update(of=("self",)).select_related("station").get(pk=claim_id)
    if claim.status not in Claim.CHANGEABLE:
        raise RuleBroken(
            _("“%(claim)s” is %(status)s and can no longer be changed.")
            % {"claim": claim, "status": claim.get_status_display()}
        )
    _refuse_future(fields["repaired_on"])
    _refuse_second(claim.station, repair_order_number, but=claim.pk)
    claim.vehicle, claim.repair_order_number = queries.vehicle_with(vin), repair_order_number
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.search_text = _search_text(claim)
    claim.save(update_fields=[*fields, "vehicle", "repair_order_number", "search_text"])
    claim.lines.all().delete()
    _write_lines(claim, lines)
    return claim


def _write_lines(claim: Claim, lines: Iterable[dict]) -> None:
    """Price the lines from the lists and add up what is claimed."""
    price = {Kind.LABOUR: _labour, Kind.PART: _part, Kind.OTHER: _other}
    rows = [
        ClaimLine(claim=claim, kind=line["kind"], quantity=line["quantity"], **price[line["kind"]](claim, line))
        for line in lines
    ]
    ClaimLine.objects.bulk_create(rows)
    claim.claimed_amount = amounts.claim_amount(
        amounts.line_amount(row.quantity, row.unit_amount, row.handling_percent) for row in rows
    )
    claim.save(update_fields=["claimed_amount"])


def _labour(claim: Claim, line: dict) -> dict:
    """The rate of the station's class on the day of repair, whatever was typed."""
    operation = LabourOperation.objects.filter(code=line["code"].strip()).first()
    if operation is None:
        raise RuleBroken(_("No labour operation has the code %(code)s.") % {"code": line["code"]})
    rate = LabourRate.objects.valid_on(claim.repaired_on, claim.station.station_class).first()
    if rate is None:
        raise RuleBroken(
            _("There is no labour rate of %(station_class)s on %(day)s. Ask the settlement clerk.")
            % {"station_class": claim.station.get_station_class_display(), "day": claim.repaired_on}
        )
    return {
        "code": operation.code,
        "description": operation.name,
        "unit_amount": rate.amount,
        "standard_hours": operation.standard_hours,
    }


def _part(claim: Claim, line: dict) -> dict:
    part = Part.objects.filter(number=line["code"].strip()).first()
    if part is None:
        raise RuleBroken(_("No part has the number %(number)s.") % {"number": line["code"]})
    return {
        "code": part.number,
        "description": part.name,
        "unit_amount": part.price_amount,
        "handling_percent": part.handling_percent,
    }


def _other(claim: Claim, line: dict) -> dict:
    if not line.get("description") or line.get("unit_amount") is None:
        raise RuleBroken(_("A line of other costs needs a description and a unit price."))
    return {
        "code": line["code"].strip(),
        "description": line["description"],
        "unit_amount": Decimal(line["unit_amount"]),
    }


def _refuse_future(repaired_on: date) -> None:
    if repaired_on > timezone.localdate():
        raise RuleBroken({"repaired_on": _("The repair cannot have been done in the future.")})


def _refuse_second(station: ServiceStation, repair_order_number: str, *, but: int | None = None) -> None:
    """The database holds one claim per repair order of a station, rejected ones aside (X12: DC)."""
    twin = (
        Claim.objects.filter(station=station, repair_order_number=repair_order_number)
        .exclude(status=Claim.Status.REJECTED)
        .exclude(pk=but)
        .first()
    )
    if twin:
        raise RuleBroken(
            {"repair_order_number": _("The claim %(number)s already has this repair order.") % {"number": twin.number}}
        )


def _search_text(claim: Claim) -> str:
    vin = claim.vehicle.vin
    return search_text(claim.number, vin, vin[-8:], vin[-6:], claim.station.name, claim.repair_order_number)

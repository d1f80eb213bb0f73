"""The checks of a claim when it is handed in. Codes are those of ANSI X12 element 1172."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from aftersales.rules.periods import Warranty

SUBMISSION_DAYS = 30
HIGHEST_DAILY_KM = 1_000


class Severity(StrEnum):
    REJECT = "reject"
    HOLD = "hold"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One result: the X12 1172 code, how grave it is, and a sentence for the station."""

    code: str
    severity: Severity
    sentence: str


@dataclass(frozen=True)
class Reading:
    """An odometer reading of an earlier visit."""

    on: date
    mileage_km: int


@dataclass(frozen=True)
class HoursLine:
    """A labour line beside the standard hours of its operation."""

    code: str
    hours: Decimal
    standard_hours: Decimal


@dataclass(frozen=True)
class ClaimFacts:
    """All that the checks look at; ``warranty`` is None where no retail is on record."""

    vin: str
    is_known: bool
    is_retailed: bool
    warranty: Warranty | None
    repaired_on: date
    mileage_km: int
    submitted_on: date
    last_reading: Reading | None = None
    twin_number: str = ""
    is_station_active: bool = True
    hours: tuple[HoursLine, ...] = ()
    needs_retail: bool = True
    is_goodwill: bool = False


def check_claim(facts: ClaimFacts) -> list[Finding]:
    """Every objection, the gravest first."""
    if not facts.is_known:
        return [
            Finding(
                "NOP", Severity.REJECT, _("No car with the VIN %(vin)s is known. Check the VIN.") % {"vin": facts.vin}
            )
        ]
    found = [*_of_warranty(facts), *_of_paper(facts), *_of_odometer(facts), *_of_hours(facts)]
    return sorted(found, key=lambda finding: list(Severity).index(finding.severity))


def rejections(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.REJECT]


def _of_warranty(facts: ClaimFacts) -> Iterator[Finding]:
    if not facts.needs_retail:
        return
    if not facts.is_retailed or facts.warranty is None:
        yield Finding(
            "NWR",
            Severity.REJECT,
            _("The car %(vin)s has no retail record, so its warranty has not begun.") % {"vin": facts.vin},
        )
        return
    warranty = facts.warranty
    if facts.is_goodwill or warranty.covers_repair(facts.repaired_on, facts.mileage_km):
        return
    values = {"vin": facts.vin, "ends_on": warranty.repair_ends_on, "km": f"{warranty.repair_km:,}"}
    yield Finding(
        "EW",
        Severity.REJECT,
        _(
            "The warranty of %(vin)s ended on %(ends_on)s or at %(km)s km, whichever came first. "
            "File a goodwill claim if there is a reason for one."
        )
        % values,
    )


def _of_paper(facts: ClaimFacts) -> Iterator[Finding]:
    if not facts.is_station_active:
        yield Finding("URF", Severity.REJECT, _("The station is not authorised at present. Ask the claims department."))
    if facts.twin_number:
        yield Finding(
            "DC",
            Severity.REJECT,
            _("The claim %(number)s already covers this repair of %(vin)s.")
            % {"number": facts.twin_number, "vin": facts.vin},
        )
    latest = facts.repaired_on + timedelta(days=SUBMISSION_DAYS)
    if facts.submitted_on > latest:
        yield Finding(
            "SUB",
            Severity.REJECT,
            _("The repair of %(repaired_on)s had to be submitted by %(latest)s.")
            % {"repaired_on": facts.repaired_on, "latest": latest},
        )


def _of_odometer(facts: ClaimFacts) -> Iterator[Finding]:
    last = facts.last_reading
    if last is None:
        return
    driven, days = facts.mileage_km - last.mileage_km, (facts.repaired_on - last.on).days
    values = {"km": f"{facts.mileage_km:,}", "last": f"{last.mileage_km:,}", "on": last.on}
    if driven < 0:
        yield Finding(
            "MRA",
            Severity.HOLD,
            _("The odometer shows %(km)s km, but %(last)s km were read on %(on)s already.") % values,
        )
    elif driven > HIGHEST_DAILY_KM * max(days, 1):
        yield Finding(
            "MC", Severity.WARN, _("From %(last)s km on %(on)s to %(km)s km is more than 1,000 km a day.") % values
        )


def _of_hours(facts: ClaimFacts) -> Iterator[Finding]:
    for line in facts.hours:
        if line.hours > line.standard_hours:
            yield Finding(
                "ELH",
                Severity.WARN,
                _("%(hours)s hours are claimed for %(code)s; the standard is %(standard)s.")
                % {"hours": line.hours, "code": line.code, "standard": line.standard_hours},
            )

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.numbering import next_number
from core.workflow import log_status
from salesplan.models import SalesPlan, SalesPlanLine
from salesplan.proposals import proposals
from users.models import User


@transaction.atomic
def add_sales_plan(*, by: User, month: date, lines: Iterable[dict], note: str = "") -> SalesPlan:
    """A new version of the month's plan: the first, or the one after the latest."""
    _refuse_twins(lines)
    latest = SalesPlan.objects.of_month(month).aggregate(latest=Max("version"))["latest"] or 0
    plan = SalesPlan.objects.create(
        number=next_number("sales_plan", prefix="XSJH", on=timezone.localdate()),
        month=month,
        version=latest + 1,
        note=note,
        owner=by,
        unit=by.unit,
    )
    log_status(plan, by=by, step="add", before="", after=plan.status)
    _write_lines(plan, lines)
    return plan


@transaction.atomic
def change_sales_plan(plan_id: int, *, by: User, month: date, lines: Iterable[dict], note: str = "") -> SalesPlan:
    plan = SalesPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if plan.status not in SalesPlan.CHANGEABLE:
        raise RuleBroken(
            _("“%(plan)s” is %(status)s and can no longer be changed. Add a new version of the month instead.")
            % {"plan": plan, "status": plan.get_status_display()}
        )
    if month != plan.month:
        raise RuleBroken({"month": _("A version stays in its month. Add a plan for the other month.")})
    _refuse_twins(lines)
    plan.note = note
    plan.save(update_fields=["note"])
    plan.lines.all().delete()
    _write_lines(plan, lines)
    return plan


@transaction.atomic
def take_over_forecast(plan_id: int, *, by: User, today: date) -> int:
    """Fill the empty lines from the forecast; the plan's note says so. Returns how many lines are new.

    The note is read by dealers too, so it names no figure of the company.
    """
    plan = SalesPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    found = proposals(plan, today=today)
    if not found:
        raise RuleBroken(
            _("No forecast by series is published for %(month)s. The nightly forecast reaches twelve months ahead.")
            % {"month": f"{plan.month:%Y-%m}"}
        )
    lines = [
        SalesPlanLine(plan=plan, dealer_id=dealer, sku_id=sku, quantity=cars)
        for one in found
        for (dealer, sku), cars in one.lines.items()
    ]
    if not lines:
        raise RuleBroken(
            _(
                "Nothing is left to propose: the plan reaches the forecast already, "
                "or every dealer and SKU that sold lately has a line."
            )
        )
    SalesPlanLine.objects.bulk_create(lines, batch_size=2_000)
    taken = _("%(count)d lines were taken from the forecast computed %(day)s.") % {
        "count": len(lines),
        "day": f"{timezone.localtime(found[0].forecast.published_at):%Y-%m-%d}",
    }
    plan.note = f"{plan.note}\n{taken}".strip()
    plan.save(update_fields=["note"])
    return len(lines)


def _write_lines(plan: SalesPlan, lines: Iterable[dict]) -> None:
    SalesPlanLine.objects.bulk_create(SalesPlanLine(plan=plan, **line) for line in lines)


def _refuse_twins(lines: Iterable[dict]) -> None:
    seen = set()
    for line in lines:
        key = (line["dealer"].pk, line["sku"].pk)
        if key in seen:
            raise RuleBroken(
                _("%(sku)s for %(dealer)s is planned twice. Put both figures into one line.")
                % {"sku": line["sku"], "dealer": line["dealer"]}
            )
        seen.add(key)

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Right
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import RuleBroken
from core.numbering import next_number
from core.workflow import log_status
from inventory.actions import produce_vehicles
from inventory.models import Vehicle, Warehouse
from inventory.rules import normal_vin, vin_fault
from products.models import Sku, VehicleModel
from salesplan import queries, rules
from salesplan.models import ProductionPlan, ProductionPlanLine, SalesPlan
from users.models import User


@transaction.atomic
def derive_production_plan(sales_plan_id: int, *, by: User) -> ProductionPlan:
    """Per SKU: the planned cars less those that stand free in the factory, not below zero."""
    sales_plan = SalesPlan.objects.select_for_update(of=("self",)).get(pk=sales_plan_id)
    _refuse_derivation(sales_plan)
    plan = ProductionPlan.objects.create(
        number=next_number("production_plan", prefix="SCJH", on=timezone.localdate()),
        month=sales_plan.month,
        sales_plan=sales_plan,
    )
    log_status(plan, by=by, step="derive", before="", after=plan.status)
    demand = queries.planned_by_sku(sales_plan.pk)
    stock = queries.free_factory_stock(demand)
    ProductionPlanLine.objects.bulk_create(
        ProductionPlanLine(
            plan=plan,
            sku_id=sku_id,
            demand_count=planned,
            stock_count=stock.get(sku_id, 0),
            quantity=rules.production_need(planned, stock.get(sku_id, 0)),
        )
        for sku_id, planned in demand.items()
    )
    return plan


@transaction.atomic
def record_production(
    line_id: int,
    *,
    by: User,
    produced_on: date,
    vins: Sequence[str] = (),
    quantity: int | None = None,
    warehouse: Warehouse | None = None,
) -> list[Vehicle]:
    """Cars of a released plan came off the line: with the VINs given, or with serial ones for a mere quantity."""
    plan = ProductionPlan.objects.select_for_update(of=("self",)).get(lines=line_id)
    line = plan.lines.select_for_update(of=("self",)).select_related("sku").get(pk=line_id)
    _refuse_production(line, count=len(vins) or quantity or 0, produced_on=produced_on)
    if vins:
        vins = checked_vins(vins)
        if quantity and quantity != len(vins):
            raise RuleBroken(
                {
                    "quantity": _("%(count)d VINs are listed, but the quantity says %(quantity)d.")
                    % {"count": len(vins), "quantity": quantity}
                }
            )
    else:
        vins = next_serial_vins(line.sku, quantity, produced_on)
    vehicles = produce_vehicles(
        by=by, sku=line.sku, vins=vins, produced_on=produced_on, warehouse=warehouse or factory_warehouse()
    )
    ProductionPlanLine.objects.filter(pk=line.pk).update(produced_count=F("produced_count") + len(vehicles))
    return vehicles


def checked_vins(raw_vins: Sequence[str]) -> list[str]:
    """All in their normal form; one sentence for each that is wrong or listed twice."""
    vins, faults = [], []
    for raw in raw_vins:
        try:
            vin = normal_vin(raw)
        except RuleBroken as refusal:
            faults.extend(refusal.messages)
            continue
        if vin in vins:
            faults.append(_("“%(vin)s” is listed twice.") % {"vin": vin})
        elif fault := vin_fault(vin):
            faults.append(fault)
        vins.append(vin)
    if faults:
        raise RuleBroken({"vins": faults})
    return vins


def next_serial_vins(sku: Sku, count: int, produced_on: date) -> list[str]:
    """The serial numbers after the highest of the same model and year; the model is locked meanwhile."""
    model = VehicleModel.objects.select_for_update(of=("self",)).get(configurations=sku.configuration_id)
    vds = rules.vehicle_description(model.code)
    highest = (
        Vehicle.objects.filter(
            vin__startswith=f"{rules.WMI}{vds}",
            vin__regex=f"^.{{9}}{rules.year_code(produced_on.year)}{rules.PLANT}[0-9]{{6}}$",
        ).aggregate(highest=Max(Right("vin", 6)))["highest"]
        or "0"
    )
    first = int(highest) + 1
    if first + count - 1 > rules.HIGHEST_SERIAL:
        raise RuleBroken(
            _("The serial numbers of %(model)s are used up for %(year)d. List the VINs.")
            % {"model": model, "year": produced_on.year}
        )
    return rules.serial_vins(rules.WMI, vds, produced_on.year, rules.PLANT, first, count)


def factory_warehouse() -> Warehouse:
    warehouse = Warehouse.objects.filter(kind=Warehouse.Kind.FACTORY).order_by("pk").first()
    if warehouse is None:
        raise RuleBroken(_("There is no factory warehouse yet. The stock keeper has to add one first."))
    return warehouse


def _refuse_derivation(sales_plan: SalesPlan) -> None:
    if sales_plan.status != SalesPlan.Status.PUBLISHED:
        raise RuleBroken(
            _("“%(plan)s” is %(status)s. A production plan is derived from a published sales plan.")
            % {"plan": sales_plan, "status": sales_plan.get_status_display()}
        )
    former = ProductionPlan.objects.filter(sales_plan=sales_plan).first()
    if former:
        raise RuleBroken(
            _("The production plan %(former)s was already derived from “%(plan)s”.")
            % {"former": former, "plan": sales_plan}
        )
    unfinished = (
        ProductionPlan.objects.filter(month=sales_plan.month).exclude(status=ProductionPlan.Status.COMPLETED).first()
    )
    if unfinished:
        raise RuleBroken(
            _("The production plan %(plan)s of the same month is still open. Complete it, then derive the next.")
            % {"plan": unfinished}
        )


def _refuse_production(line: ProductionPlanLine, *, count: int, produced_on: date) -> None:
    if line.plan.status != ProductionPlan.Status.RELEASED:
        raise RuleBroken(
            _("“%(plan)s” is %(status)s. Cars are built from a released plan.")
            % {"plan": line.plan, "status": line.plan.get_status_display()}
        )
    if count < 1:
        raise RuleBroken({"quantity": _("Enter how many cars were built, or list their VINs.")})
    if produced_on > timezone.localdate():
        raise RuleBroken({"produced_on": _("The cars cannot have been built in the future.")})
    if count > line.open_count:
        raise RuleBroken(
            {
                "quantity": ngettext(
                    "Only %(open)d car of %(sku)s is still to be built.",
                    "Only %(open)d cars of %(sku)s are still to be built.",
                    line.open_count,
                )
                % {"open": line.open_count, "sku": line.sku}
            }
        )

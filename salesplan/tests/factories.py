"""Plans, quotas and forecasts for tests, with chosen values; ``unit`` and ``owner`` say whose they are."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from contracts.models import Retail
from contracts.tests.factories import make_retail
from core.periods import add_months
from core.workflow import take
from dealers.models import Dealer
from inventory.models import Warehouse
from products.models import Sku
from products.tests.factories import make_sku
from salesplan import actions, workflow
from salesplan.models import (
    Forecast,
    ProductionPlan,
    ProductionPlanLine,
    Quota,
    ReportKind,
    ReportTemplate,
    SalesPlan,
    SalesPlanLine,
    WorkReport,
)
from users.access import Role
from users.models import Unit, User
from users.tests.factories import make_unit, make_user

serial = count(1)
FIRST_MONTH = date(2027, 1, 1)


def dealer_at(unit: Unit | None = None) -> Dealer:
    """The dealer of a unit, or a new one in formal operation."""
    unit = unit or make_unit()
    values = {"code": unit.code, "name": unit.name, "city": "哈尔滨", "state": Dealer.State.FORMAL}
    values["credit_limit_amount"] = 100_000_000
    return Dealer.objects.get_or_create(unit=unit, defaults=values)[0]


def factory_warehouse() -> Warehouse:
    unit = Unit.objects.get(kind=Unit.Kind.HEADQUARTERS)
    return Warehouse.objects.get_or_create(code="HRB-1", defaults={"name": "哈尔滨成品库", "unit": unit})[0]


def plan_line(dealer: Dealer | None = None, sku: Sku | None = None, quantity: int = 10) -> dict:
    return {"dealer": dealer or dealer_at(), "sku": sku or make_sku(), "quantity": quantity}


def make_salesplan(*, unit: Unit | None = None, owner: User | None = None, **fields) -> SalesPlan:
    """A draft; each one of a month of its own unless told otherwise."""
    by = owner or make_user(unit=unit)
    month = fields.pop("month", None) or add_months(FIRST_MONTH, next(serial))
    lines = fields.pop("lines", None) or [plan_line()]
    plan = actions.add_sales_plan(by=by, month=month, lines=lines, **fields)
    SalesPlan.objects.filter(pk=plan.pk).update(unit=unit or plan.unit)
    plan.refresh_from_db()
    return plan


def published_plan(**fields) -> SalesPlan:
    plan = make_salesplan(**fields)
    for name in ("submit", "approve", "publish"):
        plan = take_plan_step(plan, name)
    return plan


def take_plan_step(plan: SalesPlan, name: str, *, by: User | None = None, note: str = "") -> SalesPlan:
    step = next(step for step in workflow.SALES_PLAN_STEPS if step.name == name)
    by = by or make_user(roles=[Role.DIRECTOR, Role.PLANNER])
    return take(step, plan.pk, SalesPlan, by=by, note=note)


def make_salesplanline(*, unit: Unit | None = None, owner: User | None = None, **fields) -> SalesPlanLine:
    line = plan_line(**{"dealer": dealer_at(unit)} | fields)
    return make_salesplan(owner=owner, lines=[line]).lines.get()


def make_productionplan(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ProductionPlan:
    """Derived from a published sales plan of ten cars."""
    return actions.derive_production_plan(published_plan(**fields).pk, by=owner or make_user(unit=unit))


def released_plan(**fields) -> ProductionPlan:
    factory_warehouse()
    return take_production_step(make_productionplan(**fields), "release")


def take_production_step(
    plan: ProductionPlan, name: str, *, by: User | None = None, note: str = "", **data
) -> ProductionPlan:
    step = next(step for step in workflow.PRODUCTION_PLAN_STEPS if step.name == name)
    by = by or make_user(roles=[Role.PLANNER, Role.PRODUCTION_CLERK])
    return take(step, plan.pk, ProductionPlan, by=by, note=note, **data)


def make_productionplanline(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ProductionPlanLine:
    return make_productionplan(unit=unit, owner=owner, **fields).lines.get()


def make_quota(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Quota:
    user = fields.pop("user", None) or owner or make_user(unit=unit)
    month = fields.pop("month", None) or add_months(FIRST_MONTH, next(serial))
    values = {"target_count": 12, "target_amount": Decimal("600000.00")}
    return actions.add_quota(by=user, user=user, month=month, **values | fields)


def forecast_row(**fields) -> actions.ForecastRow:
    values = {
        "scope_key": "company/series=LUBAO",
        "label": "路宝",
        "month": date(2027, 1, 1),
        "mean": Decimal("120.00"),
        "lower80": Decimal("100.00"),
        "upper80": Decimal("140.00"),
        "lower95": Decimal("90.00"),
        "upper95": Decimal("150.00"),
        "model": "AutoTheta",
    }
    return actions.ForecastRow(**values | fields)


def sold_last_month(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Retail:
    """A car retailed on the first of last month."""
    sale = make_retail(unit=unit, owner=owner, **fields)
    Retail.objects.filter(pk=sale.pk).update(retailed_on=add_months(timezone.localdate().replace(day=1), -1))
    Dealer.objects.filter(pk=sale.dealer_id).update(state=Dealer.State.FORMAL)
    return sale


def forecast_of_sold_car(month: date, *, sale: Retail | None = None, mean: int = 40) -> Forecast:
    """The company's forecast of the series of a car that was sold last month."""
    sale = sale or sold_last_month()
    series = sale.vehicle.sku.configuration.vehicle_model.series
    figures = {"mean": mean, "lower80": mean - 8, "upper80": mean + 8, "lower95": mean - 16, "upper95": mean + 16}
    return make_forecast(
        month=month,
        scope_key=f"retail::series:{series.pk}",
        label=series.name,
        series_id=series.pk,
        is_of_own_sales=True,
        **{name: Decimal(value) for name, value in figures.items()},
    )


def make_forecast(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Forecast:
    is_of_own_sales = unit is not None  # what has a place in the organisation is not the market
    row = forecast_row(**{"scope_key": f"company/series={next(serial)}", "is_of_own_sales": is_of_own_sales} | fields)
    actions.publish_forecast([row], scope=row.scope_key, run_reference=1)
    return Forecast.objects.get(scope_key=row.scope_key, month=row.month)


def make_reporttemplate(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ReportTemplate:
    """One with a summary that must be filled, and a plan that need not; each of the free kinds and roles once.

    There are no more than twelve, so beyond them the last one comes again.
    """
    free = [
        {"kind": kind, "role": role}
        for kind in ReportKind.values
        for role in ReportTemplate.REPORTING
        if not ReportTemplate.objects.filter(kind=kind, role=role).exists()
    ]
    if not free and not fields:
        return ReportTemplate.objects.order_by("-pk").first()
    values = (free[0] if free else {}) | {"due_after_days": 0} | fields
    lines = [
        {"part": "summary", "title": "今日完成", "prompt": "主要客户", "is_required": True},
        {"part": "plan", "title": "明日计划", "prompt": "拜访谁", "is_required": False},
    ]
    return actions.add_report_template(by=owner, lines=values.pop("lines", lines), **values)


def make_workreport(*, unit: Unit | None = None, owner: User | None = None, **fields) -> WorkReport:
    """A draft of a day; each one of a day of its own unless told otherwise."""
    by = owner or make_user(unit=unit)
    starts_on = fields.pop("starts_on", None) or timezone.localdate() - timedelta(days=next(serial))
    values = {"kind": "day", "due_at": timezone.now(), "unit": unit or by.unit}
    report = WorkReport.objects.create(owner=by, starts_on=starts_on, **values | fields)
    report.entries.create(position=1, part="summary", title="今日完成", text="拜访鸿运出租")
    return report


def take_report_step(report: WorkReport, name: str, *, by: User, **data) -> WorkReport:
    step = next(step for step in workflow.WORK_REPORT_STEPS if step.name == name)
    return take(step, report.pk, WorkReport, by=by, **data)

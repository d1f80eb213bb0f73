"""The whole chain over HTTP: one lead, from a dealer's phone to the claim on the car that was sold."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from aftersales.models import Claim
from analytics.models import ForecastSeries
from contracts.models import Allocation, Contract, Order, Quotation, Receivable, Retail
from core.charts import FanChart
from core.periods import add_months, months_between
from customers.models import Customer, KeyAccountRegistration, Lead, Opportunity
from customers.queries import purchase_total
from hafei_crm.tests.beginnings import (
    GUIDE,
    WHOLESALE,
    add_sales_of_the_years_before,
    make_beginnings,
    run_first_night_of_next_month,
    sales_of_the_years_before,
)
from inventory.models import Vehicle
from salesplan.models import ProductionPlan, SalesPlan
from training.models import Enrolment

# Committed as in life: the jobs of the night begin after the commit, and tell of their progress from outside.
pytestmark = pytest.mark.django_db(transaction=True)


class House:
    """The people at their browsers, and what is there before the first customer calls."""

    def __init__(self, cast):
        self.cast = cast
        self.browsers = {}
        for name, person in cast.items():
            self.browsers[name] = Client()
            self.browsers[name].force_login(person)
        self.begun = make_beginnings(cast)
        self.today, self.sku, self.dealer = self.begun.today, self.begun.sku, self.begun.dealer

    def page(self, who: str, name: str, /, *args):
        page = self.browsers[who].get(reverse(name, args=args))
        assert page.status_code == 200, (who, name, page.status_code)
        return page

    def post(self, who: str, url_name: str, /, *args, **form):
        """Send a form that has to be accepted; refused ones show what the page said."""
        answer = self.browsers[who].post(reverse(url_name, args=args), form)
        said = answer.context and answer.context.get("form")
        assert answer.status_code == 302, (who, url_name, said.errors if said else answer.content.decode()[:2000])
        return answer

    def step(self, who: str, model: str, key: int, step: str, /, **form):
        return self.post(who, f"{model}_step", key, step, **form)

    def line(self, **values) -> dict:
        """One line of a document as the browser sends it."""
        counts = {
            "lines-TOTAL_FORMS": 1,
            "lines-INITIAL_FORMS": 0,
            "lines-MIN_NUM_FORMS": 0,
            "lines-MAX_NUM_FORMS": 500,
        }
        return counts | {f"lines-0-{name}": value for name, value in values.items()}


def record_and_convert_a_lead(house: House) -> Opportunity:
    """Dealer records, regional manager assigns, salesman qualifies and converts; a second lead warns of the phone."""
    form = {
        "name": "哈尔滨鸿运出租汽车公司",
        "phone": "13904518821",
        "source": house.begun.source.pk,
        "intent_level": "h",
    }
    house.post("dealer", "customers:lead_add", **form)
    lead = Lead.objects.get()
    assert lead.name in house.page("manager", "customers:lead_list").content.decode()
    assert house.browsers["dealer2"].get(reverse("customers:lead_detail", args=[lead.pk])).status_code == 404
    house.step("manager", "customers:lead", lead.pk, "assign", owner=house.cast["sales1"].pk)
    house.step("sales1", "customers:lead", lead.pk, "qualify", intent_level="h")
    house.step("sales1", "customers:lead", lead.pk, "convert", kind="taxi", quantity=1, amount="58000")
    customer = Customer.objects.get()
    assert customer.contacts.count() == 1
    house.post("sales1", "customers:lead_add", **form | {"name": "同一家公司"})
    twin = Lead.objects.latest("pk")
    house.step("sales1", "customers:lead", twin.pk, "qualify", intent_level="a")
    assert customer.name in house.page("sales1", "customers:lead_step", twin.pk, "convert").content.decode()
    return Opportunity.objects.get(customer=customer)


def register_the_key_account(house: House, customer: Customer) -> None:
    form = {"customer": customer.pk, "project_name": "2026 年出租车更新", "expected_quantity": 200}
    house.post("sales1", "customers:keyaccountregistration_add", **form)
    registration = KeyAccountRegistration.objects.get()
    house.step("sales1", "customers:keyaccountregistration", registration.pk, "submit")
    house.step("manager", "customers:keyaccountregistration", registration.pk, "register")
    registration.refresh_from_db()
    assert registration.protected_until > house.today


def quote(house: House, opportunity: Opportunity) -> Quotation:
    form = {
        "customer": opportunity.customer_id,
        "opportunity": opportunity.pk,
        "valid_until": house.today + timedelta(days=15),
    }
    house.post("sales1", "contracts:quotation_add", **form, **house.line(sku=house.sku.pk, quantity=1))
    quotation = Quotation.objects.get()
    assert quotation.total_amount == GUIDE
    house.step("sales1", "contracts:quotation", quotation.pk, "send")
    house.step("sales1", "contracts:quotation", quotation.pk, "accept")
    return quotation


def sign_the_dealers_contract(house: House) -> Contract:
    form = {
        "kind": "annual_dealer",
        "dealer": house.dealer.pk,
        "starts_on": house.today - timedelta(days=30),
        "ends_on": house.today + timedelta(days=300),
        "agreed_count": 500,
        "agreed_amount": "20000000",
        "payment_days": 30,
        "deposit_percent": 0,
        "deposit_days": 3,
        "instalment_count": 1,
    }
    house.post("manager", "contracts:contract_add", **form)
    contract = Contract.objects.get()
    house.step("manager", "contracts:contract", contract.pk, "submit")
    own = house.browsers["manager"].post(reverse("contracts:contract_step", args=[contract.pk, "sign"]))
    assert own.status_code == 200, "nobody signs what he handed in himself"
    house.step("director", "contracts:contract", contract.pk, "sign")
    return contract


def order(house: House, contract: Contract, quotation: Quotation) -> Order:
    """Handed in by the salesman, approved by his manager: the receivable opens, the purchase record rises."""
    form = {
        "contract": contract.pk,
        "kind": "regular",
        "buyer_dealer": house.dealer.pk,
        "customer": quotation.customer_id,
        "opportunity": quotation.opportunity_id,
        "quotation": quotation.pk,
    }
    house.post("sales1", "contracts:order_add", **form, **house.line(sku=house.sku.pk, quantity=1))
    found = Order.objects.get()
    assert found.total_amount == WHOLESALE
    house.step("sales1", "contracts:order", found.pk, "submit")
    house.step("manager", "contracts:order", found.pk, "approve")
    assert Receivable.objects.get(order=found).outstanding_amount == WHOLESALE
    assert purchase_total(quotation.customer_id) == GUIDE
    return found


def plan_and_build(house: House) -> Vehicle:
    """A published sales plan, the production plan derived from it, cars in factory stock."""
    month = f"{house.today:%Y-%m}"
    line = house.line(dealer=house.dealer.pk, sku=house.sku.pk, quantity=2)
    house.post("planner", "salesplan:salesplan_add", month=month, **line)
    plan = SalesPlan.objects.get()
    house.step("planner", "salesplan:salesplan", plan.pk, "submit")
    house.step("director", "salesplan:salesplan", plan.pk, "approve")
    house.step("planner", "salesplan:salesplan", plan.pk, "publish")
    house.post("planner", "salesplan:productionplan_add", sales_plan=plan.pk)
    production = ProductionPlan.objects.get()
    house.step("planner", "salesplan:productionplan", production.pk, "release")
    form = {"line": production.lines.get().pk, "produced_on": house.today - timedelta(days=9), "quantity": 2}
    house.step("production", "salesplan:productionplan", production.pk, "produce", **form)
    assert Vehicle.objects.in_factory().count() == 2
    return Vehicle.objects.order_by("pk").first()


def deliver(house: House, found: Order, car: Vehicle) -> Retail:
    """Allocated, invoiced, shipped, received by the dealer, retailed to the customer."""
    line = found.lines.get()
    house.post("stock", "contracts:order_allocate", found.pk, line=line.pk, vehicles=[car.pk])
    house.step("finance", "contracts:order", found.pk, "invoice", on=house.today)
    house.step("stock", "contracts:order", found.pk, "ship", on=house.today, carrier="龙运物流")
    house.step("dealer", "contracts:order", found.pk, "receive", on=house.today)
    allocation = Allocation.objects.get()
    form = {"customer": found.customer_id, "retailed_on": house.today, "price_amount": GUIDE, "usage_kind": "taxi"}
    house.post("dealer", "contracts:allocation_retail", allocation.pk, **form)
    found.refresh_from_db()
    assert found.status == Order.Status.RETAILED
    return Retail.objects.get()


def pay(house: House, found: Order) -> None:
    form = {"received_on": house.today, "method": "transfer", "reference": "ICBC-0001", "amount": "50000"}
    house.post("finance", "contracts:receipt_add", payer_dealer=found.buyer_dealer_id, **form)
    found.receivable.refresh_from_db()
    assert found.receivable.outstanding_amount == WHOLESALE - 50_000


def claim(house: House, car: Vehicle) -> None:
    part, work = house.begun.part, house.begun.work
    form = {
        "vin": car.vin,
        "kind": "standard",
        "repair_order_number": "WX-1",
        "mileage_km": 120,
        "repaired_on": house.today,
        "causal_part": part.pk,
        "complaint": "制动时抖动",
        "cause": "制动盘变形",
        "correction": "更换前制动盘",
    }
    house.post("station", "aftersales:claim_add", **form, **house.line(kind="labour", code=work.code, quantity="2.5"))
    filed = Claim.objects.get()
    house.step("station", "aftersales:claim", filed.pk, "submit")
    house.step("claims", "aftersales:claim", filed.pk, "approve")
    filed.refresh_from_db()
    assert (filed.status, filed.approved_amount) == (Claim.Status.APPROVED, Decimal("150.00"))


def learn(house: House) -> None:
    """The dealer's salesman takes a course and passes."""
    house.post("dealer_sales", "training:trainingclass_enrol", house.begun.lesson.pk)
    enrolment = Enrolment.objects.get()
    house.step("trainer", "training:enrolment", enrolment.pk, "grade", score=86)
    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.PASSED


def set_a_quota(house: House) -> None:
    form = {"user": house.cast["sales1"].pk, "month": f"{house.today:%Y-%m}", "target_count": 4, "target_amount": 0}
    house.post("manager", "salesplan:quota_add", **form)


def plan_and_quota_hold(house: House, *, cars: int) -> None:
    """Two cars planned for the dealer, four set for the salesman, and so many of them sold."""
    execution = house.page("manager", "salesplan:execution").context["execution"]
    assert [(row.plan, row.actual) for row in execution.rows] == [(2, cars)]
    (quota,) = house.page("sales1", "salesplan:quota_list").context["rows"]
    shown = {cell.column.name: cell.value for cell in quota.cells}
    assert (shown["target_count"], shown["actual_count"]) == (4, cars)


def home_and_trend_show(house: House, retail: Retail) -> None:
    assert house.page("manager", "home").context["monthly"].marks[-1].value == 1
    trend = house.page("manager", "analytics:sales_trend").context["charts"][0]
    assert trend.marks[-1].value == 1
    behind_the_bar = house.browsers["manager"].get(trend.marks[-1].url)
    assert [row.pk for row in behind_the_bar.context["rows"]] == [retail.pk]


def forecast(house: House) -> None:
    """The night forecasts the manager's series; its chart is on the page and in the workbook."""
    scheme = {"name": "东北零售", "measure": "retail", "dimension": "dealer", "horizon": 12, "is_nightly": "on"}
    house.post("manager", "analytics:trendscheme_add", **scheme)
    night = run_first_night_of_next_month()
    series = ForecastSeries.objects.get()
    assert series.label == house.dealer.name
    assert series.history == [*sales_of_the_years_before(house.today).values(), 1]
    page = house.page("manager", "analytics:forecastseries_detail", series.pk)
    fan = page.context["fan"]
    assert fan.svg("fan") in page.content.decode()
    assert fan.months[-12:] == months_between(night, add_months(night, 12))
    assert all(0 <= point.low_80 <= point.mean <= point.high_80 for point in fan.forecast)
    the_workbook_holds(house.page("manager", "analytics:forecastseries_workbook", series.pk).content, fan)


def the_workbook_holds(content: bytes, fan: FanChart) -> None:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    written = [[cell.value for cell in row][1:3] for row in sheet.iter_rows(min_row=2)]
    assert len(sheet._images) == 1
    assert [row[0] for row in written[: len(fan.history)]] == fan.history
    assert [row[1] for row in written[-12:]] == pytest.approx([point.mean for point in fan.forecast])


def test_one_lead_from_the_dealers_phone_to_the_forecast(cast):
    house = House(cast)
    opportunity = record_and_convert_a_lead(house)
    register_the_key_account(house, opportunity.customer)
    quotation = quote(house, opportunity)
    found = order(house, sign_the_dealers_contract(house), quotation)
    opportunity.refresh_from_db()
    assert opportunity.status == Opportunity.Status.WON
    car = plan_and_build(house)
    set_a_quota(house)
    plan_and_quota_hold(house, cars=0)
    retail = deliver(house, found, car)
    assert retail.warranty_starts_on == house.today
    pay(house, found)
    claim(house, car)
    learn(house)
    plan_and_quota_hold(house, cars=1)
    home_and_trend_show(house, retail)
    add_sales_of_the_years_before(retail)
    forecast(house)

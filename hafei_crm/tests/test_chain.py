"""The whole chain over HTTP: one lead, from a dealer's phone to the claim on the car that was sold."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aftersales.models import Claim
from aftersales.tests.factories import make_labouroperation, make_labourrate, make_part
from contracts.models import Allocation, Contract, Order, Quotation, Receivable, Retail
from customers.models import Customer, KeyAccountRegistration, Lead, Opportunity
from customers.queries import purchase_total
from customers.tests.factories import make_source
from dealers.models import Dealer
from dealers.tests.factories import make_dealer, make_servicestation
from inventory.models import Vehicle
from inventory.tests.factories import make_warehouse
from products.tests.factories import make_price, make_sku
from salesplan.models import ProductionPlan, Quota, SalesPlan
from training.models import Enrolment
from training.tests.factories import make_course, make_trainingclass

pytestmark = pytest.mark.django_db
GUIDE, WHOLESALE = Decimal("58000.00"), Decimal("53360.00")


class House:
    """The people at their browsers, and what is there before the first customer calls."""

    def __init__(self, cast):
        self.cast = cast
        self.browsers = {}
        for name, person in cast.items():
            self.browsers[name] = Client()
            self.browsers[name].force_login(person)
        self.today = timezone.localdate()
        self.sku = make_sku()
        since = self.today - timedelta(days=300)
        for kind, amount in (("guide", GUIDE), ("wholesale", WHOLESALE)):
            make_price(configuration=self.sku.configuration, kind=kind, amount=amount, valid_from=since)
        self.dealer = make_dealer(unit=cast["dealer"].unit, state=Dealer.State.FORMAL)
        make_servicestation(unit=cast["station"].unit, station_class="b")
        self.source = make_source()
        make_warehouse()

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
    form = {"name": "哈尔滨鸿运出租汽车公司", "phone": "13904518821", "source": house.source.pk, "intent_level": "h"}
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
    house.step("finance", "contracts:order", found.pk, "invoice", on=house.today - timedelta(days=3))
    house.step("stock", "contracts:order", found.pk, "ship", on=house.today - timedelta(days=2), carrier="龙运物流")
    house.step("dealer", "contracts:order", found.pk, "receive", on=house.today - timedelta(days=1))
    allocation = Allocation.objects.get()
    form = {"customer": found.customer_id, "retailed_on": house.today, "price_amount": GUIDE, "usage_kind": "taxi"}
    house.post("dealer", "contracts:allocation_retail", allocation.pk, **form)
    found.refresh_from_db()
    assert found.status == Order.Status.RETAILED
    return Retail.objects.get()


def pay(house: House, found: Order) -> None:
    form = {"received_on": house.today, "method": "transfer", "reference": "ICBC-0001", "amount": "50000"}
    house.post("finance", "contracts:receipt_add", receivable=found.receivable.pk, **form)
    found.receivable.refresh_from_db()
    assert found.receivable.outstanding_amount == WHOLESALE - 50_000


def claim(house: House, car: Vehicle) -> None:
    part, work = make_part(), make_labouroperation()
    make_labourrate(valid_from=house.today - timedelta(days=400))
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
    lesson = make_trainingclass(course=make_course(pass_mark=60), status="open")
    house.post("dealer_sales", "training:trainingclass_enrol", lesson.pk)
    enrolment = Enrolment.objects.get()
    house.step("trainer", "training:enrolment", enrolment.pk, "grade", score=86)
    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.PASSED


def see_it_rise(house: House, retail: Retail) -> None:
    """Plan execution, quota, home page and trend chart have one car more."""
    month = f"{house.today:%Y-%m}"
    execution = house.page("manager", "salesplan:execution").context["execution"]
    assert [(row.plan, row.actual) for row in execution.rows] == [(2, 1)]
    house.post("manager", "salesplan:quota_add", user=retail.sold_by_id, month=month, target_count=4, target_amount=0)
    assert Quota.objects.get().user == retail.sold_by
    home = house.page("manager", "home").content.decode()
    assert "<svg" in home
    listed = house.page("manager", "contracts:retail_list")
    assert [row.pk for row in listed.context["rows"]] == [retail.pk]


def test_one_lead_from_the_dealers_phone_to_the_forecast(cast):
    house = House(cast)
    opportunity = record_and_convert_a_lead(house)
    register_the_key_account(house, opportunity.customer)
    quotation = quote(house, opportunity)
    found = order(house, sign_the_dealers_contract(house), quotation)
    opportunity.refresh_from_db()
    assert opportunity.stage == Opportunity.Stage.WON
    car = plan_and_build(house)
    retail = deliver(house, found, car)
    assert retail.warranty_starts_on == house.today
    pay(house, found)
    claim(house, car)
    learn(house)
    see_it_rise(house, retail)

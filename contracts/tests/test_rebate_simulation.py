"""What a draft policy would have paid on last year's invoices and retail sales."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from contracts import rebates
from contracts.models import Invoice, Order, Retail
from contracts.tests.past import invoiced, retailed
from customers.models import Customer
from customers.tests.factories import make_customer
from dealers.models import RebatePolicy
from dealers.tests.factories import make_dealer, make_dealertarget, make_rebatepolicy
from inventory.models import Vehicle
from products.tests.factories import make_series

pytestmark = pytest.mark.django_db
K, P = RebatePolicy.Kind, RebatePolicy.Status
YEAR = timezone.localdate().year - 1
ATTAINMENT = [
    {"threshold": Decimal(80), "rate_percent": Decimal("1"), "amount_per_car": Decimal(0)},
    {"threshold": Decimal(100), "rate_percent": Decimal("2"), "amount_per_car": Decimal(0)},
]


def draft(kind: str, owner, **fields) -> RebatePolicy:
    days = {"valid_from": date(YEAR + 2, 1, 1), "valid_until": date(YEAR + 2, 12, 31)}
    return make_rebatepolicy(kind=kind, owner=owner, **days | fields)


def test_per_car_pays_each_month_for_what_was_invoiced_in_it(finance):
    dealer = make_dealer()
    invoiced(dealer, date(YEAR, 1, 31), date(YEAR, 2, 1), date(YEAR, 2, 28), date(YEAR - 1, 12, 31))
    (line,) = rebates.simulate(draft(K.PER_CAR, finance), YEAR).lines
    assert line.months[:3] == [Decimal(600), Decimal(1200), Decimal(0)] and line.total == Decimal(1800)


def test_an_invoice_that_was_taken_back_pays_nothing(finance):
    dealer = make_dealer()
    gone, _kept = invoiced(dealer, date(YEAR, 3, 1), date(YEAR, 3, 2))
    Invoice.objects.create(
        number="FP-X", order=gone.order, allocation=gone.allocation, amount=-gone.amount, invoiced_on=date(YEAR, 5, 1)
    )
    assert rebates.simulate(draft(K.PER_CAR, finance), YEAR).total == Decimal(600)


def test_fleet_orders_count_only_where_the_policy_says_so(finance):
    fleet = make_customer(kind=Customer.Kind.TAXI)
    invoiced(make_dealer(), date(YEAR, 3, 1), kind=Order.Kind.KEY_ACCOUNT, customer=fleet)
    assert rebates.simulate(draft(K.PER_CAR, finance), YEAR).total == 0
    assert rebates.simulate(draft(K.PER_CAR, finance, counts_fleet=True), YEAR).total == Decimal(600)


def test_a_quarter_is_attained_by_its_targets_and_paid_in_its_last_month(finance):
    dealer = make_dealer()
    for month, target in ((1, 1), (2, 2), (3, 1)):
        make_dealertarget(dealer=dealer, month=date(YEAR, month, 1), target_count=target)
    invoiced(dealer, date(YEAR, 1, 5), date(YEAR, 1, 6), date(YEAR, 3, 31), date(YEAR, 3, 31))
    found = rebates.simulate(draft(K.ATTAINMENT, finance, cadence="quarter", lines=ATTAINMENT), YEAR)
    (line,) = found.lines
    assert line.months[2] == Decimal("3040.00") == line.total  # 4 of 4 cars: 2 % of 4 × 38,000


def test_attainment_by_retail_leaves_false_and_out_of_area_sales_out(finance):
    dealer = make_dealer()
    make_dealertarget(dealer=dealer, month=date(YEAR, 4, 1), target_count=1)
    retailed(dealer, date(YEAR, 4, 3))
    retailed(dealer, date(YEAR, 4, 4), verification=Retail.Verification.FALSE)
    retailed(dealer, date(YEAR, 4, 5), is_out_of_area=True)
    policy = draft(K.ATTAINMENT, finance, measure="retail", lines=ATTAINMENT)
    assert rebates.simulate(policy, YEAR).total == Decimal("760.00")  # 2 % of one car


def test_clearance_pays_by_the_days_in_stock_the_boundary_included(finance):
    dealer = make_dealer()
    for days in (89, 90, 179, 180):
        retailed(dealer, date(YEAR, 6, 30), in_stock=days)
    tiers = [
        {"threshold": Decimal(days), "rate_percent": Decimal(0), "amount_per_car": Decimal(amount)}
        for days, amount in ((90, 1000), (180, 2500))
    ]
    found = rebates.simulate(draft(K.CLEARANCE, finance, lines=tiers), YEAR)
    assert found.total == Decimal("4500.00")


def test_the_scope_asks_for_series_level_and_region(finance, manager, manager2):
    dealer = make_dealer(unit=manager.unit, level="a")
    invoiced(dealer, date(YEAR, 3, 1))
    other = make_series()
    own = Vehicle.objects.get().sku.configuration.vehicle_model.series
    for scope, total in (
        ({"series": [own]}, 600),
        ({"series": [other]}, 0),
        ({"levels": ["a", "b"]}, 600),
        ({"levels": ["c"]}, 0),
        ({"regions": [manager.unit]}, 600),
        ({"regions": [manager2.unit]}, 0),
    ):
        assert rebates.simulate(draft(K.PER_CAR, finance, **scope), YEAR).total == total, scope


def test_caps_are_used_up_month_by_month(finance):
    first, second = make_dealer(), make_dealer()
    invoiced(first, date(YEAR, 1, 5), date(YEAR, 1, 6), date(YEAR, 2, 6))
    invoiced(second, date(YEAR, 2, 5))
    found = rebates.simulate(draft(K.PER_CAR, finance, dealer_cap_amount=Decimal(1500)), YEAR)
    assert {line.dealer: line.months[:2] for line in found.lines} == {
        first: [Decimal(1200), Decimal(300)],
        second: [Decimal(0), Decimal(600)],
    }
    found = rebates.simulate(draft(K.PER_CAR, finance, total_cap_amount=Decimal(1800)), YEAR)
    assert [line.total for line in found.lines] == [Decimal(1500), Decimal(300)]


def test_the_page_compares_with_the_version_in_force_and_the_file_says_the_same(client, finance):
    dealer = make_dealer()
    invoiced(dealer, date(YEAR, 3, 1), date(YEAR, 3, 2))
    former = draft(K.PER_CAR, finance, status=P.PUBLISHED)
    policy = make_rebatepolicy(owner=finance, amount_per_car=Decimal(700))
    RebatePolicy.objects.filter(pk=policy.pk).update(number=former.number, version=2)
    client.force_login(finance)
    address = reverse("contracts:rebate_simulation", args=[policy.pk])
    page = client.get(address)
    assert "1,400.00" in page.content.decode() and "1,200.00" in page.content.decode()
    assert page.context["found"].difference == Decimal(200)
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{address}export/").streaming_content)))
    (_headings, row) = book.worksheets[0].values
    assert row[:5] == (dealer.code, dealer.name, 1400, 1200, 200)


def test_a_dealer_does_not_simulate(client, finance, dealer):
    policy = make_rebatepolicy(owner=finance, status=P.PUBLISHED)
    client.force_login(dealer)
    for name in ("rebate_simulation", "rebate_simulation_export"):
        assert client.get(reverse(f"contracts:{name}", args=[policy.pk])).status_code == 403


def test_the_simulation_costs_as_many_queries_for_two_dealers_as_for_six(client, finance):
    policy, counts = draft(K.PER_CAR, finance), []
    client.force_login(finance)
    for dealers in (1, 1, 4):
        for _ in range(dealers):
            invoiced(make_dealer(), date(YEAR, 3, 1))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("contracts:rebate_simulation", args=[policy.pk]))
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 20  # the first page fills caches

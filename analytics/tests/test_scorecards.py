"""The scorecard of dealers: DOMAIN 1.4's indicators, what they are worth, and that each leads to its rows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analytics import rules
from analytics.models import DealerScore
from analytics.scorecards import figures, reckon_month
from contracts.actions import use_prepayment
from contracts.models import Instalment, Receivable, Retail
from contracts.tests.factories import clerk, make_order, make_receipt, signed_contract
from contracts.tests.past import prepaid, retailed
from core.periods import month_of
from dealers.tests.factories import make_dealer, make_dealertarget
from inventory.models import Vehicle
from inventory.rules import coefficient_tone, days_of_supply, inventory_coefficient

MARCH, TODAY = date(2026, 3, 1), date(2026, 4, 20)


@pytest.mark.parametrize(
    ("stock", "retail", "coefficient", "tone"),
    [(180, 120, "1.50", "amber"), (320, 200, "1.60", "red"), (120, 120, "1.00", "green"), (30, 0, None, "secondary")],
)
def test_the_inventory_coefficient_warns_from_one_and_a_half_on(stock, retail, coefficient, tone):
    found = inventory_coefficient(stock, retail)
    assert found == (None if coefficient is None else Decimal(coefficient))
    assert coefficient_tone(found) == tone


def test_days_of_supply_without_retail_do_not_apply():
    assert days_of_supply(320, 200, 30) == Decimal("48.0")
    assert days_of_supply(320, 0, 30) is None


def test_points_are_the_weighted_measures():
    reached = rules.reached(
        attainment=Decimal("0.9"), coefficient=Decimal("2.0"), truth=Decimal("1"), payment=Decimal("0.5")
    )
    assert reached["coefficient"] == Decimal("0.5")
    assert rules.points(reached) == Decimal("76.00")  # 36 + 10 + 20 + 10


def test_a_measure_that_does_not_apply_is_left_out():
    reached = rules.reached(attainment=None, coefficient=None, truth=Decimal("1"), payment=Decimal("0.5"))
    assert rules.points(reached) == Decimal("75.00")
    assert rules.points(rules.reached(attainment=None, coefficient=None, truth=None, payment=None)) is None


@pytest.mark.parametrize(
    ("coefficient", "reached"), [("1.5", 1), ("0.3", 1), ("2.5", 0), ("9", 0), ("1.75", Decimal("0.75"))]
)
def test_stock_counts_in_full_up_to_the_warning_line(coefficient, reached):
    found = rules.reached(attainment=None, coefficient=Decimal(coefficient), truth=None, payment=None)
    assert found["coefficient"] == reached


def test_attainment_counts_up_to_a_fifth_above_the_target():
    found = rules.reached(attainment=Decimal("1.5"), coefficient=None, truth=None, payment=None)
    assert found["attainment"] == Decimal("1.2")


@pytest.fixture
def sold(cast):
    """A dealer of the north: of four cars three were retailed in March, one of them falsely, one later."""
    dealer = make_dealer(unit=cast["manager"].unit)
    make_dealertarget(dealer=dealer, month=MARCH, target_count=4)
    retailed(dealer, date(2026, 3, 5), verification=Retail.Verification.GENUINE)
    retailed(dealer, date(2026, 3, 31), verification=Retail.Verification.GENUINE)
    retailed(dealer, date(2026, 3, 31), verification=Retail.Verification.FALSE)
    later = retailed(dealer, date(2026, 4, 1))
    Vehicle.objects.filter(pk=later.vehicle_id).update(received_on=date(2026, 3, 31))
    return dealer


@pytest.mark.django_db
def test_a_month_is_reckoned_from_its_rows(sold):
    reckon_month(MARCH, today=TODAY)
    score = DealerScore.objects.get(dealer=sold)
    assert (score.target_count, score.retail_count, score.attainment) == (4, 2, Decimal("0.5000"))
    assert (score.stock_count, score.coefficient) == (1, Decimal("0.50"))
    assert score.truth == Decimal("0.6667")
    assert score.payment is None
    assert score.points == Decimal("66.67")  # (20 + 20 + 13.334) of 80


@pytest.mark.django_db
def test_zero_retail_leaves_the_coefficient_out_and_breaks_nothing(cast):
    dealer = make_dealer()
    car = retailed(dealer, date(2026, 4, 9))
    Vehicle.objects.filter(pk=car.vehicle_id).update(received_on=date(2026, 3, 9))
    reckon_month(MARCH, today=TODAY)
    score = DealerScore.objects.get(dealer=dealer)
    assert (score.stock_count, score.coefficient, score.points) == (1, None, None)


@pytest.mark.django_db
def test_payment_counts_what_had_come_by_its_day(cast):
    dealer, today = make_dealer(), timezone.localdate()
    late, paid = (make_order(status="approved", contract=signed_contract(dealer=dealer)) for _ in range(2))
    for order in (late, paid):
        make_receipt(receivable=order.receivable, amount=Decimal("19000.00"), received_on=today)
        Instalment.objects.filter(receivable=order.receivable).delete()
        due_on = today if order == paid else today - timedelta(days=1)
        part = {"number": 1, "kind": Instalment.Kind.BALANCE, "amount": Decimal(38_000)}
        Instalment.objects.create(receivable=order.receivable, due_on=due_on, through_amount=38_000, **part)
    if month_of(today) != month_of(today - timedelta(days=1)):
        pytest.skip("the two days lie in two months")
    reckon_month(today.replace(day=1), today=today)
    assert DealerScore.objects.get(dealer=dealer).payment == Decimal("0.2500")  # 19,000 of 76,000


@pytest.mark.django_db
def test_a_second_run_writes_the_same_and_equals_share_a_rank(sold):
    twin = make_dealer()
    retailed(twin, date(2026, 3, 7))
    for _ in range(2):
        reckon_month(MARCH, today=TODAY)
    assert DealerScore.objects.filter(month=MARCH).values("dealer").distinct().count() == DealerScore.objects.count()
    ranks = DealerScore.objects.filter(dealer__in=(sold, twin)).order_by("rank").values_list("dealer", "rank")
    assert list(ranks) == [(twin.pk, 1), (sold.pk, 2)]


@pytest.mark.django_db
def test_each_figure_leads_to_its_rows(client, director, sold):
    reckon_month(MARCH, today=TODAY)
    score = DealerScore.objects.get(dealer=sold)
    client.force_login(director)
    counts = {name: len(client.get(url).context["rows"]) for name, _reached, url in figures(score, director)}
    assert counts == {"attainment": 2, "coefficient": 1, "truth": 3, "payment": 0}
    page = client.get(reverse("analytics:dealerscore_detail", args=[score.pk])).content.decode()
    assert all(url.split("?")[0] in page for _name, _reached, url in figures(score, director))


@pytest.mark.django_db
def test_a_measure_leads_nowhere_for_whom_its_rows_are_closed(client, planner, sold):
    """The planner sees no instalments."""
    reckon_month(MARCH, today=TODAY)
    client.force_login(planner)
    page = client.get(reverse("analytics:dealerscore_detail", args=[DealerScore.objects.get(dealer=sold).pk]))
    urls = [url for _label, _weight, _reached, url in page.context["measures"]]
    assert [bool(url) for url in urls] == [True, True, True, False]
    assert all(client.get(url).status_code == 200 for url in urls if url)


@pytest.mark.django_db
def test_a_dealer_reads_his_own_score_only(client, cast, sold):
    own = make_dealer(unit=cast["dealer"].unit)
    reckon_month(MARCH, today=TODAY)
    client.force_login(cast["dealer"])
    rows = client.get(reverse("analytics:dealerscore_list")).context["rows"]
    assert {row.pk for row in rows} == set(DealerScore.objects.filter(dealer=own).values_list("pk", flat=True))


@pytest.mark.django_db
def test_reckoning_costs_the_same_queries_for_many_dealers(sold):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            reckon_month(MARCH, today=TODAY)
        counts.append(len(queries))
        for _dealer in range(4):
            make_dealer()
    assert counts[0] == counts[1] <= 14


@pytest.mark.django_db
def test_the_links_leave_out_sales_not_decided_and_parts_not_due(client, director, sold):
    retailed(sold, date(2026, 3, 6))
    reckon_month(MARCH, today=TODAY)
    score = DealerScore.objects.get(dealer=sold)
    client.force_login(director)
    links = {name: url for name, _reached, url in figures(score, director)}
    assert len(client.get(links["truth"]).context["rows"]) == 3
    score.reckoned_at = timezone.now().replace(year=2026, month=3, day=10, hour=4)
    assert "due_until=2026-03-10" in {name: url for name, _reached, url in figures(score, director)}["payment"]


@pytest.mark.django_db
def test_prepaid_money_has_come_in_time_though_it_is_assigned_late(cast):
    dealer, today = make_dealer(), timezone.localdate()
    receivable = make_order(status="approved", contract=signed_contract(dealer=dealer)).receivable
    day = today.replace(day=1) - timedelta(days=10)
    receipt = prepaid(day, payer_dealer=dealer, amount=Decimal("38000"))
    use_prepayment(receipt.pk, by=clerk(), settles={receivable.pk: Decimal("19000")})
    Receivable.objects.filter(pk=receivable.pk).update(opened_on=day)
    Instalment.objects.filter(receivable=receivable).update(due_on=day + timedelta(days=1))
    reckon_month(day.replace(day=1), today=today)
    assert DealerScore.objects.get(dealer=dealer).payment == Decimal("0.5000")

"""The checks of retail truth: what is found, with which rows, and what a decision does."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftersales.models import Claim
from aftersales.tests.factories import make_claim
from analytics.actions import check_retails
from analytics.models import RetailFinding
from analytics.tests.factories import make_retailfinding
from analytics.workflow import FINDING_STEPS
from contracts.actions import take_back_retail
from contracts.models import Retail
from contracts.tests.past import retailed
from core.errors import StepRefused
from core.workflow import take
from customers.models import Customer
from dealers.tests.factories import make_dealer, make_servicestation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
K, S, V = RetailFinding.Kind, RetailFinding.Status, Retail.Verification
STEPS = {step.name: step for step in FINDING_STEPS}
MARCH, TODAY = date(2026, 3, 20), date(2026, 7, 1)


def found(kind: str) -> dict[int, list[dict]]:
    check_retails(TODAY)
    return dict(RetailFinding.objects.filter(kind=kind).values_list("retail", "evidence"))


def claim(retail: Retail, station, day: date, **fields) -> Claim:
    made = make_claim()
    place = {"station": station, "unit": station.unit, "vehicle": retail.vehicle, "repaired_on": day}
    values = place | {"kind": Claim.Kind.STANDARD, "status": Claim.Status.SUBMITTED} | fields
    Claim.objects.filter(pk=made.pk).update(**values)
    return made


def test_a_car_repaired_soon_in_another_region_is_doubted_with_the_claim(manager, manager2):
    retail = retailed(make_dealer(unit=manager.unit), MARCH)
    far = make_servicestation(unit=manager2.unit)
    spoken = claim(retail, far, MARCH + timedelta(days=90))
    evidence = found(K.CLAIMED_ELSEWHERE)
    assert [row["key"] for row in evidence[retail.pk]] == [spoken.pk]
    assert far.name in evidence[retail.pk][0]["text"]


@pytest.mark.parametrize("days", [-1, 91])
def test_a_far_repair_before_the_sale_or_long_after_it_says_nothing(manager, manager2, days):
    retail = retailed(make_dealer(unit=manager.unit), MARCH)
    claim(retail, make_servicestation(unit=manager2.unit), MARCH + timedelta(days=days))
    assert not found(K.CLAIMED_ELSEWHERE)


def test_a_repair_in_the_same_region_is_no_doubt_but_a_preparation_after_the_sale_is(manager):
    dealer = make_dealer(unit=manager.unit)
    ordinary, prepared = retailed(dealer, MARCH), retailed(dealer, MARCH)
    station = make_servicestation(unit=manager.unit)
    claim(ordinary, station, MARCH + timedelta(days=5))
    claim(prepared, station, MARCH + timedelta(days=5), kind=Claim.Kind.PREPARATION)
    assert set(found(K.CLAIMED_ELSEWHERE)) == {prepared.pk}


def test_a_customer_of_another_province_is_doubted_unless_the_sale_says_so(manager):
    dealer = make_dealer(unit=manager.unit, province="黑龙江")
    silent, said, near = retailed(dealer, MARCH), retailed(dealer, MARCH, is_out_of_area=True), retailed(dealer, MARCH)
    spelt, unknown = retailed(dealer, MARCH), retailed(dealer, MARCH)
    Customer.objects.filter(pk=spelt.customer_id).update(province="黑龙江省")
    Customer.objects.filter(pk=unknown.customer_id).update(province="不详")
    Customer.objects.filter(pk__in=[silent.customer_id, said.customer_id]).update(province="上海")
    Customer.objects.filter(pk=near.customer_id).update(province="黑龙江")
    evidence = found(K.OUT_OF_AREA)
    assert set(evidence) == {silent.pk}
    assert [row["page"] for row in evidence[silent.pk]] == ["customers:customer", "dealers:dealer"]


def test_one_phone_on_three_sales_doubts_each_with_the_others():
    dealer = make_dealer()
    sales = [retailed(dealer, MARCH) for _ in range(4)]
    for sale, phone in zip(sales, ("13900000001",) * 3 + ("13900000002",), strict=True):
        Customer.objects.filter(pk=sale.customer_id).update(phone=phone)
    evidence = found(K.SAME_PHONE)
    assert set(evidence) == {sale.pk for sale in sales[:3]}
    assert {row["key"] for row in evidence[sales[0].pk]} == {sales[1].pk, sales[2].pk}


def test_two_sales_to_one_phone_are_no_doubt():
    sales = [retailed(make_dealer(), MARCH) for _ in range(2)]
    Customer.objects.filter(pk__in=[sale.customer_id for sale in sales]).update(phone="13900000003")
    assert not found(K.SAME_PHONE)


def test_sales_of_the_last_days_that_come_back_are_doubted():
    dealer = make_dealer()
    back = retailed(dealer, date(2026, 3, 30), taken_back_on=date(2026, 4, 9))
    kept = [retailed(dealer, date(2026, 3, 31)), retailed(dealer, date(2026, 3, 29))]
    evidence = found(K.MONTH_END)
    assert set(evidence) == {back.pk}
    assert {row["key"] for row in evidence[back.pk]} == {back.pk, *(sale.pk for sale in kept)}


@pytest.mark.parametrize(
    ("days", "back_on"), [((30, 31), date(2026, 4, 9)), ((2, 9, 28), date(2026, 4, 9)), ((29, 30, 31), None)]
)
def test_few_sales_or_an_even_month_or_none_that_came_back_are_no_bulge(days, back_on):
    dealer = make_dealer()
    for number, day in enumerate(days):
        retailed(dealer, date(2026, 3, day), taken_back_on=back_on if number == 0 else None)
    assert not found(K.MONTH_END)


def test_a_second_night_finds_nothing_new_even_after_a_decision(director):
    sales = [retailed(make_dealer(), MARCH) for _ in range(3)]
    Customer.objects.filter(pk__in=[sale.customer_id for sale in sales]).update(phone="13900000004")
    assert check_retails(TODAY) == 3
    take(STEPS["confirm"], RetailFinding.objects.first().pk, RetailFinding, by=director, note="一家三口各购一台")
    assert check_retails(TODAY) == 0


def test_the_decision_is_the_verification_of_the_sale(client, manager):
    finding = make_retailfinding(unit=manager.unit)
    client.force_login(manager)
    address = reverse("analytics:retailfinding_step", args=[finding.pk, "refute"])
    assert client.post(address, {"note": " "}).status_code == 200  # asks for the reason
    assert client.post(address, {"note": "客户否认购车"}).status_code == 302
    finding.refresh_from_db()
    finding.retail.refresh_from_db()
    assert (finding.status, finding.retail.verification) == (S.FALSE, V.FALSE)


def test_a_sale_verified_before_is_still_found_false(director):
    finding = make_retailfinding()
    Retail.objects.filter(pk=finding.retail_id).update(verification=V.GENUINE)
    take(STEPS["refute"], finding.pk, RetailFinding, by=director, note="异地上牌")
    finding.retail.refresh_from_db()
    assert finding.retail.verification == V.FALSE


def test_a_returned_sale_found_false_counts_neither_as_sale_nor_as_return(director):
    finding = make_retailfinding(kind=K.MONTH_END)
    on = finding.retail.retailed_on
    back = take_back_retail(finding.retail_id, by=director, on=on, reason="客户退车")
    take(STEPS["refute"], finding.pk, RetailFinding, by=director, note="为冲量虚报")
    verifications = Retail.objects.filter(pk__in=[finding.retail_id, back.pk]).values_list("verification", flat=True)
    assert set(verifications) == {V.FALSE}
    assert not Retail.objects.counted().filter(vehicle=back.vehicle_id).exists()


def test_a_genuine_sale_outside_the_area_is_marked(director):
    finding = make_retailfinding(kind=K.OUT_OF_AREA)
    take(STEPS["outside"], finding.pk, RetailFinding, by=director, note="客户外地居住")
    finding.retail.refresh_from_db()
    assert (finding.retail.verification, finding.retail.is_out_of_area) == (V.GENUINE, True)
    with pytest.raises(StepRefused):
        take(STEPS["refute"], finding.pk, RetailFinding, by=director, note="x")


def test_finance_reads_and_does_not_decide(finance):
    finding = make_retailfinding()
    with pytest.raises(PermissionDenied):
        take(STEPS["confirm"], finding.pk, RetailFinding, by=finance, note="x")


def test_the_evidence_leads_to_its_rows(client, manager):
    finding = make_retailfinding(unit=manager.unit)
    client.force_login(manager)
    page = client.get(reverse("analytics:retailfinding_detail", args=[finding.pk])).content.decode()
    assert reverse("contracts:retail_detail", args=[finding.retail_id]) in page


def test_the_night_costs_the_same_queries_for_many_sales():
    counts = []
    for _ in range(2):
        retailed(make_dealer(), MARCH)
        with CaptureQueriesContext(connection) as queries:
            check_retails(TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12

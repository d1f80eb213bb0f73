from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from aftersales import actions, queries, workflow
from aftersales.models import Claim, ClaimLine
from aftersales.tests.factories import (
    claim_fields,
    labour,
    make_claim,
    make_labouroperation,
    make_labourrate,
    make_part,
    piece,
    station_at,
    submitted_claim,
    take_claim_step,
    towing,
)
from contracts.models import Retail
from contracts.tests.factories import make_retail
from core.errors import RuleBroken
from core.models.notices import Notice
from customers.models import TimelineEntry
from dealers.models import ServiceStation

pytestmark = pytest.mark.django_db
C = Claim.Status
WAYS = {
    ("submit", C.DRAFT): C.SUBMITTED,
    ("submit", C.RETURNED): C.SUBMITTED,
    ("approve", C.SUBMITTED): C.APPROVED,
    ("approve_partly", C.SUBMITTED): C.PARTIALLY_APPROVED,
    ("return", C.SUBMITTED): C.RETURNED,
    ("reject", C.SUBMITTED): C.REJECTED,
}
TODAY = timezone.localdate


@pytest.fixture
def sold(cast) -> Retail:
    return make_retail()


@pytest.mark.parametrize("status", C.values)
@pytest.mark.parametrize("name", [step.name for step in workflow.CLAIM_STEPS])
def test_each_step_is_open_from_its_statuses_only(sold, status, name):
    claim = make_claim(retail=sold)
    Claim.objects.filter(pk=claim.pk).update(status=status, approved_amount=Decimal("1.00"))
    if (name, status) in WAYS:
        assert take_claim_step(claim, name, note="资料不全").status == WAYS[name, status]
        return
    with pytest.raises(RuleBroken):
        take_claim_step(claim, name, note="资料不全")
    claim.refresh_from_db()
    assert claim.status == status


def posted_claim(lines: list[dict], **fields) -> dict:
    posted = {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": 0, **fields}
    for number, line in enumerate(lines):
        posted |= {f"lines-{number}-{name}": value for name, value in line.items()}
    return posted


def test_station_files_a_claim_over_http_and_it_is_priced_from_the_lists(client, station, sold):
    station_at(station.unit)
    make_labourrate()
    part, operation = make_part(), make_labouroperation()
    client.force_login(station)
    fields = claim_fields(sold, lines=None)
    posted = posted_claim([labour(operation), piece(part), towing()], **{k: v for k, v in fields.items() if v})
    response = client.post(reverse("aftersales:claim_add"), posted)
    claim = Claim.objects.get()
    assert response.headers["Location"] == reverse("aftersales:claim_detail", args=[claim.pk])
    assert [line.amount for line in claim.lines.all()] == [Decimal("150.00"), Decimal("352.00"), Decimal("120.00")]
    assert (claim.claimed_amount, claim.unit, claim.owner) == (Decimal("622.00"), station.unit, station)
    page = client.get(response.headers["Location"])
    assert page.context["findings"] == []
    assert page.context["warranty_status"].is_covered
    assert sold.customer.name in page.content.decode()


def test_lines_that_a_browser_sends_untouched_are_no_lines(client, station, sold):
    station_at(station.unit)
    client.force_login(station)
    untouched = {"kind": "labour", "code": "", "quantity": "", "description": "", "unit_amount": ""}
    fields = {name: value for name, value in claim_fields(sold, lines=None).items() if value}
    response = client.post(reverse("aftersales:claim_add"), posted_claim([towing(), untouched, untouched], **fields))
    assert response.status_code == 302, response.context["lines"].errors
    assert Claim.objects.get().lines.count() == 1


@pytest.mark.parametrize("vin", ["LKHGF1AH6TA999999", "LKHGF1AH5TA000123", "KURZ"])
def test_a_car_nobody_knows_is_answered_beside_the_vin(client, station, vin):
    station_at(station.unit)
    client.force_login(station)
    fields = claim_fields(vin=vin, lines=None)
    response = client.post(
        reverse("aftersales:claim_add"), posted_claim([towing()], **{k: v for k, v in fields.items() if v})
    )
    assert vin in str(response.context["form"].errors["vin"])
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "line",
    [
        {"kind": ClaimLine.Kind.PART, "code": "no-such-part", "quantity": Decimal(1)},
        {"kind": ClaimLine.Kind.LABOUR, "code": "no-such-work", "quantity": Decimal(1)},
        {"kind": ClaimLine.Kind.OTHER, "code": "", "quantity": Decimal(1)},
    ],
)
def test_a_line_that_cannot_be_priced_is_refused(sold, line):
    with pytest.raises(RuleBroken):
        make_claim(retail=sold, lines=[line])


def test_the_rate_of_the_day_of_repair_is_taken(sold):
    make_labourrate(amount=Decimal("60.00"), valid_from=TODAY() - timedelta(days=400))
    make_labourrate(amount=Decimal("70.00"), valid_from=TODAY() - timedelta(days=10))
    make_labourrate(amount=Decimal("80.00"), valid_from=TODAY() + timedelta(days=10))
    claim = make_claim(retail=sold, lines=[labour(make_labouroperation(), "2")])
    assert claim.claimed_amount == Decimal("140.00")


def test_without_a_rate_of_the_class_labour_is_refused(sold):
    make_labourrate(station_class=ServiceStation.StationClass.A)
    with pytest.raises(RuleBroken):
        make_claim(retail=sold, lines=[labour(make_labouroperation())])


def test_only_people_of_a_station_enter_claims(claims, sold):
    with pytest.raises(RuleBroken):
        actions.add_claim(by=claims, **claim_fields(sold))


def test_claim_is_submitted_approved_and_told_to_station_and_customer(client, station, claims, sold):
    claim = make_claim(unit=station.unit, owner=station, retail=sold)
    client.force_login(station)
    step = reverse("aftersales:claim_step", args=[claim.pk, "submit"])
    assert client.post(step).status_code == 302
    client.force_login(claims)
    step = reverse("aftersales:claim_step", args=[claim.pk, "approve"])
    assert client.get(step).status_code == 200
    assert client.post(step, {"note": ""}).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.approved_amount) == (C.APPROVED, Decimal("120.00"))
    assert claim.lines.get().approved_amount == Decimal("120.00")
    entry = TimelineEntry.objects.filter(
        customer=sold.customer, url=reverse("aftersales:claim_detail", args=[claim.pk])
    )
    assert entry.get().parameters["amount"] == "120.00"
    assert Notice.objects.filter(user=station, url__endswith=f"/claims/{claim.pk}/").count() == 1


def test_station_does_not_approve_and_nobody_approves_his_own(station, claims, sold):
    claim = submitted_claim(unit=station.unit, owner=station, retail=sold)
    with pytest.raises(PermissionDenied):
        take_claim_step(claim, "approve", by=station)
    Claim.objects.filter(pk=claim.pk).update(owner=claims)
    with pytest.raises(RuleBroken):
        take_claim_step(claim, "approve", by=claims)


def test_part_of_a_claim_is_approved_over_http(client, claims, sold):
    make_labourrate()
    claim = submitted_claim(retail=sold, lines=[labour(make_labouroperation()), towing()])
    first, second = claim.lines.all()
    client.force_login(claims)
    url = reverse("aftersales:claim_step", args=[claim.pk, "approve_partly"])
    page = client.get(url)
    assert page.context["form"].fields[f"line_{first.pk}"].initial == Decimal("150.00")
    posted = {f"line_{first.pk}": "150.00", f"line_{second.pk}": "60.00", "note": "救援里程核减"}
    too_much = client.post(url, posted | {f"line_{second.pk}": "120.01"})
    assert f"line_{second.pk}" in too_much.context["form"].errors
    assert client.post(url, posted | {f"line_{second.pk}": "120.00"}).context["form"].non_field_errors()
    assert client.post(url, posted).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.approved_amount) == (C.PARTIALLY_APPROVED, Decimal("210.00"))


def test_rejection_needs_a_reason_and_reaches_the_station(station, claims, sold):
    claim = submitted_claim(unit=station.unit, owner=station, retail=sold)
    with pytest.raises(RuleBroken):
        take_claim_step(claim, "reject", by=claims)
    take_claim_step(claim, "reject", by=claims, note="人为损坏")
    assert Notice.objects.get(user=station).parameters["reason"] == "人为损坏"


def test_returned_claim_is_corrected_and_submitted_again(station, claims, sold):
    claim = submitted_claim(unit=station.unit, owner=station, retail=sold)
    take_claim_step(claim, "return", by=claims, note="里程数有误")
    claim.refresh_from_db()
    assert (claim.status, claim.submitted_on) == (C.RETURNED, None)
    fields = claim_fields(sold, repair_order_number=claim.repair_order_number, lines=[towing(40)])
    actions.change_claim(claim.pk, by=station, **fields)
    claim.refresh_from_db()
    assert claim.claimed_amount == Decimal("60.00")
    assert take_claim_step(claim, "submit", by=station).status == C.SUBMITTED


def test_submitted_claim_can_no_longer_be_changed(station, sold):
    claim = submitted_claim(unit=station.unit, owner=station, retail=sold)
    with pytest.raises(RuleBroken):
        actions.change_claim(claim.pk, by=station, **claim_fields(sold))


def refused(claim) -> str:
    with pytest.raises(RuleBroken) as refusal:
        take_claim_step(claim, "submit")
    claim.refresh_from_db()
    assert (claim.status, claim.submitted_on) == (C.DRAFT, None)
    return refusal.value.sentence


def test_car_that_was_never_sold_has_no_warranty(cast):
    claim = make_claim(kind=Claim.Kind.STANDARD)
    assert "NWR" in refused(claim)
    status = queries.warranty_status(claim.vehicle_id, on=TODAY(), mileage_km=5)
    assert (status.warranty, status.is_covered) == (None, False)


def test_a_false_report_of_a_sale_gives_no_warranty(sold):
    Retail.objects.filter(pk=sold.pk).update(verification=Retail.Verification.FALSE)
    assert "NWR" in refused(make_claim(retail=sold))
    assert queries.retail_of(sold.vehicle_id) is None


def test_preparation_of_an_unsold_car_is_claimed(cast):
    claim = make_claim(kind=Claim.Kind.PREPARATION)
    assert take_claim_step(claim, "submit").status == C.SUBMITTED


def test_sixty_thousand_kilometres_are_covered_and_one_more_is_not(sold):
    assert take_claim_step(make_claim(retail=sold, mileage_km=60_000), "submit").status == C.SUBMITTED
    beyond = make_claim(retail=sold, mileage_km=60_001)
    assert "EW" in refused(beyond)
    Claim.objects.filter(pk=beyond.pk).update(kind=Claim.Kind.GOODWILL)
    assert take_claim_step(beyond, "submit").status == C.SUBMITTED


def test_taxi_is_out_of_warranty_after_the_contract_year(sold):
    began = TODAY() - timedelta(days=400)
    Retail.objects.filter(pk=sold.pk).update(warranty_starts_on=began, usage_kind=Retail.UsageKind.HOUSEHOLD)
    assert take_claim_step(make_claim(retail=sold), "submit").status == C.SUBMITTED
    Retail.objects.filter(pk=sold.pk).update(usage_kind=Retail.UsageKind.TAXI)
    assert "EW" in refused(make_claim(retail=sold))


def test_repair_of_more_than_thirty_days_ago_is_too_late(sold):
    assert "SUB" in refused(make_claim(retail=sold, repaired_on=TODAY() - timedelta(days=31)))


def test_same_causal_part_on_the_same_day_is_refused(sold):
    part = make_part()
    first = submitted_claim(retail=sold, causal_part=part)
    second = make_claim(retail=sold, causal_part=part)
    assert first.number in refused(second)
    assert take_claim_step(make_claim(retail=sold, causal_part=make_part()), "submit").status == C.SUBMITTED


def test_one_claim_per_repair_order(station, sold):
    claim = make_claim(unit=station.unit, owner=station, retail=sold)
    fields = claim_fields(sold, repair_order_number=claim.repair_order_number)
    with pytest.raises(RuleBroken, match=claim.number):
        actions.add_claim(by=station, **fields)
    other = make_claim(unit=station.unit, owner=station, retail=sold)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=other.pk).update(repair_order_number=claim.repair_order_number)


def test_lower_odometer_holds_the_claim_until_a_reason_is_given(client, station, claims, sold):
    submitted_claim(retail=sold, mileage_km=5_000)
    claim = submitted_claim(unit=station.unit, owner=station, retail=sold, mileage_km=4_000)
    client.force_login(station)
    page = client.get(reverse("aftersales:claim_detail", args=[claim.pk]))
    assert [finding.code for finding in page.context["findings"]] == ["MRA"]
    assert "5,000" in page.content.decode()
    with pytest.raises(RuleBroken):
        take_claim_step(claim, "approve", by=claims)
    assert take_claim_step(claim, "approve", by=claims, note="更换组合仪表").status == C.APPROVED


def test_too_many_hours_are_shown_as_a_warning(client, claims, sold):
    make_labourrate()
    claim = submitted_claim(retail=sold, lines=[labour(make_labouroperation(), "3.5")])
    client.force_login(claims)
    page = client.get(reverse("aftersales:claim_detail", args=[claim.pk]))
    assert [finding.code for finding in page.context["findings"]] == ["ELH"]


def test_suspended_station_is_refused(station, sold):
    claim = make_claim(unit=station.unit, owner=station, retail=sold)
    ServiceStation.objects.filter(unit=station.unit).update(state=ServiceStation.State.SUSPENDED)
    assert "URF" in refused(claim)


def test_claim_is_seen_by_its_station_its_region_and_nobody_elses(client, station, manager, manager2, dealer, sold):
    claim = make_claim(unit=station.unit, owner=station, retail=sold)
    url = reverse("aftersales:claim_detail", args=[claim.pk])
    for person, status in ((station, 200), (manager, 200), (manager2, 404), (dealer, 403)):
        client.force_login(person)
        assert client.get(url).status_code == status


def test_the_database_never_approves_more_than_claimed(sold):
    claim = submitted_claim(retail=sold)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(approved_amount=Decimal("120.01"))
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.lines.update(approved_amount=Decimal("120.01"))

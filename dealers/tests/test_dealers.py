from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken, StepRefused
from core.models import Notice
from core.workflow import take
from dealers import actions, rules, workflow
from dealers.models import Authorisation, CreditLineChange, Dealer, ServiceStation
from dealers.tests.factories import make_authorisation, make_dealer, make_dealerpaper, make_servicestation
from users.models import Unit

pytestmark = pytest.mark.django_db
D, A = Dealer.State, Authorisation.Status
STEPS = {step.name: step for step in workflow.DEALER_STEPS}
CREDIT_STEPS = {step.name: step for step in workflow.CREDIT_LINE_STEPS}
AUTHORISATION_STEPS = {step.name: step for step in workflow.AUTHORISATION_STEPS}


def handed_in(contract: Authorisation) -> Authorisation:
    return take(AUTHORISATION_STEPS["submit"], contract.pk, Authorisation, by=contract.owner)


def sign(contract: Authorisation, *, by) -> Authorisation:
    handed_in(contract)
    return take(AUTHORISATION_STEPS["sign"], contract.pk, Authorisation, by=by)


def form(manager, **fields) -> dict:
    values = {"code": "d-hrb09", "name": "哈尔滨南岗汽车销售有限公司", "region": manager.unit_id, "level": "b"}
    return values | {"city": "哈尔滨"} | fields


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("91110000600037341L", "91110000600037341L"),
        ("912201011239989159", "912201011239989159"),
        (" 91110000600037341l ", "91110000600037341L"),
        ("９１１１００００６０００３７３４１Ｌ", "91110000600037341L"),
        ("912301991270402886", "912301991270402886"),
        ("", ""),
    ],
)
def test_right_credit_codes_are_kept_in_plain_form(typed, kept):
    assert rules.plain_credit_code(typed) == kept


@pytest.mark.parametrize("typed", ["91230100127040288N", "9111000060003734", "9111000060003734IL", "abc"])
def test_wrong_credit_codes_are_refused(typed):
    with pytest.raises(RuleBroken):
        rules.plain_credit_code(typed)


def test_a_new_dealer_gets_a_unit_below_the_region(client, manager):
    client.force_login(manager)
    response = client.post(reverse("dealers:dealer_add"), form(manager, credit_code="91110000600037341l"))
    assert response.status_code == 302
    dealer = Dealer.objects.get()
    assert (dealer.code, dealer.state, dealer.credit_code) == ("D-HRB09", D.PROSPECT, "91110000600037341L")
    assert dealer.credit_limit_amount == 0  # a line is asked for and approved
    assert dealer.unit.kind == Unit.Kind.DEALER and dealer.unit.parent == manager.unit
    assert manager.unit.contains(dealer.unit) and dealer.unit.name == dealer.name
    assert len(client.get(reverse("dealers:dealer_list"), {"q": "南岗"}).context["rows"]) == 1


def test_a_refused_dealer_leaves_no_unit_behind(client, manager):
    client.force_login(manager)
    before = Unit.objects.count()
    response = client.post(reverse("dealers:dealer_add"), form(manager, credit_code="91230100127040288N"))
    assert response.status_code == 200 and "credit_code" in response.context["form"].errors
    response = client.post(reverse("dealers:dealer_add"), form(manager, code="NORTH"))
    assert "code" in response.context["form"].errors
    response = client.post(reverse("dealers:dealer_add"), form(manager, region=""))
    assert "region" in response.context["form"].errors
    assert (Unit.objects.count(), Dealer.objects.count()) == (before, 0)


def test_an_outlet_hangs_below_its_first_tier_dealer(manager):
    parent = make_dealer(unit=manager.unit)
    fields = {"by": manager, "parent": parent, "city": "双城"}
    outlet = actions.add_dealer(code="D-2", name="双城二级网点", **fields)
    assert outlet.unit.parent == parent.unit and outlet.parent == parent
    with pytest.raises(RuleBroken):
        actions.add_dealer(code="D-3", name="三级", by=manager, parent=outlet, city="双城")


def test_first_tier_dealer_sees_his_outlet_and_no_neighbour(client, cast):
    own = make_dealer(unit=cast["dealer"].unit)
    outlet = actions.add_dealer(by=cast["manager"], code="D-2", name="双城二级网点", parent=own, city="双城")
    neighbour = make_dealer(unit=cast["dealer2"].unit)
    client.force_login(cast["dealer"])
    shown = {row.pk for row in client.get(reverse("dealers:dealer_list")).context["rows"]}
    assert shown == {own.pk, outlet.pk}
    assert client.get(reverse("dealers:dealer_detail", args=[neighbour.pk])).status_code == 404


def test_manager_places_no_dealer_in_another_region(client, manager, manager2):
    client.force_login(manager)
    response = client.post(reverse("dealers:dealer_add"), form(manager, region=manager2.unit_id))
    assert response.status_code == 200 and "region" in response.context["form"].errors


def test_renaming_a_dealer_renames_his_unit(manager):
    dealer = make_dealer(unit=manager.unit)
    actions.change_dealer(dealer.pk, by=manager, name="哈尔滨新阳路汽车销售有限公司")
    dealer.refresh_from_db()
    assert dealer.unit.name == "哈尔滨新阳路汽车销售有限公司"
    assert "新阳路" in dealer.search_text


@pytest.mark.parametrize(
    ("state", "open_steps"),
    [
        (D.PROSPECT, {"build", "exit"}),
        (D.BUILDING, {"open_trial", "exit"}),
        (D.TRIAL, {"open_formally", "rectify", "suspend", "exit"}),
        (D.FORMAL, {"rectify", "suspend", "exit"}),
        (D.RECTIFYING, {"open_formally", "suspend", "exit"}),
        (D.SUSPENDED, {"open_formally", "exit"}),
        (D.EXITED, set()),
    ],
)
def test_each_state_opens_its_steps_and_refuses_the_others(director, state, open_steps):
    dealer = make_dealer(state=state)
    assert {name for name, step in STEPS.items() if step.is_open(dealer)} == open_steps
    for name in STEPS.keys() - open_steps:
        with pytest.raises(StepRefused):
            take(STEPS[name], dealer.pk, Dealer, by=director, note="复核")


def test_formal_operation_needs_a_valid_signed_contract(director, manager):
    dealer = make_dealer(unit=manager.unit, state=D.TRIAL)
    with pytest.raises(StepRefused):
        take(STEPS["open_formally"], dealer.pk, Dealer, by=manager)
    today = timezone.localdate()
    contract = make_authorisation(dealer=dealer, owner=manager, starts_on=today, ends_on=today + timedelta(days=365))
    with pytest.raises(StepRefused):
        take(STEPS["open_formally"], dealer.pk, Dealer, by=manager)
    sign(contract, by=director)
    assert take(STEPS["open_formally"], dealer.pk, Dealer, by=manager).state == D.FORMAL


def test_suspension_asks_for_a_reason(client, manager):
    dealer = make_dealer(unit=manager.unit)
    client.force_login(manager)
    address = reverse("dealers:dealer_step", args=[dealer.pk, "suspend"])
    assert client.post(address, {"note": " "}).status_code == 200
    assert client.post(address, {"note": "连续三个月未完成任务"}).status_code == 302
    dealer.refresh_from_db()
    assert dealer.state == D.SUSPENDED
    page = client.get(reverse("dealers:dealer_timeline", args=[dealer.pk])).content.decode()
    assert "连续三个月未完成任务" in page


def test_a_dealer_with_outlets_stays_until_they_have_left(director):
    parent = make_dealer()
    outlet = make_dealer(unit=parent.unit, parent=parent)
    with pytest.raises(StepRefused):
        take(STEPS["exit"], parent.pk, Dealer, by=director, note="退网")
    take(STEPS["exit"], outlet.pk, Dealer, by=director, note="退网")
    assert take(STEPS["exit"], parent.pk, Dealer, by=director, note="退网").state == D.EXITED


def test_only_the_director_lets_a_dealer_leave(manager):
    dealer = make_dealer(unit=manager.unit)
    with pytest.raises(PermissionDenied):
        take(STEPS["exit"], dealer.pk, Dealer, by=manager, note="退网")


def test_whoever_drew_up_a_contract_does_not_sign_it(client, director, manager):
    own = handed_in(make_authorisation(owner=director))
    with pytest.raises(StepRefused):
        take(AUTHORISATION_STEPS["sign"], own.pk, Authorisation, by=director)
    contract = handed_in(make_authorisation(owner=manager))
    client.force_login(director)
    client.post(reverse("dealers:authorisation_step", args=[contract.pk, "sign"]))
    contract.refresh_from_db()
    assert contract.status == A.SIGNED


def test_an_authorisation_contract_is_entered_and_edited_in_the_browser(client, manager):
    dealer = make_dealer(unit=manager.unit)
    client.force_login(manager)
    values = {"dealer": dealer.pk, "starts_on": "2027-01-01", "ends_on": "2027-12-31", "annual_target_count": "100"}
    assert client.post(reverse("dealers:authorisation_add"), values).status_code == 302
    contract = Authorisation.objects.get()
    url = reverse("dealers:authorisation_edit", args=[contract.pk])
    assert client.post(url, values | {"annual_target_count": "120"}).status_code == 302
    contract.refresh_from_db()
    assert (contract.status, contract.annual_target_count) == (A.DRAFT, 120)


def test_contracts_of_one_dealer_do_not_overlap(director, manager):
    dealer = make_dealer(unit=manager.unit)
    first = make_authorisation(dealer=dealer, owner=manager)
    second = make_authorisation(dealer=dealer, owner=manager, starts_on=date(2026, 7, 1), ends_on=date(2027, 7, 1))
    following = make_authorisation(dealer=dealer, owner=manager, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))
    sign(first, by=director)
    with pytest.raises(StepRefused) as refusal:
        sign(second, by=director)
    assert first.number in refusal.value.sentence
    sign(following, by=director)
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorisation.objects.filter(pk=second.pk).update(status=A.SIGNED)


def test_a_signed_contract_is_not_changed_but_terminated(director, manager):
    contract = make_authorisation(owner=manager)
    sign(contract, by=director)
    with pytest.raises(RuleBroken):
        actions.change_authorisation(
            contract.pk, by=manager, starts_on=contract.starts_on, ends_on=contract.ends_on, annual_target_count=9
        )
    with pytest.raises(StepRefused):
        take(AUTHORISATION_STEPS["terminate"], contract.pk, Authorisation, by=director)
    take(AUTHORISATION_STEPS["terminate"], contract.pk, Authorisation, by=director, note="双方协商")
    assert not Authorisation.objects.valid_on(date(2026, 6, 1)).exists()


def test_claims_officer_adds_a_station_of_a_dealer_and_one_alone(client, claims, manager):
    dealer = make_dealer(unit=manager.unit)
    client.force_login(claims)
    values = {"station_class": "a", "city": "哈尔滨"}
    alone = {"code": "s-01", "name": "香坊特约服务站", "region": manager.unit_id}
    ours = {"code": "s-02", "name": "南岗服务站", "dealer": dealer.pk}
    for station in (alone, ours):
        assert client.post(reverse("dealers:servicestation_add"), values | station).status_code == 302
    assert ServiceStation.objects.get(code="S-01").unit.parent == manager.unit
    assert ServiceStation.objects.get(code="S-02").unit.parent == dealer.unit
    response = client.post(reverse("dealers:servicestation_add"), values | {"code": "s-03", "name": "无主"})
    assert "region" in response.context["form"].errors


def test_a_station_is_suspended_and_resumes(client, claims):
    station = make_servicestation()
    client.force_login(claims)
    client.post(reverse("dealers:servicestation_step", args=[station.pk, "suspend"]), {"note": "工时虚报"})
    station.refresh_from_db()
    assert station.state == ServiceStation.State.SUSPENDED
    client.post(reverse("dealers:servicestation_step", args=[station.pk, "resume"]))
    station.refresh_from_db()
    assert station.state == ServiceStation.State.ACTIVE


def test_region_filter_takes_the_whole_subtree(client, director, manager, manager2):
    north, east = make_dealer(unit=manager.unit), make_dealer(unit=manager2.unit)
    outlet = make_dealer(unit=north.unit, parent=north)
    client.force_login(director)
    rows = client.get(reverse("dealers:dealer_list"), {"region": manager.unit_id}).context["rows"]
    assert {row.pk for row in rows} == {north.pk, outlet.pk}
    rows = client.get(reverse("dealers:dealer_list"), {"is_outlet": "true"}).context["rows"]
    assert {row.pk for row in rows} == {outlet.pk}
    assert east.pk not in {row.pk for row in rows}


def test_a_contract_that_has_ended_expires_in_the_night(director, manager):
    contract = make_authorisation(owner=manager, starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1))
    sign(contract, by=director)
    assert workflow.expire_authorisations(date(2025, 12, 31)) == 0
    assert workflow.expire_authorisations(date(2026, 1, 1)) == 1
    contract.refresh_from_db()
    assert contract.status == A.EXPIRED


def test_a_returned_contract_is_a_draft_again(director, manager):
    contract = handed_in(make_authorisation(owner=manager))
    with pytest.raises(RuleBroken):
        actions.change_authorisation(
            contract.pk, by=manager, starts_on=contract.starts_on, ends_on=contract.ends_on, annual_target_count=9
        )
    take(AUTHORISATION_STEPS["return"], contract.pk, Authorisation, by=director, note="目标未谈妥")
    contract.refresh_from_db()
    assert contract.status == A.DRAFT


def test_a_credit_line_is_asked_for_and_approved_by_another(client, manager, finance):
    dealer = make_dealer(unit=manager.unit)
    client.force_login(manager)
    values = {"dealer": dealer.pk, "wanted_amount": "800000", "reason": "旺季备货"}
    assert client.post(reverse("dealers:creditlinechange_add"), values).status_code == 302
    assert client.post(reverse("dealers:creditlinechange_add"), values).status_code == 200  # one at a time
    change = CreditLineChange.objects.get()
    assert client.post(reverse("dealers:creditlinechange_step", args=[change.pk, "approve"])).status_code == 403
    client.force_login(finance)
    client.post(reverse("dealers:creditlinechange_step", args=[change.pk, "approve"]))
    dealer.refresh_from_db()
    assert dealer.credit_limit_amount == Decimal("800000.00")
    page = client.get(reverse("dealers:dealer_detail", args=[dealer.pk])).content.decode()
    assert change.number in page


def test_whoever_asked_for_a_credit_line_does_not_approve_it(finance):
    change = actions.ask_for_credit_line(by=finance, dealer=make_dealer(), wanted_amount=Decimal(9), reason="x")
    with pytest.raises(StepRefused):
        take(CREDIT_STEPS["approve"], change.pk, CreditLineChange, by=finance)
    take(CREDIT_STEPS["withdraw"], change.pk, CreditLineChange, by=finance)


def test_a_credit_line_changes_by_no_other_door(client, director):
    dealer = make_dealer(credit_limit_amount=Decimal("100.00"))
    client.force_login(director)
    values = {"name": dealer.name, "level": "a", "city": "哈尔滨", "credit_limit_amount": "999"}
    assert client.post(reverse("dealers:dealer_edit", args=[dealer.pk]), values).status_code == 302
    dealer.refresh_from_db()
    assert dealer.credit_limit_amount == Decimal("100.00")


def test_a_paper_that_ends_is_reminded_of_twice(cast):
    dealer = make_dealer(unit=cast["dealer"].unit)
    make_dealerpaper(dealer=dealer, expires_on=date(2026, 7, 31))
    days = [(6, 30), (7, 1), (7, 2), (7, 30), (7, 31), (8, 9)]
    assert [actions.remind_of_papers(date(2026, *day)) for day in days] == [0, 1, 0, 0, 1, 0]
    told = set(Notice.objects.values_list("user", flat=True))
    assert told == {cast["dealer"].pk, cast["manager"].pk}


def test_a_renewed_paper_is_reminded_of_again(manager):
    paper = make_dealerpaper(dealer=make_dealer(unit=manager.unit), expires_on=date(2026, 7, 31))
    actions.remind_of_papers(date(2026, 7, 31))
    actions.change_paper(paper.pk, by=manager, expires_on=date(2027, 7, 31))
    assert actions.remind_of_papers(date(2026, 8, 1)) == 0
    assert actions.remind_of_papers(date(2027, 7, 1)) == 1


def test_the_network_is_a_tree_of_what_one_sees(client, manager, manager2, director):
    first = make_dealer(unit=manager.unit)
    outlet = make_dealer(unit=first.unit, parent=first)
    east = make_dealer(unit=manager2.unit)
    client.force_login(director)
    regions = dict(client.get(reverse("dealers:network")).context["regions"])
    (branch,) = regions[manager.unit]
    assert (branch.dealer, branch.outlets) == (first, [outlet])
    assert [one.dealer for one in regions[manager2.unit]] == [east]
    client.force_login(manager)
    assert set(dict(client.get(reverse("dealers:network")).context["regions"])) == {manager.unit}


def test_the_record_of_a_dealer_costs_few_queries(client, director):
    dealer = make_dealer()
    client.force_login(director)
    address = reverse("dealers:dealer_detail", args=[dealer.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 20

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken, StepRefused
from core.models import Notice, StatusChange, UndoOffer
from core.tables import Table
from core.workflow import take
from customers import actions, tables, workflow
from customers.models import ContactRecord, MetCompetitor, Opportunity, Stage, StageChange
from customers.tests.factories import make_contactrecord, make_customer, make_opportunity, make_pipeline, make_stage
from products.tests.factories import make_competitormodel, make_configuration, make_price, make_series
from users.models import User

pytestmark = pytest.mark.django_db
STEP = {step.name: step for step in workflow.OPPORTUNITY_STEPS}
OPEN_FROM = {
    "move": {"open"},
    "win": {"open"},
    "lose": {"open"},
    "withdraw_loss": {"losing"},
    "confirm_loss": {"losing"},
    "refuse_loss": {"losing"},
    "revive": {"lost"},
    "reopen": {"won"},
}


def stage(name: str) -> Stage:
    """Of the company's pipeline, by its position or kind."""
    stages = Stage.objects.filter(pipeline__unit=None)
    return stages.get(kind=name) if name in ("won", "lost") else stages.open()[int(name) - 1]


def step(opportunity: Opportunity, name: str, *, by, **data) -> Opportunity:
    return take(STEP[name], opportunity.pk, Opportunity, by=by, **data)


def ready(owner, **fields) -> Opportunity:
    """Everything the standard pipeline asks for is known."""
    values = {"series": make_series(), "expected_close_on": date(2026, 12, 20), "amount": Decimal("100000.00")}
    opportunity = make_opportunity(owner=owner, unit=owner.unit, **values | fields)
    make_contactrecord(customer=opportunity.customer)
    return opportunity


def lost(owner, manager, **reason) -> Opportunity:
    opportunity = ready(owner)
    step(opportunity, "lose", by=owner, note="客户嫌贵", **{"lost_reason": "price"} | reason)
    return step(opportunity, "confirm_loss", by=manager)


def figures(opportunity: Opportunity) -> tuple[int, Decimal]:
    row = tables.OPPORTUNITIES.annotated(
        Opportunity.objects.filter(pk=opportunity.pk), tables.OPPORTUNITIES.columns
    ).get()
    return row.probability, row.weighted_amount


@pytest.mark.parametrize("status", Opportunity.Status.values)
@pytest.mark.parametrize("name", STEP)
def test_steps_are_open_only_from_their_sources(status, name):
    assert STEP[name].is_open(Opportunity(status=status)) == (status in OPEN_FROM[name])


def test_what_the_stages_ask_for_is_asked_of_whoever_marks_it_won_too(client, sales1):
    unknown = make_opportunity(owner=sales1, unit=sales1.unit, series=None, amount=Decimal(0), expected_close_on=None)
    client.force_login(sales1)
    url = reverse("customers:opportunity_step", args=[unknown.pk, "win"])
    for amount, also in (("0", "预计金额"), ("58000", "意向车系")):
        page = client.post(url, {"amount": amount}).content.decode()
        assert all(word in page for word in ("缺少", "预计成交日", also))
    unknown.refresh_from_db()
    assert (unknown.status, unknown.amount) == ("open", 0)
    known = ready(sales1)
    client.post(reverse("customers:opportunity_step", args=[known.pk, "win"]), {"amount": "98000"})
    known.refresh_from_db()
    assert (known.status, known.amount) == ("won", Decimal("98000.00"))


def test_probability_follows_the_stage_through_all_of_them(sales1, manager):
    opportunity = ready(sales1)
    assert figures(opportunity) == (20, Decimal("20000.00"))
    for position, probability in (("2", 50), ("3", 80), ("1", 20)):
        step(opportunity, "move", by=sales1, stage=stage(position))
        assert figures(opportunity)[0] == probability
    step(opportunity, "win", by=sales1, amount=Decimal("98000.00"))
    assert figures(opportunity) == (100, Decimal("98000.00"))
    step(opportunity, "reopen", by=manager, note="合同未签")
    assert figures(opportunity) == (20, Decimal("19600.00"))


def test_lost_is_worth_nothing(sales1, manager):
    assert figures(lost(sales1, manager)) == (0, Decimal("0.00"))


def test_a_renamed_won_stage_still_wins(sales1, director):
    actions.change_stage(stage("won").pk, by=director, name="成交")
    opportunity = step(ready(sales1), "win", by=sales1, amount=Decimal("1.00"))
    assert (opportunity.status, opportunity.stage.name, figures(opportunity)[0]) == ("won", "成交", 100)


def test_own_estimate_is_kept_apart_and_falls_away_with_the_next_stage(sales1):
    opportunity = ready(sales1)
    actions.change_opportunity(opportunity.pk, by=sales1, manual_probability=35)
    assert figures(opportunity) == (35, Decimal("35000.00"))
    step(opportunity, "move", by=sales1, stage=stage("2"))
    assert figures(opportunity)[0] == 50


def test_own_estimate_stays_within_0_and_100(client, sales1):
    opportunity = ready(sales1)
    client.force_login(sales1)
    form = {"customer": opportunity.customer_id, "title": "采购", "quantity": 1, "amount": 1, "manual_probability": 101}
    no_lines = {"lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    page = client.post(reverse("customers:opportunity_edit", args=[opportunity.pk]), form | no_lines)
    assert page.context["form"].errors["manual_probability"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Opportunity.objects.filter(pk=opportunity.pk).update(manual_probability=101)


def test_a_stage_is_not_entered_before_what_it_asks_for_is_known(client, sales1):
    opportunity = make_opportunity(owner=sales1, unit=sales1.unit, amount=0)
    client.force_login(sales1)
    url = reverse("customers:opportunity_step", args=[opportunity.pk, "move"])
    page = client.post(url, {"stage": stage("3").pk}).content.decode()
    for missing in ("意向车系", "预计金额", "预计成交日", "跟进记录"):
        assert missing in page
    opportunity.refresh_from_db()
    assert opportunity.stage == stage("1")


@pytest.mark.parametrize("kind", ["showroom", "test_drive"])
def test_a_stage_may_ask_for_a_visit_or_a_test_drive(sales1, kind):
    wanted = make_stage(required=[kind])
    opportunity = ready(sales1)
    with pytest.raises(StepRefused):
        step(opportunity, "move", by=sales1, stage=wanted)
    make_contactrecord(customer=opportunity.customer, kind=ContactRecord.Kind(kind))
    assert step(opportunity, "move", by=sales1, stage=wanted).stage == wanted


def test_a_stage_passed_over_asks_as_well(sales1):
    make_stage(name="报价确认", position=2, required=["competitor"])
    opportunity = ready(sales1)
    with pytest.raises(StepRefused):
        step(opportunity, "move", by=sales1, stage=stage("4"))
    actions.add_competitor(by=sales1, opportunity=opportunity, model=make_competitormodel())
    assert step(opportunity, "move", by=sales1, stage=stage("4")).stage == stage("4")


def test_of_two_stages_in_one_place_the_second_asks_for_the_first(sales1):
    make_stage(name="报价确认", position=2, required=["competitor"])
    twin = make_stage(name="方案确认", position=2)
    with pytest.raises(StepRefused):
        step(ready(sales1), "move", by=sales1, stage=twin)


def test_a_quotation_is_one_of_this_opportunity_and_not_thrown_away(sales1):
    wanted = make_stage(required=["quotation", "showroom"])
    opportunity = ready(sales1)
    other = make_opportunity(customer=opportunity.customer)
    visit = make_contactrecord(customer=opportunity.customer, kind=ContactRecord.Kind.SHOWROOM)
    quotation = make_contactrecord(customer=opportunity.customer, opportunity=other, kind=ContactRecord.Kind.QUOTATION)
    with pytest.raises(StepRefused):
        step(opportunity, "move", by=sales1, stage=wanted)
    ContactRecord.objects.filter(pk=quotation.pk).update(opportunity=opportunity)
    ContactRecord.objects.filter(pk=visit.pk).update(binned_at=timezone.now())
    with pytest.raises(StepRefused):
        step(opportunity, "move", by=sales1, stage=wanted)
    ContactRecord.objects.filter(pk=visit.pk).update(binned_at=None)
    assert step(opportunity, "move", by=sales1, stage=wanted).stage == wanted


def test_an_undone_move_gives_back_the_own_estimate_and_the_day(client, sales1):
    opportunity = ready(sales1)
    actions.change_opportunity(opportunity.pk, by=sales1, manual_probability=35)
    client.force_login(sales1)
    url = reverse("customers:opportunity_step", args=[opportunity.pk, "move"])
    client.post(url, {"stage": stage("2").pk})
    client.post(reverse("undo", args=[UndoOffer.objects.get(kind="customers.move").pk]))
    since = opportunity.stage_since
    opportunity.refresh_from_db()
    assert (opportunity.stage, opportunity.manual_probability) == (stage("1"), 35)
    assert opportunity.stage_since == since


def test_a_loss_without_a_manager_goes_to_the_director(sales1, manager, director):
    User.objects.filter(pk=manager.pk).update(is_active=False)
    step(ready(sales1), "lose", by=sales1, note="价格", lost_reason="price")
    assert Notice.objects.filter(user=director).count() == 1


def test_stages_of_another_pipeline_are_refused(sales1):
    other = make_pipeline().stages.open().get()
    with pytest.raises(StepRefused):
        step(ready(sales1), "move", by=sales1, stage=other)


def test_a_team_sells_by_the_nearest_pipeline(dealer, manager, manager2):
    north = make_pipeline(team=manager.unit)
    assert make_opportunity(owner=dealer, unit=dealer.unit).pipeline == north
    assert make_opportunity(owner=manager2, unit=manager2.unit).pipeline.unit is None
    own = make_pipeline(team=dealer.unit)
    assert make_opportunity(owner=dealer, unit=dealer.unit).pipeline == own
    assert make_opportunity(owner=manager, unit=manager.unit).pipeline == north


def test_the_log_tells_how_long_each_stage_lasted(sales1):
    opportunity = ready(sales1)
    step(opportunity, "move", by=sales1, stage=stage("2"))
    changes = StageChange.objects.filter(opportunity=opportunity)
    assert [(change.before, change.stage, change.by) for change in changes.order_by("pk")] == [
        (None, stage("1"), sales1),
        (stage("1"), stage("2"), sales1),
    ]
    table: Table = tables.STAGE_CHANGES
    days = table.annotated(changes, table.columns).values_list("days", flat=True)
    assert [str(one) for one in days] == ["0.0", "0.0"]


def test_loss_names_reason_and_competitor_and_waits_for_the_manager(client, sales1, manager):
    opportunity, rival = ready(sales1), make_competitormodel()
    client.force_login(sales1)
    url = reverse("customers:opportunity_step", args=[opportunity.pk, "lose"])
    assert client.get(url).context["form"]["lost_reason"].value() in (None, "")
    assert set(client.post(url).context["form"].errors) == {"lost_reason", "note"}
    form = {"lost_reason": "competitor", "note": "对方送保险"}
    assert client.post(url, form).context["form"].errors["competitor"]
    client.post(url, form | {"competitor": rival.pk, "price_amount": "41800", "dealer_name": "哈尔滨远大"})
    opportunity.refresh_from_db()
    assert (opportunity.status, opportunity.lost_to, opportunity.stage) == ("losing", rival, stage("1"))
    met = MetCompetitor.objects.get(opportunity=opportunity)
    assert (met.model, met.price_amount, met.dealer_name) == (rival, 41_800, "哈尔滨远大")
    assert Notice.objects.filter(user=manager).count() == 1
    client.force_login(manager)
    client.post(reverse("customers:opportunity_step", args=[opportunity.pk, "confirm_loss"]))
    opportunity.refresh_from_db()
    assert (opportunity.status, opportunity.stage) == ("lost", stage("lost"))
    assert opportunity.closed_at is not None


def test_nobody_confirms_the_loss_he_asked_for(sales1, manager, director):
    own = ready(manager)
    step(own, "lose", by=manager, note="客户放弃", lost_reason="gave_up")
    with pytest.raises(StepRefused):
        step(own, "confirm_loss", by=manager)
    of_salesman = ready(sales1)
    step(of_salesman, "lose", by=manager, note="客户放弃", lost_reason="gave_up")
    with pytest.raises(StepRefused):
        step(of_salesman, "confirm_loss", by=manager)
    with pytest.raises(PermissionDenied):
        step(of_salesman, "confirm_loss", by=sales1)
    assert step(of_salesman, "confirm_loss", by=director).status == "lost"


def test_a_loss_that_is_not_confirmed_goes_on_where_it_stood(sales1, manager):
    opportunity = ready(sales1)
    step(opportunity, "move", by=sales1, stage=stage("2"))
    step(opportunity, "lose", by=sales1, note="价格", lost_reason="price")
    opportunity = step(opportunity, "refuse_loss", by=manager, note="再谈一次")
    assert (opportunity.status, opportunity.stage, opportunity.lost_reason) == ("open", stage("2"), "")
    step(opportunity, "lose", by=sales1, note="价格", lost_reason="price")
    assert step(opportunity, "withdraw_loss", by=sales1).status == "open"


def test_a_lost_one_is_revived_where_it_was_lost(sales1, manager):
    opportunity = lost(sales1, manager, lost_reason="competitor", competitor=make_competitormodel())
    with pytest.raises(StepRefused):
        step(opportunity, "revive", by=sales1)
    opportunity = step(opportunity, "revive", by=sales1, note="竞品没有现车")
    assert (opportunity.status, opportunity.stage) == ("open", stage("1"))
    assert (opportunity.lost_reason, opportunity.lost_to, opportunity.closed_at) == ("", None, None)
    assert opportunity.competitors.count() == 1


def test_a_competitor_is_named_by_the_database_too(sales1):
    opportunity = ready(sales1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opportunity.objects.filter(pk=opportunity.pk).update(status="lost", lost_reason="competitor")


def test_what_an_order_won_is_not_opened_by_hand(sales1, manager):
    opportunity = ready(sales1)
    actions.win_opportunity(opportunity.pk, by=manager)
    with pytest.raises(StepRefused):
        step(opportunity, "reopen", by=manager, note="误操作")
    reopened = actions.reopen_opportunity(opportunity.pk, by=manager)
    assert (reopened.status, figures(reopened)[0]) == ("open", 20)
    assert StatusChange.objects.filter(object_id=opportunity.pk, after="won").count() == 1


def test_what_was_taken_over_as_won_opens_again_unless_there_is_an_order(client, sales1, manager):
    opportunity = ready(sales1)
    won = {"status": "won", "stage": stage("won"), "closed_at": timezone.now()}
    Opportunity.objects.filter(pk=opportunity.pk).update(**won)
    ordered = make_contactrecord(customer=opportunity.customer, opportunity=opportunity, kind=ContactRecord.Kind.ORDER)
    client.force_login(manager)
    url = reverse("customers:opportunity_step", args=[opportunity.pk, "reopen"])
    assert client.post(url, {"note": "误操作"}).status_code == 200
    ordered.delete()
    assert client.post(url, {"note": "误操作"}).status_code == 302
    opportunity.refresh_from_db()
    assert opportunity.status == "open"


def test_what_was_marked_won_by_hand_outlives_a_cancelled_order(sales1, manager):
    opportunity = step(ready(sales1), "win", by=sales1, amount=Decimal("1.00"))
    actions.win_opportunity(opportunity.pk, by=manager)
    assert actions.reopen_opportunity(opportunity.pk, by=manager).status == "won"


def test_product_lines_make_the_sum(client, sales1):
    configuration = make_configuration()
    series = configuration.vehicle_model.series
    make_price(configuration=configuration, kind="guide", amount=Decimal("48800.00"), valid_from=date(2026, 1, 1))
    opportunity = make_opportunity(owner=sales1, unit=sales1.unit)
    client.force_login(sales1)
    lines = {
        "lines-TOTAL_FORMS": 2,
        "lines-INITIAL_FORMS": 0,
        "lines-0-series": series.pk,
        "lines-0-configuration": configuration.pk,
        "lines-0-quantity": 3,
        "lines-1-series": make_series().pk,
        "lines-1-quantity": 2,
        "lines-1-unit_price_amount": "40000",
    }
    customer = opportunity.customer
    head = {"customer": make_customer(owner=sales1).pk, "title": "两款车", "quantity": 1, "amount": 1}
    client.post(reverse("customers:opportunity_edit", args=[opportunity.pk]), head | lines)
    opportunity.refresh_from_db()
    assert opportunity.customer == customer
    assert (opportunity.quantity, opportunity.amount, opportunity.series) == (5, Decimal("226400.00"), series)
    page = client.get(reverse("customers:opportunity_edit", args=[opportunity.pk]))
    assert [line["quantity"] for line in page.context["lines"].initial] == [3, 2]


def test_a_configuration_belongs_to_its_series(sales1):
    line = {"series": make_series(), "configuration": make_configuration(), "quantity": 1}
    with pytest.raises(RuleBroken):
        make_opportunity(owner=sales1, lines=[line])


def test_a_stage_is_switched_off_once_it_is_empty(director, sales1):
    opportunity = ready(sales1)
    with pytest.raises(RuleBroken):
        actions.change_stage(stage("1").pk, by=director, is_active=False)
    step(opportunity, "move", by=sales1, stage=stage("2"))
    first = stage("1")
    assert actions.change_stage(first.pk, by=director, is_active=False).is_active is False
    assert make_opportunity(owner=sales1).stage == stage("1") != first


def test_won_and_lost_keep_their_chances(director):
    with pytest.raises(RuleBroken):
        actions.change_stage(stage("won").pk, by=director, probability=90)


def test_the_record_shows_the_stages_of_its_pipeline(client, sales1):
    opportunity = ready(sales1)
    client.force_login(sales1)
    page = client.get(reverse("customers:opportunity_detail", args=[opportunity.pk]))
    shown = [(label, is_now) for _value, label, is_now in page.context["status_steps"]]
    assert shown == [("需求确认", True), ("报价", False), ("谈判", False), ("成交", False)]

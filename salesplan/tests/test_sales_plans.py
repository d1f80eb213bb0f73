from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import RuleBroken
from core.models import StatusChange
from core.models.notices import Notice
from products.tests.factories import make_sku
from salesplan import actions, workflow
from salesplan.models import SalesPlan
from salesplan.tests.factories import (
    dealer_at,
    forecast_of_sold_car,
    make_salesplan,
    plan_line,
    published_plan,
    take_plan_step,
)

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
S = SalesPlan.Status
WAYS = {
    ("propose", S.DRAFT): S.DRAFT,
    ("submit", S.DRAFT): S.SUBMITTED,
    ("approve", S.SUBMITTED): S.APPROVED,
    ("return", S.SUBMITTED): S.DRAFT,
    ("return", S.APPROVED): S.DRAFT,
    ("publish", S.APPROVED): S.PUBLISHED,
}


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize("name", [step.name for step in workflow.SALES_PLAN_STEPS])
def test_each_step_is_open_from_its_statuses_only(cast, status, name):
    plan = make_salesplan()
    forecast_of_sold_car(plan.month)
    SalesPlan.objects.filter(pk=plan.pk).update(status=status)
    if (name, status) in WAYS:
        assert take_plan_step(plan, name, note="改一下").status == WAYS[name, status]
        return
    with pytest.raises(RuleBroken):
        take_plan_step(plan, name, note="改一下")
    plan.refresh_from_db()
    assert plan.status == status


def test_planner_enters_a_plan_with_lines_over_http(client, planner, dealer):
    client.force_login(planner)
    seller, sku = dealer_at(dealer.unit), make_sku()
    posted = {
        "month": "2026-11",
        "note": "",
        "lines-TOTAL_FORMS": 2,
        "lines-INITIAL_FORMS": 0,
        "lines-0-dealer": seller.pk,
        "lines-0-sku": sku.pk,
        "lines-0-quantity": 30,
    }
    response = client.post(reverse("salesplan:salesplan_add"), posted)
    plan = SalesPlan.objects.get()
    assert response.headers["Location"] == reverse("salesplan:salesplan_detail", args=[plan.pk])
    assert (plan.month, plan.version, plan.status) == (NOVEMBER, 1, S.DRAFT)
    assert list(plan.lines.values_list("dealer", "sku", "quantity")) == [(seller.pk, sku.pk, 30)]
    assert "2026-11 V1" in client.get(response.headers["Location"]).content.decode()


def test_a_wrong_month_is_answered_beside_its_field(client, planner):
    client.force_login(planner)
    response = client.post(reverse("salesplan:salesplan_add"), {"month": "2026-13", "lines-TOTAL_FORMS": 0})
    assert "month" in response.context["form"].errors


def test_second_plan_of_a_month_is_its_next_version(planner):
    make_salesplan(month=NOVEMBER)
    assert make_salesplan(month=NOVEMBER).version == 2


def test_the_same_sku_for_the_same_dealer_twice_is_refused(planner):
    line = plan_line()
    with pytest.raises(RuleBroken, match="twice|两行"):
        make_salesplan(lines=[line, {**line, "quantity": 3}])
    assert not SalesPlan.objects.exists()


def test_changed_draft_has_the_new_lines_alone(planner):
    plan = make_salesplan(month=NOVEMBER)
    line = plan_line(quantity=7)
    actions.change_sales_plan(plan.pk, by=planner, month=NOVEMBER, note="下调", lines=[line])
    assert list(plan.lines.values_list("sku", "quantity")) == [(line["sku"].pk, 7)]


def test_submitted_plan_can_no_longer_be_changed(client, planner):
    plan = take_plan_step(make_salesplan(owner=planner), "submit", by=planner)
    with pytest.raises(RuleBroken):
        actions.change_sales_plan(plan.pk, by=planner, month=plan.month, lines=[plan_line()])


def test_planner_does_not_approve_and_nobody_approves_his_own(planner, director):
    plan = take_plan_step(make_salesplan(owner=planner), "submit", by=planner)
    with pytest.raises(PermissionDenied):
        take_plan_step(plan, "approve", by=planner)
    own = make_salesplan(owner=director)
    SalesPlan.objects.filter(pk=own.pk).update(status=S.SUBMITTED)
    with pytest.raises(RuleBroken):
        take_plan_step(own, "approve", by=director)


def test_a_return_needs_a_reason(director, planner):
    plan = take_plan_step(make_salesplan(owner=planner), "submit", by=planner)
    with pytest.raises(RuleBroken):
        take_plan_step(plan, "return", by=director)
    assert take_plan_step(plan, "return", by=director, note="哈尔滨太少").status == S.DRAFT


def test_publishing_supersedes_the_former_version_and_tells_the_regions(manager):
    first = published_plan(month=NOVEMBER)
    second = published_plan(month=NOVEMBER)
    first.refresh_from_db()
    assert (first.status, second.status) == (S.SUPERSEDED, S.PUBLISHED)
    assert StatusChange.objects.filter(object_id=first.pk, step="supersede", after=S.SUPERSEDED).exists()
    assert Notice.objects.filter(user=manager).count() == 2


def test_the_database_keeps_one_published_plan_per_month(planner):
    published_plan(month=NOVEMBER)
    other = make_salesplan(month=NOVEMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        SalesPlan.objects.filter(pk=other.pk).update(status=S.PUBLISHED)


def test_dealer_sees_his_own_lines_of_a_plan_only(client, dealer, dealer2):
    mine = plan_line(dealer=dealer_at(dealer.unit), quantity=11)
    theirs = plan_line(dealer=dealer_at(dealer2.unit), quantity=22)
    plan = published_plan(month=NOVEMBER, lines=[mine, theirs])
    client.force_login(dealer)
    page = client.get(reverse("salesplan:salesplan_detail", args=[plan.pk]))
    panel, _approvals = page.context["panels"]
    assert [row.cells[2].value for row in panel["rows"]] == [11]
    listed = client.get(reverse("salesplan:salesplan_list"))
    assert "planned_count" not in [column.name for column, _heading in listed.context["headings"]]


def test_edit_page_costs_the_same_queries_for_more_lines(client, planner, django_assert_max_num_queries):
    plan = make_salesplan(owner=planner, lines=[plan_line() for _ in range(12)])
    client.force_login(planner)
    url = reverse("salesplan:salesplan_edit", args=[plan.pk])
    client.get(url)
    with django_assert_max_num_queries(14):
        assert client.get(url).status_code == 200

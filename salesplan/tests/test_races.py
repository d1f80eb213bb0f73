"""Two people, or two clicks of one, on their own connections."""

from datetime import date

import pytest
from django.utils import timezone

from core.models import Notice
from core.periods import period_of
from core.tests.crowd import done_and_refused, together
from salesplan import actions
from salesplan.models import SalesPlan, WorkReport
from salesplan.tests.factories import make_salesplan, take_plan_step, take_report_step
from users.access import Role
from users.actions import sync_roles
from users.cast import create_cast
from users.tests.factories import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_four_versions_published_at_once_leave_one_in_force(transactional_db):
    sync_roles()
    create_cast("hafei-demo")
    plans = [make_salesplan(month=date(2026, 11, 1)) for _ in range(4)]
    for plan in plans:
        take_plan_step(plan, "submit")
        take_plan_step(plan, "approve")
    by = make_user(roles=[Role.DIRECTOR, Role.PLANNER])
    published = together((lambda plan=plan: take_plan_step(plan, "publish", by=by).status) for plan in plans)
    assert set(published) == {"published"}
    statuses = list(SalesPlan.objects.order_by("status").values_list("status", flat=True))
    assert statuses == ["published", "superseded", "superseded", "superseded"]


@pytest.fixture
def seller(transactional_db):
    sync_roles()
    actions.add_standard_templates()
    return create_cast("hafei-demo")["sales1"]


def test_eight_clicks_begin_one_report(seller):
    period = period_of("day", timezone.localdate())
    assert len(set(together([lambda: actions.begin_report(by=seller, period=period).pk] * 8))) == 1
    assert WorkReport.objects.get().entries.count() == 3


def test_a_report_handed_in_twice_at_once_is_handed_in_once(seller):
    report = actions.begin_report(by=seller, period=period_of("day", timezone.localdate()))
    actions.change_report(report.pk, by=seller, texts={1: "拜访", 3: "回访"})
    assert done_and_refused([lambda: take_report_step(report, "submit", by=seller)] * 8) == (1, 7)
    assert WorkReport.objects.get().status == WorkReport.Status.SUBMITTED
    assert Notice.objects.count() == 1

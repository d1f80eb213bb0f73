"""Two planners on their own connections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from salesplan.models import SalesPlan
from salesplan.tests.factories import make_salesplan, take_plan_step
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
    by, start = make_user(roles=[Role.DIRECTOR, Role.PLANNER]), Barrier(len(plans))

    def publish(plan):
        start.wait()
        try:
            return take_plan_step(plan, "publish", by=by).status
        finally:
            connection.close()

    with ThreadPoolExecutor(len(plans)) as planners:
        assert set(planners.map(publish, plans)) == {"published"}
    statuses = list(SalesPlan.objects.order_by("status").values_list("status", flat=True))
    assert statuses == ["published", "superseded", "superseded", "superseded"]

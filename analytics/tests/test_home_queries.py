"""What the home page asks the database on behalf of people who have much to do."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.counting import counted
from contracts.models import Quotation
from contracts.tests.factories import make_discountlimit, make_quotation, make_retail, quotation_at, quoted
from contracts.workflow import QUOTATION_STEPS
from core.workflow import take
from customers.models import Lead
from customers.tests.factories import make_customer, make_lead
from salesplan.tests.factories import make_workreport
from users.access import Role
from users.models import Unit, User
from users.tests.factories import make_task

pytestmark = pytest.mark.django_db
# The first time and within the minute for which the figures are kept.
ASKED = {"director": (36, 19), "manager": (40, 21), "sales1": (31, 18), "dealer_sales": (30, 17)}


@pytest.fixture
def busy(cast):
    today, now = timezone.localdate(), timezone.now()
    for role, percent in ((Role.SALESMAN, 3), (Role.REGIONAL_MANAGER, 8), (Role.DIRECTOR, 20)):
        make_discountlimit(role=role, percent=percent)
    submit = next(step for step in QUOTATION_STEPS if step.name == "submit")
    for name in ASKED:
        for _number in range(8):
            make_task(owner=cast[name], due_on=today, target=make_customer(owner=cast[name]))
    for seller, boss in ((cast["sales1"], cast["manager"]), (cast["dealer_sales"], cast["director"])):
        for number in range(8):
            for ahead in (-2, 0):
                make_lead(owner=seller, unit=seller.unit, next_contact_on=today + timedelta(days=ahead))
            make_lead(unit=seller.unit)
            quotation_at("returned", owner=seller)
            quotation = make_quotation(owner=seller, lines=[quoted(1, "5" if number % 2 else "12")])
            take(submit, quotation.pk, Quotation, by=seller)
            make_workreport(owner=seller, status="submitted", submitted_at=now, reviewer=boss)
        make_retail(unit=seller.unit, owner=seller)


def asked(client) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("username", ASKED)
def test_who_has_much_to_do_waits_for_few_queries(client, cast, busy, username):
    client.force_login(cast[username])
    client.get("/")
    cache.clear()
    at_first, again = asked(client), asked(client)
    assert len(at_first) <= ASKED[username][0], at_first
    assert len(again) <= ASKED[username][1], again


def test_what_is_left_of_each_pile_is_counted(client, cast, busy):
    client.force_login(cast["manager"])
    shown = client.get("/").context
    more = [todo for todo in shown["todos"] if todo.tone == "secondary"]
    assert [todo.text for todo in more] == ["还有 5 条计划总结", "还有 5 条审批", "还有 45 条线索", "还有 13 条报价单"]
    lists = [client.get(todo.url).context for todo in more if "?" in todo.url]
    assert [found["page"].count for found in lists] == [8, 48, 16]
    assert (shown["tasks"].count, shown["overdue"].count, shown["due"].count) == (8, 16, 16)
    assert client.get("/approvals/").context["menu"][0]["items"][1]["badge"] == "8"


def test_counts_of_several_tables_come_at_once(cast, django_assert_num_queries):
    people, units = User.objects.filter(is_active=True), Unit.objects.all()
    with django_assert_num_queries(1):
        found = counted(cast["sales1"], [people, units, Lead.objects.none(), people], most=5)
    assert found == [6, 6, 0, 6]
    assert counted(cast["sales1"], [people, units]) == [people.count(), units.count()]
    with django_assert_num_queries(0):
        assert counted(cast["sales1"], []) == []

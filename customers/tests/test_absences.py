"""An absence ahead is changed or called off, a running one ended earlier, and what has been stays."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken, StepRefused
from core.workflow import take
from customers import actions
from customers.models import Absence
from customers.tests.factories import make_absence, make_assignmentrule, make_lead
from customers.workflow import ABSENCE_STEPS, LEAD_STEPS

pytestmark = pytest.mark.django_db
STEP = {step.name: step for step in ABSENCE_STEPS}


def day(ahead: int):
    return timezone.localdate() + timedelta(days=ahead)


def away(person, first: int, last: int, **fields) -> Absence:
    return make_absence(person=person, starts_on=day(first), ends_on=day(last), **fields)


def post(client, absence, page: str, *step, **sent):
    return client.post(reverse(f"customers:absence_{page}", args=[absence.pk, *step]), sent)


def days(absence) -> tuple[int, int, str]:
    absence.refresh_from_db()
    today = timezone.localdate()
    return (absence.starts_on - today).days, (absence.ends_on - today).days, absence.status


def test_an_absence_ahead_is_changed_and_its_page_tells_how_it_was(client, sales1):
    absence = away(sales1, 10, 14)
    client.force_login(sales1)
    assert post(client, absence, "edit", starts_on=day(11), ends_on=day(14), note="").status_code == 302
    assert days(absence) == (11, 14, "active")
    story = client.get(reverse("customers:absence_timeline", args=[absence.pk])).content.decode()
    assert f"{day(10)} → {day(11)}" in story
    assert sales1.name in story


@pytest.mark.parametrize("first", [0, 3])
def test_an_absence_is_called_off_and_leads_come_again(client, director, dealer, dealer_sales, first):
    absence = away(dealer_sales, first, 5)
    client.force_login(dealer_sales)
    assert post(client, absence, "step", "cancel", note="假期取消").status_code == 302
    assert days(absence) == (first, 5, "cancelled")
    assert not Absence.objects.on(day(first)).exists()
    assert "假期取消" in client.get(reverse("customers:absence_timeline", args=[absence.pk])).content.decode()


def test_a_running_absence_is_ended_and_who_is_back_gets_leads(client, manager, dealer, dealer_sales):
    make_assignmentrule(team=dealer.unit)
    absence = away(dealer_sales, -3, 5)
    lead = make_lead(unit=dealer.unit)
    with pytest.raises(StepRefused):
        assign(lead, by=manager)
    client.force_login(dealer_sales)
    shown = client.get(reverse("customers:absence_step", args=[absence.pk, "end"]))
    assert shown.context["form"].initial["ends_on"] == day(-1)
    assert post(client, absence, "step", "end", ends_on=day(-1)).status_code == 302
    assert days(absence) == (-3, -1, "active")
    assert assign(lead, by=manager).owner == dealer_sales


def assign(lead, *, by):
    by_rules = next(step for step in LEAD_STEPS if step.name == "assign_by_rules")
    return take(by_rules, lead.pk, type(lead), by=by)


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        ((3, 5), (-1, 5), "starts_on"),
        ((-3, 5), (-2, 5), "starts_on"),
        ((-3, 5), (-3, -2), "ends_on"),
        ((-3, -1), (-3, 2), "__all__"),
        ((3, 5), (5, 3), "ends_on"),
    ],
)
def test_what_has_been_is_not_rewritten(client, sales1, was, becomes, field):
    absence = away(sales1, *was)
    client.force_login(sales1)
    answer = post(client, absence, "edit", starts_on=day(becomes[0]), ends_on=day(becomes[1]))
    assert field in answer.context["form"].errors
    assert days(absence) == (*was, "active")


@pytest.mark.parametrize(("first", "last"), [(-3, 5), (-3, -1)])
def test_one_that_has_begun_is_not_called_off(client, sales1, first, last):
    absence = away(sales1, first, last)
    client.force_login(sales1)
    assert "已经开始" in str(post(client, absence, "step", "cancel").context["form"].non_field_errors())
    assert days(absence) == (first, last, "active")


@pytest.mark.parametrize("name", ["end", "cancel"])
def test_one_called_off_is_at_rest(client, sales1, name):
    absence = away(sales1, 3, 5, status="cancelled")
    with pytest.raises(StepRefused):
        take(STEP[name], absence.pk, Absence, by=sales1, **({"ends_on": day(4)} if name == "end" else {}))
    with pytest.raises(RuleBroken):
        actions.change_absence(absence.pk, by=sales1, ends_on=day(9))
    client.force_login(sales1)
    assert not client.get(reverse("customers:absence_detail", args=[absence.pk])).context["can_change"]


def test_an_end_before_the_first_day_is_refused(sales1):
    absence = away(sales1, 3, 5)
    with pytest.raises(RuleBroken):
        take(STEP["end"], absence.pk, Absence, by=sales1, ends_on=day(2))
    assert days(absence) == (3, 5, "active")


def test_nobody_calls_off_a_colleagues_absence_but_his_manager_does(client, sales1, sales2, manager):
    absence = away(sales1, 3, 5)
    client.force_login(sales2)
    assert post(client, absence, "step", "cancel").status_code == 404
    client.force_login(manager)
    assert post(client, absence, "step", "cancel").status_code == 302
    assert days(absence) == (3, 5, "cancelled")

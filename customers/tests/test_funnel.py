"""The key figures of DOMAIN 1.8, by cohort of first visit and by calendar."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.periods import midnight, month_of
from customers import actions
from customers.funnel import Basis, Figure, Funnel, figures_of
from customers.models import ContactRecord, Customer, Opportunity, Stage, WalkIns
from customers.tests.factories import (
    make_contactrecord,
    make_customer,
    make_lead,
    make_opportunity,
    make_source,
    make_walkins,
)
from users.models import User

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = month_of(date(2026, 10, 1)), month_of(date(2026, 11, 1))
URL = reverse("customers:funnel")


def came(customer: Customer, day: date, kind: str = "showroom") -> ContactRecord:
    record = make_contactrecord(customer=customer, kind=kind)
    ContactRecord.objects.filter(pk=record.pk).update(at=midnight(day) + timedelta(hours=10))
    return record


def decided(customer: Customer, status: str, day: date) -> None:
    opportunity = make_opportunity(customer=customer)
    reason = {"lost_reason": "price"} if status == "lost" else {}
    last = Stage.objects.get(pipeline=opportunity.pipeline, kind=status)
    Opportunity.objects.filter(pk=opportunity.pk).update(status=status, stage=last, closed_at=midnight(day), **reason)


def figures(user: User, period, basis: str = Basis.COHORT):
    visible = (model.objects.visible_to(user) for model in (ContactRecord, Opportunity, WalkIns))
    return figures_of(Funnel(*visible, period), basis)


def shares(found) -> dict[str, str]:
    return {str(rate.label): rate.percent for rate in found.rates}


def the_example(sales1: User) -> None:
    """200 first visits, 150 files, 90 drives, 40 orders, 50 lost."""
    make_walkins(owner=sales1, unit=sales1.unit, on=date(2026, 10, 3), count=50)
    for number in range(150):
        customer = make_customer(owner=sales1)
        came(customer, date(2026, 10, 1 + number % 30))
        if number < 90:
            came(customer, date(2026, 11, 2), "test_drive")
        if number < 40:
            came(customer, date(2026, 11, 20), "order")
            decided(customer, "won", date(2026, 11, 20))
        elif number < 90:
            decided(customer, "lost", date(2026, 11, 21))


def test_the_example_of_the_trade(client, sales1, manager):
    the_example(sales1)
    found = figures(manager, OCTOBER)
    assert found.first_visits == 200
    assert shares(found) == {
        "留档率": "75.00%",
        "试驾率": "45.00%",
        "成交率": "20.00%",
        "战败率": "55.56%",
        "邀约到店率": "–",
        "二次到店率": "0.00%",
    }
    october = figures(manager, OCTOBER, Basis.CALENDAR)
    assert (october.first_visits, october.counts[Figure.TEST_DRIVES], october.won) == (200, 0, 0)
    november = figures(manager, NOVEMBER, Basis.CALENDAR)
    assert (november.first_visits, november.counts[Figure.TEST_DRIVES]) == (0, 90)
    assert (november.counts[Figure.ORDERS], november.won, november.lost) == (40, 40, 50)
    client.force_login(manager)
    page = client.get(URL, {"period": "2026-10"}).content.decode()
    for text in ("75.00%", "45.00%", "20.00%", "55.56%", "全部首次到店"):
        assert text in page


def test_repeat_business_counts_by_calendar_and_old_business_not_by_cohort(client, sales1, manager):
    repeats, returns = (make_customer(owner=sales1) for _number in range(2))
    for month, day in ((9, 1), (10, 5), (10, 25)):
        came(repeats, date(2026, month, day), "order" if month == 10 else "showroom")
        came(repeats, date(2026, month, day), "order")
    came(returns, date(2026, 8, 1), "order")
    decided(returns, "won", date(2026, 8, 1))
    came(returns, date(2026, 10, 2))
    found = figures(sales1, OCTOBER)
    assert (found.counts[Figure.FILES], found.counts[Figure.ORDERS], found.won) == (1, 0, 0)
    assert figures(sales1, OCTOBER, Basis.CALENDAR).counts[Figure.ORDERS] == 1
    came(returns, date(2026, 10, 20), "order")
    decided(returns, "won", date(2026, 10, 20))
    found = figures(sales1, OCTOBER)
    assert (found.counts[Figure.ORDERS], found.won) == (1, 1)
    client.force_login(manager)
    for _label, table, lines in client.get(URL, {"period": "2026-10"}).context["tables"]:
        for name, count, url in lines:
            assert len(client.get(url).context["rows"]) == count, (table.basis, name)


def test_a_second_visit_is_on_a_later_day(sales1):
    once, twice, same_day, long_ago = (make_customer(owner=sales1) for _number in range(4))
    for customer, *days in ((once, 1), (twice, 1, 5, 9), (same_day, 1, 1), (long_ago, 2, 3)):
        for day in days:
            came(customer, date(2026, 10, day))
    came(long_ago, date(2026, 9, 20))
    found = figures(sales1, OCTOBER)
    assert (found.counts[Figure.FILES], found.counts[Figure.SECOND_VISITS]) == (3, 1)
    by_calendar = figures(sales1, OCTOBER, Basis.CALENDAR)
    assert by_calendar.counts[Figure.SECOND_VISITS] == 2


def test_invited_are_those_whose_first_contact_was_a_call_or_message(sales1):
    called, called_and_came, walked_in = (make_customer(owner=sales1) for _number in range(3))
    came(called, date(2026, 10, 2), "call")
    came(called_and_came, date(2026, 10, 2), "message")
    came(called_and_came, date(2026, 11, 4))
    came(walked_in, date(2026, 10, 3))
    came(walked_in, date(2026, 10, 4), "call")
    assert shares(figures(sales1, OCTOBER))["邀约到店率"] == "50.00%"
    november = figures(sales1, NOVEMBER, Basis.CALENDAR)
    assert (november.counts[Figure.INVITED], november.counts[Figure.CAME]) == (0, 1)


def test_the_cycle_runs_from_the_first_visit_to_the_order(sales1):
    for days in (10, 20):
        customer = make_customer(owner=sales1)
        came(customer, date(2026, 10, 1))
        came(customer, date(2026, 10, 3))
        came(customer, date(2026, 10, 1) + timedelta(days=days), "order")
    assert figures(sales1, OCTOBER).cycle_days == 15


def test_a_lead_and_its_customer_are_one_visitor(sales1):
    lead = make_lead(owner=sales1, unit=sales1.unit)
    actions.record_contact(by=sales1, lead=lead, kind="showroom", summary="看车")
    actions.convert_lead(lead, by=sales1)
    actions.record_contact(by=sales1, customer=lead.customer, kind="showroom", summary="再看")
    period = month_of(ContactRecord.objects.first().at.date())
    assert figures(sales1, period).counts[Figure.FILES] == 1


def test_the_31st_at_half_past_eleven_belongs_to_its_month(sales1):
    customer = make_customer(owner=sales1)
    record = came(customer, date(2026, 10, 31))
    ContactRecord.objects.filter(pk=record.pk).update(at=midnight(date(2026, 11, 1)) - timedelta(minutes=30))
    assert figures(sales1, OCTOBER).counts[Figure.FILES] == 1
    assert figures(sales1, NOVEMBER).counts[Figure.FILES] == 0


def test_everybody_counts_what_he_sees(sales1, sales2, manager, manager2):
    came(make_customer(owner=sales1), date(2026, 10, 1))
    make_walkins(owner=sales1, unit=sales1.unit, on=date(2026, 10, 1), count=2)
    assert [figures(person, OCTOBER).first_visits for person in (sales1, sales2, manager, manager2)] == [3, 0, 3, 0]


@pytest.mark.parametrize("basis", Basis.values)
def test_each_figure_opens_the_rows_it_counts(client, sales1, manager, basis):
    fair = make_source(name="车展")
    make_walkins(owner=sales1, unit=sales1.unit, on=date(2026, 10, 3), count=1)
    for number in range(6):
        customer = make_customer(owner=sales1, source=fair if number % 2 else None)
        if number == 5:
            came(customer, date(2026, 10, 1), "call")
        came(customer, date(2026, 10, 2))
        for kind in ("showroom", "test_drive", "quotation", "order", "delivery")[:number]:
            came(customer, date(2026, 10, 12), kind)
        decided(customer, "won" if number > 3 else "lost", date(2026, 10, 20))
    client.force_login(manager)
    for source in ("", fair.pk):
        page = client.get(URL, {"period": "2026-10", "source": source})
        for _label, found, lines in page.context["tables"]:
            if found.basis != basis:
                continue
            for name, count, url in lines:
                assert len(client.get(url).context["rows"]) == count, name
            assert sum(count for _name, count, _url in lines) > 0


@pytest.mark.parametrize("value", ["", "0", "abc", "2026-13", "9" * 40, "a\x00b"])
def test_whatever_is_typed_is_answered(client, manager, value):
    client.force_login(manager)
    query = dict.fromkeys(("period", "unit", "source", "figure", "basis", "visited"), value)
    for url in (URL, reverse("customers:contactrecord_list"), reverse("customers:opportunity_list")):
        assert client.get(url, query).status_code == 200


def test_parties_without_a_name_are_counted_once_a_day(client, dealer):
    client.force_login(dealer)
    for count in (3, 2):
        client.post(reverse("customers:walkins_add"), {"on": "2026-10-05", "count": count})
    assert WalkIns.objects.get().count == 5

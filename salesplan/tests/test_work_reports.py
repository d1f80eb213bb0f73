from datetime import date, datetime, time, timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from contracts.models import Order
from contracts.tests.factories import make_order
from core.errors import RuleBroken, StepRefused
from core.models import Notice
from core.periods import SHANGHAI, Period, period_of
from customers.actions import record_contact
from customers.models import ContactRecord
from customers.tests.factories import make_contactrecord, make_customer, make_lead, make_opportunity
from salesplan import actions, activity, reporting, rules, tasks, workflow
from salesplan.models import ReportTemplate, WorkReport
from salesplan.tests.factories import make_workreport, take_report_step
from users.access import Role
from users.models import User

pytestmark = pytest.mark.django_db
S = WorkReport.Status
EVENING = time(20, 0)
WAYS = {
    ("submit", S.DRAFT): S.SUBMITTED,
    ("submit", S.RETURNED): S.SUBMITTED,
    ("review", S.SUBMITTED): S.REVIEWED,
    ("return", S.SUBMITTED): S.RETURNED,
    ("return", S.REVIEWED): S.RETURNED,
    ("answer", S.REVIEWED): S.REVIEWED,
}
DATA = {"submit": {}, "review": {"mark": "b", "note": "可以"}, "return": {"note": "太简单"}, "answer": {"note": "好的"}}


@pytest.fixture
def templates(cast):
    actions.add_standard_templates()
    User.objects.update(date_joined=timezone.now() - timedelta(days=400))


def today_of(person: User, **texts) -> WorkReport:
    """Today's report of a person, written."""
    report = actions.begin_report(by=person, period=period_of("day", timezone.localdate()))
    written = {1: "拜访鸿运出租，谈妥 2 台", 3: "回访三位到店客户"} | texts
    return actions.change_report(report.pk, by=person, texts=written)


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize("name", [step.name for step in workflow.WORK_REPORT_STEPS])
def test_each_step_is_open_from_its_statuses_only(cast, status, name):
    report = make_workreport(owner=cast["sales1"], submitted_at=timezone.now(), mark="c", status=status)
    by = cast["manager"] if name in ("review", "return") else cast["sales1"]
    if (name, status) in WAYS:
        assert take_report_step(report, name, by=by, **DATA[name]).status == WAYS[name, status]
        return
    with pytest.raises(RuleBroken):
        take_report_step(report, name, by=by, **DATA[name])
    report.refresh_from_db()
    assert report.status == status


def test_a_day_is_written_handed_in_reviewed_and_answered_over_http(client, templates, sales1, manager):
    client.force_login(sales1)
    make_contactrecord(owner=sales1, unit=sales1.unit)
    answer = client.post(reverse("salesplan:workreport_begin"), {"period": f"{timezone.localdate()}"})
    report = WorkReport.objects.get()
    assert answer.headers["Location"] == reverse("salesplan:workreport_edit", args=[report.pk])
    page = client.get(answer.headers["Location"])
    assert {shown.figure.name: shown.value for shown in page.context["figures"]}["contacts_call"] == 1
    client.post(answer.headers["Location"], {"section_1": "拜访鸿运出租", "section_2": "", "section_3": "回访"})
    client.post(reverse("salesplan:workreport_step", args=[report.pk, "submit"]))
    report.refresh_from_db()
    assert (report.status, report.reviewer) == (S.SUBMITTED, manager)
    assert Notice.objects.filter(user=manager).count() == 1
    client.force_login(manager)
    step = reverse("salesplan:workreport_step", args=[report.pk, "review"])
    client.post(step, {"mark": "a", "note": "客户跟得紧"})
    client.force_login(sales1)
    page = client.get(reverse("salesplan:workreport_detail", args=[report.pk])).content.decode()
    assert "客户跟得紧" in page
    assert "拜访鸿运出租" in page
    client.post(reverse("salesplan:workreport_step", args=[report.pk, "answer"]), {"note": "明天再跟"})
    report.refresh_from_db()
    assert (report.mark, report.review, report.answer) == ("a", "客户跟得紧", "明天再跟")
    assert Notice.objects.filter(user=manager).count() == 2


def test_a_step_that_asks_for_something_leads_to_its_form_first(client, manager, sales1):
    report = make_workreport(owner=sales1, status=S.SUBMITTED, submitted_at=timezone.now())
    client.force_login(manager)
    page = client.get(reverse("salesplan:workreport_detail", args=[report.pk])).content.decode()
    assert 'href="steps/review/"' in page
    assert 'action="steps/review/"' not in page


def test_figures_are_kept_as_they_were_when_handed_in(templates, client, sales1):
    make_contactrecord(owner=sales1, unit=sales1.unit)
    report = take_report_step(today_of(sales1), "submit", by=sales1)
    make_contactrecord(owner=sales1, unit=sales1.unit)
    client.force_login(sales1)
    page = client.get(reverse("salesplan:workreport_detail", args=[report.pk]))
    assert {shown.figure.name: shown.value for shown in page.context["figures"]}["contacts"] == 1
    assert activity.counted_for(sales1, report.period)["contacts"] == 2


def test_an_empty_section_that_must_be_filled_is_named(templates, sales1):
    report = actions.begin_report(by=sales1, period=period_of("day", timezone.localdate()))
    with pytest.raises(StepRefused, match="今日总结、明日计划"):
        take_report_step(report, "submit", by=sales1)


def test_a_returned_report_is_written_again_and_loses_its_mark(templates, sales1, manager):
    report = take_report_step(today_of(sales1), "submit", by=sales1)
    take_report_step(report, "review", by=manager, mark="a", note="好")
    report = take_report_step(report, "return", by=manager, note="请写明台数")
    assert (report.status, report.mark, report.review) == (S.RETURNED, "", "请写明台数")
    actions.change_report(report.pk, by=sales1, texts={1: "2 台"})
    assert take_report_step(report, "submit", by=sales1).status == S.SUBMITTED


def test_a_handed_in_report_is_not_changed(templates, client, sales1):
    report = take_report_step(today_of(sales1), "submit", by=sales1)
    with pytest.raises(RuleBroken):
        actions.change_report(report.pk, by=sales1, texts={1: "改"})
    client.force_login(sales1)
    url = reverse("salesplan:workreport_edit", args=[report.pk])
    assert client.post(url, {"section_1": "改"}).context["form"].non_field_errors()


def test_one_report_per_person_kind_and_period(templates, sales1):
    period = period_of("week", timezone.localdate())
    first = actions.begin_report(by=sales1, period=period)
    assert actions.begin_report(by=sales1, period=period) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        make_workreport(owner=sales1, kind="week", starts_on=period.start)


def test_nobody_writes_about_the_future_or_a_kind_his_role_has_not(templates, cast):
    today = timezone.localdate()
    with pytest.raises(RuleBroken):
        actions.begin_report(by=cast["sales1"], period=period_of("day", today + timedelta(days=1)))
    with pytest.raises(RuleBroken):
        actions.begin_report(by=cast["sales1"], period=period_of("quarter", today))
    with pytest.raises(RuleBroken):
        actions.begin_report(by=cast["finance"], period=period_of("day", today))


@pytest.mark.parametrize("period", ["", "gestern", "2026-13", "2026-11-22' OR 1=1", "9999-01-01", "2026-Q4"])
def test_an_unreadable_period_is_answered_with_a_sentence(client, templates, sales1, period):
    client.force_login(sales1)
    page = client.post(reverse("salesplan:workreport_begin"), {"period": period}, follow=True)
    assert page.status_code == 200
    assert list(page.context["messages"])
    assert not WorkReport.objects.exists()


def test_a_draft_is_read_by_its_author_alone(client, sales1, manager):
    report = make_workreport(owner=sales1)
    client.force_login(manager)
    assert client.get(reverse("salesplan:workreport_detail", args=[report.pk])).status_code == 404
    WorkReport.objects.filter(pk=report.pk).update(status=S.SUBMITTED, submitted_at=timezone.now())
    assert client.get(reverse("salesplan:workreport_detail", args=[report.pk])).status_code == 200


def test_a_manager_neither_hands_in_nor_reviews_in_his_own_matter(manager, sales1, director):
    with pytest.raises(PermissionDenied):
        take_report_step(make_workreport(owner=sales1), "review", by=sales1, mark="a", note="自评")
    own = make_workreport(owner=manager, status=S.SUBMITTED, submitted_at=timezone.now())
    with pytest.raises(StepRefused):
        take_report_step(own, "review", by=manager, mark="a", note="自评")
    assert take_report_step(own, "review", by=director, mark="a", note="好").mark == "a"


def test_a_manager_is_not_offered_to_hand_in_for_others(client, manager, sales1):
    report = make_workreport(owner=sales1, status=S.RETURNED, submitted_at=timezone.now())
    client.force_login(manager)
    assert client.get(reverse("salesplan:workreport_detail", args=[report.pk])).context["steps"] == []
    assert client.post(reverse("salesplan:workreport_step", args=[report.pk, "submit"])).status_code == 403
    assert client.get(reverse("salesplan:workreport_edit", args=[report.pk])).status_code == 404


@pytest.mark.parametrize(
    ("author", "reviewer"),
    [
        ("sales1", "manager"),
        ("dealer_sales", "dealer"),
        ("dealer", "manager"),
        ("manager", "director"),
        ("dealer2", "manager2"),
        ("director", None),
    ],
)
def test_the_nearest_manager_above_reviews(cast, author, reviewer):
    assert reporting.reviewer_for(cast[author]) == cast.get(reviewer)


def test_a_manager_who_left_is_passed_over(cast):
    User.objects.filter(pk=cast["manager"].pk).update(is_active=False)
    assert reporting.reviewer_for(cast["sales1"]) == cast["director"]


@pytest.mark.parametrize(
    ("kind", "day", "after", "due"),
    [
        ("day", date(2026, 11, 20), 0, date(2026, 11, 20)),
        ("day", date(2026, 11, 21), 0, date(2026, 11, 23)),  # a Saturday
        ("week", date(2026, 11, 18), 1, date(2026, 11, 23)),
        ("week", date(2026, 9, 30), 1, date(2026, 10, 8)),  # the Monday after lies in the National Day holiday
        ("month", date(2026, 10, 9), 3, date(2026, 11, 3)),
        ("month", date(2026, 9, 9), 3, date(2026, 10, 8)),
    ],
)
def test_reports_are_due_on_working_days(kind, day, after, due):
    assert rules.report_due_at(period_of(kind, day), after_days=after, at=EVENING) == datetime.combine(
        due, EVENING, tzinfo=SHANGHAI
    )


def test_days_of_rest_are_not_asked_for():
    periods = reporting.recent_periods("day", date(2026, 10, 9), 4)
    assert [f"{period.start:%m-%d}" for period in periods] == ["09-29", "09-30", "10-08", "10-09"]


def test_on_a_day_of_rest_one_may_report_but_misses_nothing(templates, sales1):
    sunday = datetime(2026, 11, 22, 21, 0, tzinfo=SHANGHAI)
    sales1.refresh_from_db()
    days = [duty for duty in reporting.own_duties(sales1, sunday) if duty.kind == "day"]
    assert [f"{duty.period}" for duty in days][-2:] == ["2026-11-20", "2026-11-22"]
    assert [duty.is_missing for duty in days][-2:] == [True, False]


def test_what_is_missing_counts_from_the_due_hour_and_from_the_day_one_came(templates, cast):
    at = datetime(2026, 11, 20, 21, 0, tzinfo=SHANGHAI)
    days = reporting.recent_periods("day", date(2026, 11, 20), 3)
    User.objects.filter(pk=cast["sales2"].pk).update(date_joined=datetime(2026, 11, 20, 9, tzinfo=SHANGHAI))
    make_workreport(owner=cast["sales1"], starts_on=date(2026, 11, 19), status=S.SUBMITTED, submitted_at=at)
    people = User.objects.filter(username__in=["sales1", "sales2", "finance"])
    late = {one.person.username: one for one in reporting.reporters(people, "day", days, at)}
    early = {one.person.username: one for one in reporting.reporters(people, "day", days, at - timedelta(hours=2))}
    assert {name: one.missing_count for name, one in late.items()} == {"sales1": 2, "sales2": 1}
    assert {name: one.missing_count for name, one in early.items()} == {"sales1": 1, "sales2": 0}


def test_manager_sees_who_is_missing_in_his_subtree_and_reminds_them(client, templates, cast):
    client.force_login(cast["manager"])
    url = reverse("salesplan:workreport_missing")
    page = client.get(url, {"kind": "month", "all": "1"})
    names = {one.person.username for one, _cells in page.context["rows"]}
    assert names == {"sales1", "sales2", "dealer", "dealer_sales"}
    period = page.context["columns"][-2][0]
    client.post(url, {"kind": "month", "period": f"{period}"})
    assert set(Notice.objects.values_list("user__username", flat=True)) == names
    assert client.post(url, {"kind": "month", "period": "1999-01"}).status_code == 302
    assert Notice.objects.count() == 4
    client.force_login(cast["sales1"])
    assert client.get(url).status_code == 403


def test_the_page_of_the_missing_costs_the_same_for_more_people(client, templates, cast, django_assert_max_num_queries):
    client.force_login(cast["director"])
    url = reverse("salesplan:workreport_missing")
    client.get(url)
    with django_assert_max_num_queries(16):
        assert client.get(url).status_code == 200


def test_a_manager_reminds_only_his_own_people(templates, cast):
    period = period_of("month", date(2026, 10, 1))
    keys = [cast["sales1"].pk, cast["dealer2"].pk]
    assert actions.remind_of_reports(keys, by=cast["manager"], period=period) == 1
    assert Notice.objects.get().user == cast["sales1"]


def test_whoever_missed_the_hour_is_reminded_once(templates, cast):
    User.objects.exclude(username__in=["sales1", "sales2"]).update(is_active=False)
    evening = datetime(2026, 11, 20, 20, 5, tzinfo=SHANGHAI)
    make_workreport(owner=cast["sales1"], starts_on=evening.date(), status=S.SUBMITTED, submitted_at=evening)
    with (
        patch.object(tasks.timezone, "now", return_value=evening),
        patch.object(tasks.send_reminders, "delay", side_effect=tasks.send_reminders.run),
        TestCase.captureOnCommitCallbacks(execute=True),
    ):
        tasks.remind_missing()
        tasks.remind_missing()
    notice = Notice.objects.get()
    assert (notice.user, notice.text) == (cast["sales2"], "您的日报（2026年11月20日）尚未提交。")


def listed(client, shown: activity.Shown):
    """What the list behind a figure holds: the sum of its money column, else the number of its rows."""
    context = client.get(shown.url).context
    if shown.figure.is_money:
        return {column.name: total for column, _heading, total in context["totals"]}.popitem()[1] or 0
    return context["page"].count


def one_of_each(owner: User, moment: datetime) -> None:
    """A person's deeds at one moment: contacts of each kind with two customers and a lead, and what came of them."""
    unit = owner.unit
    customers = [make_customer(owner=owner, unit=unit) for _ in range(2)]
    for kind in ContactRecord.Kind.values:
        make_contactrecord(customer=customers[0], kind=kind, at=moment)
    make_contactrecord(customer=customers[1], kind="call", at=moment)
    lead = make_lead(owner=owner, unit=unit)
    record_contact(by=owner, lead=lead, kind="call", summary="询问路宝现车", at=moment)
    opportunity = make_opportunity(customer=customers[0])
    order = make_order(owner=owner, unit=unit, status="approved")
    for record, name in (
        (lead, "recorded_at"),
        (opportunity, "created_at"),
        *((one, "created_at") for one in customers),
    ):
        type(record).objects.filter(pk=record.pk).update(**{name: moment})
    Order.objects.filter(pk=order.pk).update(approved_on=timezone.localdate(moment))


@pytest.mark.parametrize("reader", ["sales1", "manager", "director", "dealer"])
def test_each_figure_is_the_number_of_rows_its_list_shows(client, cast, reader):
    """At both ends of the month, in China's time: 23:30 of the 31st belongs to it, 00:30 of the 1st to the next."""
    october = Period("month", date(2026, 10, 1), date(2026, 11, 1))
    for owner in (cast["sales1"], cast["manager2"], cast["dealer"]):
        one_of_each(owner, datetime(2026, 10, 31, 23, 30, tzinfo=SHANGHAI))
        one_of_each(owner, datetime(2026, 11, 1, 0, 30, tzinfo=SHANGHAI))
        one_of_each(owner, datetime(2026, 10, 1, 0, 30, tzinfo=SHANGHAI))
    client.force_login(cast[reader])
    found = activity.counted(cast[reader], october)
    assert (cast["sales1"].pk in found) == (reader in ("sales1", "manager", "director"))
    for person, values in found.items():
        figures = activity.shown(values, person, october, reader=cast[reader])
        assert {shown.figure.name for shown in figures} >= {"contacts", "orders", "leads_followed"}
        for shown in figures:
            assert listed(client, shown) == shown.value, shown.figure.name
    if reader == "sales1":
        own = found[cast["sales1"].pk]
        kinds = len(ContactRecord.BY_HAND)
        assert (own["contacts"], own["customers_followed"], own["leads_followed"]) == (2 * kinds + 4, 4, 2)
        assert (own["leads"], own["customers"], own["opportunities"], own["orders"]) == (2, 4, 2, 2)


def test_counting_costs_the_same_for_more_people(cast, django_assert_num_queries):
    make_contactrecord(owner=cast["sales1"], unit=cast["sales1"].unit)
    period = period_of("month", timezone.localdate())
    cast["director"].has_perm("customers.view_lead")
    with django_assert_num_queries(len(activity.SOURCES)):
        activity.counted(cast["director"], period)
    for owner in (cast["sales2"], cast["dealer"], cast["dealer_sales"]):
        make_contactrecord(owner=owner, unit=owner.unit)
    with django_assert_num_queries(len(activity.SOURCES)):
        assert len(activity.counted(cast["director"], period)) == 4


def test_templates_are_changed_in_their_lines_and_reports_begun_keep_theirs(client, templates, director, sales1):
    report = actions.begin_report(by=sales1, period=period_of("day", timezone.localdate()))
    template = ReportTemplate.objects.get(kind="day", role=Role.SALESMAN)
    client.force_login(director)
    form = {
        "kind": "day",
        "role": "salesman",
        "due_after_days": 0,
        "due_at": "19:00",
        "is_required": "on",
        "lines-TOTAL_FORMS": 1,
        "lines-INITIAL_FORMS": 0,
        "lines-0-part": "summary",
        "lines-0-title": "今日成交",
        "lines-0-prompt": "",
    }
    client.post(reverse("salesplan:reporttemplate_edit", args=[template.pk]), form)
    assert [section.title for section in template.sections.all()] == ["今日成交"]
    assert report.entries.count() == 3

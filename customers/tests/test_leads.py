from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken, StepRefused
from core.models import Notice
from core.tests.crowd import done_and_refused
from core.workflow import take
from customers import actions, queries, rules, workflow
from customers.models import Customer, Lead, Opportunity
from customers.tests.factories import assigned_lead, make_customer, make_lead, make_source

pytestmark = pytest.mark.django_db
STEP = {step.name: step for step in workflow.LEAD_STEPS}


@pytest.mark.parametrize(
    "raw",
    [
        *("13904518821", "+86 139 0451 8821", "8613904518821", "139-0451-8821", "0086 13904518821"),
        *("１３９０４５１８８２１", "1３９０４５１８８２１", "＋８６　１３９－０４５１－８８２１"),
    ],
)
def test_mobile_is_kept_as_eleven_digits(raw):
    assert rules.plain_phone(raw, mobile_only=True) == "13904518821"


@pytest.mark.parametrize(
    "raw", ["", "12345678901", "1390451882", "139045188210", "abc", "0451-82345678", "1٣٩٠٤٥١٨٨٢١"]
)
def test_what_is_no_mobile_is_refused_with_a_sentence(raw):
    with pytest.raises(RuleBroken) as refusal:
        rules.plain_phone(raw, mobile_only=True)
    assert "11" in refusal.value.sentence


@pytest.mark.parametrize(("level", "day"), [("h", 24), ("a", 26), ("b", 29)])
def test_follow_up_is_due_by_intent_level(level, day):
    assert queries.next_contact_due(level, date(2026, 11, 22)) == date(2026, 11, day)


def test_dealer_records_a_lead_and_the_regional_manager_hears_of_it(client, dealer, manager, manager2):
    client.force_login(dealer)
    form = {
        "name": "刘洋",
        "phone": "139 0451 8821",
        "city": "哈尔滨",
        "source": make_source().pk,
        "intent_level": "h",
        "note": "",
    }
    answer = client.post(reverse("customers:lead_add"), form)
    lead = Lead.objects.get()
    assert answer.headers["Location"] == reverse("customers:lead_detail", args=[lead.pk])
    assert (lead.unit, lead.owner, lead.status, lead.phone) == (dealer.unit, None, "new", "13904518821")
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"manager"}


def test_a_phone_typed_in_full_width_digits_is_kept_as_any_other(client, sales1):
    client.force_login(sales1)
    lead = {"name": "刘洋", "phone": "１３９１２３４５６９９", "source": make_source().pk, "intent_level": "h"}
    client.post(reverse("customers:lead_add"), lead)
    assert Lead.objects.get().phone == "13912345699"
    twin = client.post(reverse("customers:lead_add"), lead | {"phone": "13912345699"})
    assert twin.context["form"].errors["phone"]
    customer = {
        "name": "鸿运出租",
        "kind": "taxi",
        "phone": "１３９１２３４５６８８",
        "other_phone": "０４５１－８２３４５６７８",
    }
    client.post(reverse("customers:customer_add"), customer | {"level": "c", "care_level": "standard"})
    assert list(Customer.objects.values_list("phone", "other_phone")) == [("13912345688", "0451-82345678")]


def test_bad_phone_keeps_what_was_typed_and_says_what_to_do(client, dealer):
    client.force_login(dealer)
    form = {"name": "刘洋", "phone": "12345", "source": make_source().pk, "intent_level": "h"}
    page = client.post(reverse("customers:lead_add"), form)
    assert page.status_code == 200
    assert page.context["form"].errors["phone"]
    assert "刘洋" in page.content.decode()
    assert not Lead.objects.exists()


def test_same_phone_in_the_same_unit_is_the_same_lead(dealer, dealer2):
    make_lead(owner=dealer, unit=dealer.unit, phone="13904518821")
    with pytest.raises(RuleBroken):
        actions.record_lead(by=dealer, name="又是他", phone="13904518821", source=make_source())
    assert actions.record_lead(by=dealer2, name="别处", phone="13904518821", source=make_source()).pk


def test_manager_assigns_and_the_salesman_sees_it(client, manager, sales1, sales2):
    lead = make_lead(unit=manager.unit, owner=None)
    client.force_login(manager)
    client.post(reverse("customers:lead_step", args=[lead.pk, "assign"]), {"owner": sales1.pk})
    lead.refresh_from_db()
    assert (lead.owner, lead.status) == (sales1, "assigned")
    client.force_login(sales2)
    assert client.get(reverse("customers:lead_detail", args=[lead.pk])).status_code == 404
    client.force_login(sales1)
    assert client.get(reverse("customers:lead_detail", args=[lead.pk])).status_code == 200


def test_lead_is_not_assigned_to_another_region(client, manager, director, manager2):
    lead = make_lead(unit=manager.unit, owner=None)
    with pytest.raises(StepRefused):
        take(STEP["assign"], lead.pk, Lead, by=director, owner=manager2)
    client.force_login(manager)
    page = client.post(reverse("customers:lead_step", args=[lead.pk, "assign"]), {"owner": manager2.pk})
    assert page.context["form"].errors["owner"]


def test_salesman_converts_into_customer_contact_and_opportunity(client, manager, sales1):
    lead = assigned_lead(by=manager, owner=sales1, name="刘洋", phone="13904518821")
    client.force_login(sales1)
    client.post(reverse("customers:lead_step", args=[lead.pk, "qualify"]), {"intent_level": "a"})
    form = {"kind": "person", "quantity": 1, "amount": "58000"}
    answer = client.post(reverse("customers:lead_step", args=[lead.pk, "convert"]), form)
    assert answer.status_code == 302
    customer, opportunity = Customer.objects.get(), Opportunity.objects.get()
    assert (customer.name, customer.phone, customer.owner, customer.stage) == (
        "刘洋",
        "13904518821",
        sales1,
        "potential",
    )
    assert customer.contacts.get().is_primary
    assert (opportunity.customer, opportunity.lead_id, opportunity.amount) == (customer, lead.pk, 58_000)
    lead.refresh_from_db()
    assert (lead.status, lead.customer) == ("converted", customer)


def test_known_phone_is_warned_and_the_existing_customer_can_be_chosen(client, manager, sales1):
    known = make_customer(owner=sales1, phone="13904518821", name="刘洋")
    lead = assigned_lead(by=manager, owner=sales1, phone="13904518821")
    take(STEP["qualify"], lead.pk, Lead, by=sales1, intent_level="a", next_contact_on=None)
    client.force_login(sales1)
    page = client.get(reverse("customers:lead_step", args=[lead.pk, "convert"]))
    assert "刘洋" in page.context["form"].fields["customer"].help_text
    form = {"customer": known.pk, "kind": "person", "quantity": 2, "amount": "0"}
    client.post(reverse("customers:lead_step", args=[lead.pk, "convert"]), form)
    assert Customer.objects.get() == known
    assert known.opportunities.get().quantity == 2


def test_whoever_converts_too_early_is_told_what_comes_before_and_fills_in_no_form(client, manager, sales1):
    lead = assigned_lead(by=manager, owner=sales1)
    client.force_login(sales1)
    url = reverse("customers:lead_step", args=[lead.pk, "convert"])
    page = client.get(url, follow=True)
    assert page.redirect_chain == [(reverse("customers:lead_detail", args=[lead.pk]), 302)]
    assert "只有处于以下状态时才能执行“转为客户”：有效线索" in page.content.decode()
    sent = client.post(url, {"kind": "person", "quantity": 1, "amount": "0"})
    assert "：有效线索" in str(sent.context["form"].non_field_errors())


def test_a_strangers_customer_with_the_phone_is_not_named(client, manager, sales1, manager2):
    make_customer(owner=manager2, unit=manager2.unit, phone="13904518821", name="上海客户")
    lead = assigned_lead(by=manager, owner=sales1, phone="13904518821")
    take(STEP["qualify"], lead.pk, Lead, by=sales1, intent_level="a", next_contact_on=None)
    client.force_login(sales1)
    page = client.get(reverse("customers:lead_step", args=[lead.pk, "convert"]))
    assert page.context["form"].fields["customer"].help_text
    assert "上海客户" not in page.content.decode()


@pytest.mark.parametrize("status", Lead.Status.values)
@pytest.mark.parametrize("name", STEP)
def test_steps_are_open_only_from_their_sources(director, status, name):
    open_from = {"award": {"contested"}, "dismiss": {"contested"}, "assign_by_rules": {"new"},
                 "assign": {"new", "assigned"}, "qualify": {"new", "assigned"}, "convert": {"qualified"},
                 "invalidate": {"new", "assigned", "qualified"}}  # fmt: skip
    assert STEP[name].is_open(Lead(status=status)) == (status in open_from[name])


def test_invalid_needs_a_reason(sales1):
    lead = make_lead(owner=sales1, unit=sales1.unit)
    with pytest.raises(StepRefused):
        take(STEP["invalidate"], lead.pk, Lead, by=sales1)
    assert take(STEP["invalidate"], lead.pk, Lead, by=sales1, note="空号").status == "invalid"


def test_history_keeps_a_change_made_behind_djangos_back(sales1, sales2):
    lead = make_lead(owner=sales1, unit=sales1.unit)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_lead SET owner_id = %s WHERE id = %s", [sales2.pk, lead.pk])
    assert list(lead.events.order_by("pgh_id").values_list("owner_id", flat=True))[-1] == sales2.pk


@pytest.mark.django_db(transaction=True)
def test_twenty_conversions_at_once_make_one_customer(manager, sales1):
    lead = assigned_lead(by=manager, owner=sales1)
    take(STEP["qualify"], lead.pk, Lead, by=sales1, intent_level="a", next_contact_on=None)
    deed = partial(take, STEP["convert"], lead.pk, Lead, by=sales1)
    assert done_and_refused([deed] * 20) == (1, 19)
    assert Customer.objects.count() == 1


def test_a_call_without_a_next_day_leaves_the_lead_with_the_one_its_level_asks_for(client, sales1):
    today = timezone.localdate()
    lead = make_lead(owner=sales1, unit=sales1.unit, intent_level="b", next_contact_on=today)
    client.force_login(sales1)
    call = {"lead": lead.pk, "kind": "call", "summary": "询问路宝现车", "next_contact_on": ""}
    client.post(reverse("customers:contactrecord_add"), call)
    lead.refresh_from_db()
    assert lead.contact_records.count() == 1
    assert lead.next_contact_on == today + timedelta(days=7)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_shows_is_refused(client, dealer, day):
    client.force_login(dealer)
    form = {"name": "刘洋", "phone": "13904518821", "source": make_source().pk, "intent_level": "h"}
    page = client.post(reverse("customers:lead_add"), form | {"next_contact_on": day})
    assert list(page.context["form"].errors) == ["next_contact_on"]

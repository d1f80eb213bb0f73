"""Two rows of one customer become one, and are parted again as if nothing had been."""

import hashlib
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pghistory.models
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from contracts.tests.factories import make_order, make_quotation
from core.errors import RuleBroken, StepRefused
from core.models import Notice
from core.workflow import take
from customers import actions, queries, workflow
from customers.actions.merges import CHOICES, CHOSEN_BY_NAME, DERIVED, OF_THE_ROW
from customers.models import Contact, Customer, CustomerMerge, CustomerShare, Opportunity, OwnerChange, TimelineEntry
from customers.references import references, staying_models
from customers.tests.factories import (
    make_contact,
    make_contactrecord,
    make_customer,
    make_customershare,
    make_keyaccountregistration,
    make_opportunity,
    make_purchaserecord,
)
from users.actions import add_task

pytestmark = pytest.mark.django_db
# Written anew by whoever adds a relation: each of them follows a customer into the row he is merged into.
FOLLOWING = {
    "aftersales.ServiceRequest.customer",
    "contracts.Contract.customer",
    "contracts.Order.buyer_customer",
    "contracts.Order.customer",
    "contracts.Quotation.customer",
    "contracts.Receivable.buyer_customer",
    "contracts.Retail.customer",
    "core.Attachment.object_id",
    "customers.AnnualFrame.customer",
    "customers.Contact.customer",
    "customers.ContactRecord.customer",
    "customers.Customer.merged_into",
    "customers.Customer.parent",
    "customers.CustomerShare.customer",
    "customers.KeyAccountRegistration.customer",
    "customers.Lead.customer",
    "customers.Opportunity.customer",
    "customers.PricePolicy.customer",
    "users.CalendarEntry.object_id",
    "users.Task.object_id",
}
# Histories and ledgers: never changed, read through ``of_customer`` or ``with_merged``.
STAYING = {
    "ApprovalCase",
    "Consent",
    "CustomerMerge",
    "OwnerChange",
    "PurchaseRecord",
    "Receipt",
    "StatusChange",
    "TimelineEntry",
}


@pytest.fixture
def pair(sales1, sales2) -> tuple[Customer, Customer]:
    """One company entered twice, each row with something of every kind hanging on it."""
    rows = [
        make_customer(owner=sales1, unit=sales1.unit, name="哈尔滨冰城物流", phone="13904510001", industry="物流"),
        make_customer(
            owner=sales2, unit=sales2.unit, name="冰城物流有限公司", phone="13904510002", address="学府路1号"
        ),
    ]
    for number, row in enumerate(rows):
        make_contact(customer=row, is_primary=True, name=f"联系人{number}")
        make_contact(customer=row, name=f"司机{number}")
        opportunity = make_opportunity(customer=row)
        make_contactrecord(customer=row)
        make_keyaccountregistration(customer=row)
        make_purchaserecord(customer=row, amount=58_000 + number)
        make_customershare(customer=row)
        make_quotation(customer=row)
        make_order(customer=row)
        make_customer(owner=row.owner, unit=row.unit, parent=row)
        add_task(by=row.owner, title="回访", due_on=timezone.localdate(), target=row)
        add_task(by=row.owner, title="跟进", due_on=timezone.localdate(), target=opportunity)
        actions.add_timeline_entry(row.pk, by=None, message="Order %(order)s was approved.", order=f"DD-{number}")
    rows[1].refresh_from_db()
    Customer.objects.filter(pk=rows[1].pk).update(extra={"route": "哈大"})
    return Customer.objects.get(pk=rows[0].pk), Customer.objects.get(pk=rows[1].pk)


def digest() -> dict[str, str]:
    """Of every column of every row of all tables that a merge can touch; logs and histories are left out."""
    tables = {reference.model._meta.db_table for reference in references()} | {
        model._meta.db_table for model in staying_models() if model not in (CustomerMerge,)
    }
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - {"core_statuschange"}):
            cursor.execute(f'SELECT row::text FROM "{table}" row ORDER BY 1')
            found[table] = hashlib.sha256("\n".join(text for (text,) in cursor.fetchall()).encode()).hexdigest()
    return found


def undo(merge: CustomerMerge, by) -> None:
    take(workflow.MERGE_STEPS[0], merge.pk, CustomerMerge, by=by)


def test_every_relation_to_a_customer_is_known():
    assert {reference.label for reference in references()} == FOLLOWING
    assert {model.__name__ for model in staying_models()} == STAYING


def test_every_column_of_a_customer_is_chosen_derived_or_stays():
    columns = {field.attname for field in Customer._meta.concrete_fields}
    chosen = {attname for parts in CHOICES.values() for attname in parts} | CHOSEN_BY_NAME
    assert chosen | DERIVED | OF_THE_ROW == columns
    assert not chosen & (DERIVED | OF_THE_ROW)


def test_everything_that_points_to_the_loser_follows(director, pair):
    winner, loser = pair
    actions.merge_customers(winner.pk, loser.pk, by=director)
    for reference in references():
        left = reference.rows_of(loser.pk)
        assert not left.exists(), reference.label
    assert winner.contacts.filter(is_primary=True).get().name == "联系人0"
    assert winner.opportunities.count() == 2
    assert winner.subsidiaries.count() == 2


def test_what_never_changes_is_added_up_with_the_loser(client, director, pair):
    winner, loser = pair
    actions.merge_customers(winner.pk, loser.pk, by=director)
    assert queries.purchase_total(winner.pk) == Decimal("116001.00")
    assert TimelineEntry.objects.of_customer(winner.pk).count() == 2
    client.force_login(director)
    page = client.get(reverse("customers:customer_timeline", args=[winner.pk])).content.decode()
    assert "DD-0" in page
    assert "DD-1" in page


def test_figures_of_the_account_tree_and_the_lists_behind_them_count_the_loser(client, director, pair):
    winner, loser = pair
    group = make_customer(owner=winner.owner, unit=winner.unit, name="冰城集团")
    actions.change_customer(winner.pk, by=director, parent=group)
    actions.merge_customers(winner.pk, loser.pk, by=director)
    client.force_login(director)
    for customer, link in ((winner, {"customer": winner.pk}), (group, {"group": group.pk})):
        page = client.get(reverse("customers:customer_detail", args=[customer.pk])).content.decode()
        assert "116,001.00" in page, customer
        listed = client.get(reverse("customers:purchaserecord_list"), link)
        assert len(listed.context["rows"]) == 2


def test_no_other_code_adds_up_by_one_row_of_a_customer():
    """Ledgers and histories of a customer are read through ``of_customer``, never through the related name."""
    root = Path(__file__).resolve().parents[2]
    code = [path for path in root.glob("*/**/*.py") if not {"tests", "migrations", "demo", ".venv"} & set(path.parts)]
    direct = re.compile(
        r"\b(\w*customer|winner|loser|record)\.(purchases|timeline|owner_changes|consents)\b"
        r"|(PurchaseRecord|TimelineEntry|OwnerChange|Consent)\.objects(\.visible_to\(\w+\))?\.filter\(customer=(?!OuterRef)"
        r"|(purchases|owner_changes)__"
    )
    found = [f"{path.relative_to(root)}: {hit.group()}" for path in code for hit in direct.finditer(path.read_text())]
    assert not found


@pytest.mark.parametrize(
    "taken",
    [
        (),
        ("name", "phone"),
        ("owner", "address", "extra_route"),
        (*CHOICES, "extra_route"),
    ],
    ids=["nothing", "name and phone", "owner and own field", "everything"],
)
def test_merge_and_undo_leave_every_row_as_it_was(director, pair, taken):
    winner, loser = pair
    before = digest()
    merge = actions.merge_customers(winner.pk, loser.pk, by=director, taken=taken)
    assert digest() != before
    undo(merge, director)
    assert digest() == before


def test_owners_who_heard_of_a_merge_hear_that_it_is_undone(director, sales1, pair):
    winner, loser = pair
    Customer.objects.filter(pk=loser.pk).update(owner=sales1)
    undo(actions.merge_customers(winner.pk, loser.pk, by=director, taken=[]), director)
    told = [notice.text for notice in Notice.objects.filter(user=sales1).order_by("pk")]
    assert "合并到" in told[0]
    assert "撤销" in told[1]


def test_chain_of_merges_is_undone_from_the_last_to_the_first(director, sales1, pair):
    winner, loser = pair
    third = make_customer(owner=sales1, unit=sales1.unit)
    before = digest()
    first = actions.merge_customers(loser.pk, third.pk, by=director)
    second = actions.merge_customers(winner.pk, loser.pk, by=director, taken=("owner",))
    assert set(Customer.objects.filter(merged_into=winner).values_list("pk", flat=True)) == {loser.pk, third.pk}
    with pytest.raises(StepRefused, match="此后又被合并"):
        undo(first, director)
    undo(second, director)
    undo(first, director)
    assert digest() == before


def test_chosen_values_are_taken_from_the_loser(client, director, pair):
    winner, loser = pair
    client.force_login(director)
    page = f"{reverse('customers:customer_merge')}?pk={winner.pk}&pk={loser.pk}"
    shown = client.get(page)
    assert [row.name for row in shown.context["rows"]] == [
        "owner", "name", "phone", "address", "industry", "extra_route",
    ]  # fmt: skip
    values = {"winner": winner.pk, "phone": loser.pk, "name": winner.pk, "extra_route": loser.pk}
    assert client.post(page, values).status_code == 302
    kept = Customer.objects.get(pk=winner.pk)
    assert (kept.name, kept.phone, kept.extra) == ("哈尔滨冰城物流", "13904510002", {"route": "哈大"})


def test_loser_is_found_as_the_winner(client, director, manager, pair):
    winner, loser = pair
    actions.merge_customers(winner.pk, loser.pk, by=director)
    client.force_login(manager)
    for query in (loser.number, "13904510002", "冰城物流有限公司"):
        answer = client.get(reverse("customers:customer_list"), {"q": query})
        assert [row.pk for row in answer.context["rows"]] == [winner.pk], query
    answer = client.get(reverse("customers:customer_detail", args=[loser.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("customers:customer_detail", args=[winner.pk]))


def test_change_after_the_merge_keeps_the_loser_findable(director, pair):
    winner, loser = pair
    actions.merge_customers(winner.pk, loser.pk, by=director)
    actions.change_customer(winner.pk, by=director, industry="快递")
    assert loser.number.lower() in Customer.objects.get(pk=winner.pk).search_text


def test_new_rows_stay_with_the_winner_after_an_undo(director, pair):
    winner, loser = pair
    merge = actions.merge_customers(winner.pk, loser.pk, by=director)
    later = make_contact(customer=Customer.objects.get(pk=winner.pk), name="新司机")
    make_contactrecord(customer=Customer.objects.get(pk=winner.pk))
    undo(merge, director)
    assert Contact.objects.get(pk=later.pk).customer == winner
    assert loser.contacts.count() == 2


def move_an_opportunity(merge, pair):
    Opportunity.objects.filter(pk__in=merge.moved["customers.Opportunity.customer"]).update(
        customer=make_customer(owner=pair[0].owner, unit=pair[0].unit)
    )


def change_the_phone(merge, pair):
    actions.change_customer(pair[0].pk, by=pair[0].owner, phone="13904519999")


def make_the_other_contact_primary(merge, pair):
    actions.change_contact(merge.moved["customers.Contact.customer"][1], by=pair[0].owner, is_primary=True)


def let_thirty_days_pass(merge, pair):
    CustomerMerge.objects.update(at=timezone.now() - timedelta(days=31))


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (move_an_opportunity, "移到了别的客户"),
        (change_the_phone, "电话"),
        (make_the_other_contact_primary, "首要联系人"),
        (let_thirty_days_pass, "30"),
    ],
)
def test_undo_is_refused_with_what_changed_since(client, director, pair, meanwhile, sentence):
    winner, loser = pair
    merge = actions.merge_customers(winner.pk, loser.pk, by=director, taken=("phone",))
    meanwhile(merge, pair)
    before = digest()
    client.force_login(director)
    answer = client.post(reverse("customers:customermerge_step", args=[merge.pk, "undo"]))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert digest() == before
    merge.refresh_from_db()
    assert merge.status == "merged"


def test_transfer_after_a_merge_takes_the_loser_along(director, manager, pair):
    winner, loser = pair
    actions.merge_customers(winner.pk, loser.pk, by=director)
    actions.transfer_customers([winner.pk], by=director, owner=manager, reason="大区接手")
    assert set(Customer.objects.with_merged(winner.pk).values_list("owner__username", flat=True)) == {"manager"}
    assert OwnerChange.objects.of_customer(winner.pk).count() == 1


def test_share_that_both_have_stays_once(director, pair, sales2, dealer_sales):
    winner, loser = pair
    for row in pair:
        actions.share_customer(row.pk, by=row.owner, person=dealer_sales, until=timezone.localdate())
    actions.merge_customers(winner.pk, loser.pk, by=director)
    assert CustomerShare.objects.filter(customer=winner, person=dealer_sales, ended_at=None).count() == 1


def test_what_one_customer_has_only_once_is_named(director, pair, monkeypatch):
    winner, loser = pair
    for row in pair:
        project = row.registrations.get()
        type(project).objects.filter(pk=project.pk).update(
            project_name="机场班车", status="registered", protected_until=timezone.localdate()
        )
    with pytest.raises(RuleBroken, match="大客户报备"):
        actions.merge_customers(winner.pk, loser.pk, by=director)


@pytest.mark.parametrize(("who", "status"), [("manager", 200), ("director", 200), ("sales1", 403), ("finance", 403)])
def test_merging_is_a_right_of_its_own(client, cast, pair, who, status):
    client.force_login(cast[who])
    page = f"{reverse('customers:customer_merge')}?pk={pair[0].pk}&pk={pair[1].pk}"
    assert client.get(page).status_code == status


def test_dealer_merges_within_his_unit_only(dealer, pair):
    own = make_customer(owner=dealer, unit=dealer.unit)
    with pytest.raises(RuleBroken, match="不在您可以合并的客户之内"):
        actions.merge_customers(own.pk, pair[0].pk, by=dealer)


def test_two_rows_of_the_list_are_merged(client, manager, pair):
    client.force_login(manager)
    keys = [row.pk for row in pair]
    answer = client.post(reverse("customers:customer_bulk", args=["merge"]), {"pk": keys})
    page = client.get(answer.url)
    assert [customer.pk for customer in page.context["customers"]] == keys


def test_one_row_is_merged_with_a_twin_that_is_named(client, manager, pair):
    winner, _loser = pair
    twin = make_customer(owner=winner.owner, unit=winner.unit, name=winner.name)
    client.force_login(manager)
    page = client.get(reverse("customers:customer_merge"), {"pk": winner.pk})
    assert twin.number in page.content.decode()


@pytest.mark.parametrize("query", ["", "pk=abc", "pk=0&pk=0", "pk=99999999999999999999&pk=1"])
def test_merge_page_takes_whatever_is_typed(client, manager, query):
    client.force_login(manager)
    for answer in (client.get(f"{reverse('customers:customer_merge')}?{query}"),
                   client.post(f"{reverse('customers:customer_merge')}?{query}", {"winner": "x"})):  # fmt: skip
        assert answer.status_code in (200, 302)


def test_histories_are_no_references():
    assert not [reference for reference in references() if issubclass(reference.model, pghistory.models.Event)]
    assert ContentType not in {reference.model for reference in references()}

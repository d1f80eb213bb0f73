"""The inbox as people use it: cards, one click, several at once, and what each may see of a case."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Order
from contracts.tests.factories import cars, make_order, take_step
from hafei_crm.tests.approving import MANAGER, case_of, submitted
from users.models import ApprovalCase, ApprovalFlow, Delegation
from users.tests.factories import make_approvalflow, make_delegation

pytestmark = pytest.mark.django_db


def answer_to(client, case, verdict, **data):
    """The sentences after a button was pressed."""
    page = client.post(reverse("approval_decide", args=[case.pk, verdict]), data, follow=True)
    return page.status_code, [str(message) for message in page.context["messages"]]


def test_card_shows_who_asks_and_how_much_and_approves_with_one_click(client, sales1, manager):
    order = submitted(sales1, lines=[cars(2)])
    client.force_login(manager)
    page = client.get(reverse("approvals")).content.decode()
    for part in (order.number, "76,000.00", "李雪梅", "东北大区"):
        assert part in page
    status, sentences = answer_to(client, case_of(order), "approve")
    assert status == 200 and order.number in sentences[0]
    order.refresh_from_db()
    assert order.status == "approved"
    assert order.number not in client.get(reverse("approvals")).content.decode()
    assert order.number in client.get(reverse("approvals_tab", args=["decided"])).content.decode()
    client.force_login(sales1)
    assert order.number in client.get(reverse("approvals_tab", args=["asked"])).content.decode()


def test_return_needs_a_reason_and_tells_it(client, sales1, manager):
    order = submitted(sales1)
    client.force_login(manager)
    assert "原因" in answer_to(client, case_of(order), "return")[1][0]
    answer_to(client, case_of(order), "return", note="价格有误")
    order.refresh_from_db()
    assert order.status == "returned"
    assert "价格有误" in client.get(reverse("approval", args=[case_of(order).pk])).content.decode()


def test_chosen_cases_are_approved_together_and_what_is_refused_says_why(client, sales1, manager):
    good, changed = submitted(sales1), submitted(sales1)
    changed.lines.update(unit_price_amount=1)
    client.force_login(manager)
    keys = [case_of(order).pk for order in (good, changed)]
    page = client.post(reverse("approval_batch"), {"pk": keys}, follow=True)
    sentences = [str(message) for message in page.context["messages"]]
    assert len(sentences) == 2 and changed.number in sentences[1]
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == ["approved", "submitted"]


def test_batch_takes_only_what_waits_for_whoever_sends_it(client, sales1, sales2, manager):
    order = submitted(sales1)
    for person in (sales1, sales2):
        client.force_login(person)
        client.post(reverse("approval_batch"), {"pk": [case_of(order).pk, 10**30, "x"]}, follow=True)
    order.refresh_from_db()
    assert order.status == "submitted"


def test_strangers_do_not_learn_of_a_case_and_cannot_decide(client, sales1, sales2, dealer2, manager):
    order = submitted(sales1)
    for person in (sales2, dealer2):
        client.force_login(person)
        assert client.get(reverse("approval", args=[case_of(order).pk])).status_code == 404
        assert client.post(reverse("approval_decide", args=[case_of(order).pk, "approve"])).status_code == 404
        assert client.get(reverse("approval_signer", args=[case_of(order).pk])).status_code == 404
    client.force_login(sales1)
    status, sentences = answer_to(client, case_of(order), "approve")
    order.refresh_from_db()
    assert order.status == "submitted"
    client.force_login(manager)
    assert client.post(reverse("approval_decide", args=[case_of(order).pk, "explode"])).status_code == 404


def test_somebody_appointed_without_a_right_of_his_own_decides_on_the_record_page_too(client, dealer_sales, dealer):
    make_approvalflow({"kind": "superior", "level": 1})
    order = submitted(dealer_sales)
    client.force_login(dealer)
    page = client.get(reverse("contracts:order_detail", args=[order.pk]))
    assert {"approve", "return"} <= {step.name for step in page.context["steps"]}
    client.post(reverse("contracts:order_step", args=[order.pk, "approve"]))
    order.refresh_from_db()
    assert order.status == "approved"


def test_who_is_not_asked_is_not_offered_the_step(client, sales1, manager, director):
    make_approvalflow(MANAGER)
    order = submitted(sales1)
    client.force_login(director)
    page = client.get(reverse("contracts:order_detail", args=[order.pk]))
    assert "approve" not in {step.name for step in page.context["steps"]}
    answer = client.post(reverse("contracts:order_step", args=[order.pk, "approve"]))
    assert "王建国" in answer.content.decode()
    order.refresh_from_db()
    assert order.status == "submitted"


def test_deputy_reads_in_whose_name_he_decides(client, sales1, manager, finance):
    make_approvalflow(MANAGER)
    order = submitted(sales1)
    make_delegation(owner=manager, deputy=finance)
    client.force_login(finance)
    assert "王建国" in client.get(reverse("approvals")).content.decode()
    answer_to(client, case_of(order), "approve")
    assert "王建国" in client.get(reverse("approval", args=[case_of(order).pk])).content.decode()


def test_one_more_signer_is_added_on_a_page_of_its_own(client, sales1, manager, finance):
    order = submitted(sales1)
    client.force_login(manager)
    url = reverse("approval_signer", args=[case_of(order).pk])
    assert client.get(url).status_code == 200
    client.post(url, {"person": finance.pk, "note": "看一下价格"})
    client.force_login(finance)
    assert order.number in client.get(reverse("approvals")).content.decode()


def test_inbox_asks_the_database_as_often_for_many_as_for_few(client, sales1, manager, finance):
    make_delegation(owner=manager, deputy=finance)
    client.force_login(manager)

    def queries(url) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    submitted(sales1)
    urls = [reverse("approvals"), *(reverse("approvals_tab", args=[tab]) for tab in ("asked", "decided"))]
    queries(urls[0])
    few = [queries(url) for url in urls]
    for _number in range(12):
        submitted(sales1)
    assert [queries(url) for url in urls] == few
    assert max(few) <= 9, few


@pytest.mark.parametrize("kind", ["contracts.order", "contracts.contract", "nonsense"])
def test_inbox_is_narrowed_to_a_kind(client, sales1, manager, kind):
    order = submitted(sales1)
    client.force_login(manager)
    page = client.get(reverse("approvals"), {"kind": kind, "page": "x"}).content.decode()
    assert (order.number in page) is (kind != "contracts.contract")


# The flows themselves


def lines_of_flow(*steps: dict) -> dict:
    posted = {"lines-TOTAL_FORMS": len(steps), "lines-INITIAL_FORMS": 0}
    for number, step in enumerate(steps):
        fields = {"name": f"第{number + 1}步", "level": 1, "mode": "any", **step}
        posted |= {f"lines-{number}-{name}": value for name, value in fields.items()}
    return posted


def edit_page() -> str:
    flow = ApprovalFlow.objects.in_force().get(subject="contracts.order")
    return reverse("users:approvalflow_edit", args=[flow.pk])


def test_preview_names_who_would_approve_an_order_without_changing_the_flow(client, sales1, manager, director):
    order = make_order(owner=sales1, unit=sales1.unit, lines=[cars(2)])
    client.force_login(director)
    steps = lines_of_flow(MANAGER, {"kind": "role", "role": "finance", "min_amount": "100000"}, {"kind": "superior"})
    page = client.post(edit_page(), steps | {"preview": "yes", "preview-number": order.number})
    rows = [(row.is_asked, row.people) for row in page.context["previewed"].rows]
    assert rows == [(True, "王建国"), (False, ""), (True, "王建国")]
    assert ApprovalFlow.objects.filter(subject="contracts.order").count() == 1


def test_administrator_who_sees_no_orders_previews_what_one_might_be(client, sysadmin, dealer_sales, dealer):
    order = make_order()
    client.force_login(sysadmin)
    steps = lines_of_flow({"kind": "superior"}) | {"preview": "yes"}
    page = client.post(edit_page(), steps | {"preview-number": order.number})
    assert list(page.context["preview"].errors) == ["person"] and page.context["previewed"] is None
    page = client.post(edit_page(), steps | {"preview-person": dealer_sales.pk, "preview-amount": "50000"})
    assert "50,000.00" in page.context["previewed"].about
    assert [row.people for row in page.context["previewed"].rows] == ["赵文斌"]


def test_saved_flow_is_the_next_version_and_holds_from_now_on(client, director, sales1, manager):
    client.force_login(director)
    former = edit_page()
    assert client.get(former).status_code == 200
    answer = client.post(former, lines_of_flow(MANAGER, {"kind": "superior", "level": 2}) | {"note": "两级审批"})
    flow = ApprovalFlow.objects.in_force().get(subject="contracts.order")
    assert answer.url == reverse("users:approvalflow_detail", args=[flow.pk])
    assert (flow.version, flow.note, flow.made_by) == (2, "两级审批", director)
    assert list(flow.steps.values_list("position", "kind", "level")) == [(1, "role", 1), (2, "superior", 2)]
    assert client.get(former).status_code == 404, "a version that was replaced is not changed"
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    "step",
    [
        {"kind": "role", "role": ""},
        {"kind": "nobody"},
        {"kind": "superior", "level": 9},
        {"kind": "right", "min_amount": "5", "max_amount": "5"},
        {"kind": "right", "min_discount": "101"},
        {"kind": "right", "remind_after_hours": "0"},
    ],
)
def test_steps_that_make_no_sense_are_refused_beside_their_field(client, director, step):
    client.force_login(director)
    page = client.post(edit_page(), lines_of_flow(step))
    assert page.status_code == 200 and page.context["lines"].forms[0].errors
    assert ApprovalFlow.objects.filter(subject="contracts.order").count() == 1


def test_only_administrators_change_flows(client, manager, auditor):
    for person, status in ((manager, 403), (auditor, 403)):
        client.force_login(person)
        assert client.get(edit_page()).status_code == status


def test_deputy_is_named_and_dismissed_on_a_page(client, manager, finance, sales1):
    client.force_login(manager)
    days = {"starts_on": "2026-12-01", "ends_on": "2026-12-05", "reason": "出差"}
    form = {"owner": manager.pk, "deputy": finance.pk, **days}
    answer = client.post(reverse("users:delegation_add"), form)
    assert answer.status_code == 302
    again = client.post(reverse("users:delegation_add"), form)
    assert again.context["form"].non_field_errors()
    delegation = Delegation.objects.get()
    client.force_login(sales1)
    assert client.post(reverse("users:delegation_end", args=[delegation.pk])).status_code == 404
    client.force_login(manager)
    client.post(reverse("users:delegation_end", args=[delegation.pk]))
    delegation.refresh_from_db()
    assert delegation.ended_at is not None


def test_record_shows_how_it_was_approved(client, sales1, manager, finance):
    order = submitted(sales1)
    client.force_login(manager)
    answer_to(client, case_of(order), "approve", note="同意")
    client.force_login(finance)
    page = client.get(reverse("contracts:order_detail", args=[order.pk])).content.decode()
    assert reverse("approval", args=[case_of(order).pk]) in page
    assert "同意" in client.get(reverse("approval", args=[case_of(order).pk])).content.decode()


def test_menu_counts_what_waits(client, sales1, manager):
    submitted(sales1)
    client.force_login(manager)
    client.get(reverse("approvals"))
    links = {item["url"]: item["badge"] for group in client.get("/").context["menu"] for item in group["items"]}
    assert links[reverse("approvals")] == "1"


def test_an_old_card_does_not_approve_what_was_handed_in_since(client, sales1, manager):
    """Two cars on the card; meanwhile withdrawn, made two hundred, handed in again."""
    order = submitted(sales1, lines=[cars(2)])
    old = case_of(order)
    client.force_login(manager)
    page = client.get(reverse("contracts:order_detail", args=[order.pk])).content.decode()
    assert f'name="seen" value="{old.pk}"' in page
    take_step(order, "withdraw", by=sales1)
    order.lines.update(quantity=200)
    Order.objects.filter(pk=order.pk).update(total_amount=200 * order.lines.get().unit_price_amount)
    take_step(order, "submit", by=sales1)
    assert order.number in answer_to(client, old, "approve")[1][0]
    on_record = reverse("contracts:order_step", args=[order.pk, "approve"])
    assert "先" in client.post(on_record, {"seen": str(old.pk)}).content.decode()
    order.refresh_from_db()
    assert order.status == "submitted"
    new = ApprovalCase.objects.running().get(object_id=order.pk)
    assert client.post(on_record, {"seen": str(new.pk)}).status_code == 302
    order.refresh_from_db()
    assert order.status == "approved"

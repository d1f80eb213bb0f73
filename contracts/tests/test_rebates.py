"""The run of a month, review and credit, use on later invoices, and what is taken back."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from contracts import actions, rebate_statements, workflow
from contracts.models import Invoice, Order, RebateAccrual, RebateBasis, RebateUse, ReceivableEntry, Retail
from contracts.tests.factories import (
    allocate_cars,
    cars,
    clerk,
    make_order,
    make_rebateaccrual,
    signed_contract,
    take_step,
)
from contracts.tests.past import invoiced, retailed
from core.errors import RuleBroken, StepRefused
from core.periods import period_of
from core.tests.crowd import together
from core.workflow import take
from dealers.actions import add_dealer, change_target, post_entry
from dealers.models import AccountEntry, RebatePolicy
from dealers.queries import balance
from dealers.tests.factories import make_dealer, make_dealertarget, make_rebatepolicy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
K, P, S = RebatePolicy.Kind, RebatePolicy.Status, RebateAccrual.Status
STEPS = {step.name: step for step in workflow.REBATE_STEPS}
REBATE = AccountEntry.Account.REBATE
JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
ATTAINMENT = [
    {"threshold": Decimal(80), "rate_percent": Decimal("1"), "amount_per_car": Decimal(0)},
    {"threshold": Decimal(100), "rate_percent": Decimal("2"), "amount_per_car": Decimal(0)},
]


def published(kind: str = K.PER_CAR, **fields) -> RebatePolicy:
    return make_rebatepolicy(kind=kind, status=P.PUBLISHED, **fields)


def take_invoice_back(invoice: Invoice, day: date) -> None:
    Invoice.objects.create(
        number=f"{invoice.number}-R",
        order=invoice.order,
        allocation=invoice.allocation,
        amount=-invoice.amount,
        invoiced_on=day,
    )


def credited(dealer, amount: str) -> None:
    post_entry(
        dealer.pk,
        account=REBATE,
        kind=AccountEntry.Kind.CREDITED,
        amount=Decimal(amount),
        on=JANUARY,
        source_key=f"test:{dealer.pk}:{amount}",
        by=None,
    )


def ready_to_invoice(dealer, count: int = 1):
    order = make_order(status="approved", contract=signed_contract(dealer=dealer), lines=[cars(count)])
    allocate_cars(order)
    return order


def test_a_run_writes_a_line_per_dealer_with_the_rows_it_pays_for():
    policy, first, second = published(), make_dealer(), make_dealer()
    invoices = {*invoiced(first, date(2025, 1, 1), date(2025, 1, 31)), *invoiced(second, date(2025, 1, 7))}
    invoiced(first, date(2025, 2, 1))
    lines = actions.accrue_rebates(JANUARY)
    assert {line.dealer: (line.amount, line.car_count) for line in lines} == {
        first: (Decimal(1200), 2),
        second: (Decimal(600), 1),
    }
    assert {line.policy for line in lines} == {policy}
    assert {basis.invoice for basis in RebateBasis.objects.all()} == invoices


def test_the_same_month_accrued_again_adds_nothing():
    published()
    invoiced(make_dealer(), date(2025, 1, 5))
    assert len(actions.accrue_rebates(JANUARY)) == 1
    assert actions.accrue_rebates(JANUARY) == []
    assert RebateBasis.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_moment_pay_once():
    published()
    invoiced(make_dealer(), date(2025, 1, 5))
    together([lambda: actions.accrue_rebates(JANUARY)] * 2)
    assert RebateAccrual.objects.count() == RebateBasis.objects.count() == 1


def test_what_was_entered_late_is_paid_by_the_next_run_and_closed_months_stay():
    published()
    dealer = make_dealer()
    invoiced(dealer, date(2025, 1, 5))
    (closed,) = actions.accrue_rebates(JANUARY)
    invoiced(dealer, date(2025, 1, 20))
    (late,) = actions.accrue_rebates(FEBRUARY)
    assert (late.starts_on, late.month, late.amount) == (JANUARY, FEBRUARY, Decimal(600))
    closed.refresh_from_db()
    assert closed.amount == Decimal(600)
    with pytest.raises(RuleBroken):
        actions.accrue_rebates(JANUARY)


def test_a_month_that_is_not_over_is_refused():
    with pytest.raises(RuleBroken):
        actions.accrue_rebates(timezone.localdate())


def test_a_returned_car_is_taken_back_by_a_new_line_in_the_month_of_its_finding():
    published(claw_back_percent=Decimal(75))
    invoice, _other = invoiced(make_dealer(), date(2025, 1, 5), date(2025, 1, 6))
    actions.accrue_rebates(JANUARY)
    take_invoice_back(invoice, date(2025, 3, 3))
    (line,) = actions.accrue_rebates(MARCH)
    assert (line.kind, line.amount, line.car_count) == (RebateAccrual.Kind.CLAWED_BACK, Decimal("-450.00"), -1)
    assert [(basis.invoice, basis.car_count) for basis in line.basis.all()] == [(invoice, -1)]
    assert actions.accrue_rebates(MARCH) == []


def test_a_sale_found_false_lowers_the_tier_of_its_period():
    dealer = make_dealer()
    make_dealertarget(dealer=dealer, month=JANUARY, target_count=2)
    policy = published(K.ATTAINMENT, measure="retail", lines=ATTAINMENT)
    lie = retailed(dealer, date(2025, 1, 30))
    retailed(dealer, date(2025, 1, 12))
    (earned,) = actions.accrue_rebates(JANUARY)
    assert (earned.amount, earned.counted_count, earned.target_count) == (Decimal("1520.00"), 2, 2)
    Retail.objects.filter(pk=lie.pk).update(verification=Retail.Verification.FALSE)
    (line,) = actions.accrue_rebates(FEBRUARY)
    assert (line.policy, line.amount, line.counted_count) == (policy, Decimal("-1520.00"), 1)  # 1 of 2 is no tier


def test_a_target_missed_is_said_with_the_cars_and_pays_nothing():
    dealer = make_dealer()
    make_dealertarget(dealer=dealer, month=JANUARY, target_count=5)
    published(K.ATTAINMENT, lines=ATTAINMENT)
    invoiced(dealer, date(2025, 1, 2), date(2025, 1, 3))
    (line,) = actions.accrue_rebates(JANUARY)
    assert (line.amount, line.counted_count, line.target_count, line.status) == (0, 2, 5, S.NOTHING)
    assert line.basis.count() == 2


def test_a_quarter_is_settled_when_it_is_over():
    dealer = make_dealer()
    for month in (JANUARY, FEBRUARY, MARCH):
        make_dealertarget(dealer=dealer, month=month, target_count=1)
    published(K.ATTAINMENT, cadence="quarter", lines=ATTAINMENT)
    invoiced(dealer, *[date(2025, 1, 2)] * 3)
    assert actions.accrue_rebates(JANUARY) == [] == actions.accrue_rebates(FEBRUARY)
    (line,) = actions.accrue_rebates(MARCH)
    assert (line.starts_on, line.ends_on, line.amount) == (JANUARY, date(2025, 3, 31), Decimal("2280.00"))


def test_caps_hold_over_all_runs():
    dealer = make_dealer()
    published(dealer_cap_amount=Decimal(1000))
    invoiced(dealer, date(2025, 1, 5), date(2025, 2, 5), date(2025, 2, 6))
    actions.accrue_rebates(JANUARY)
    (line,) = actions.accrue_rebates(FEBRUARY)
    assert (line.computed_amount, line.amount) == (Decimal(1200), Decimal(400))


def test_drafts_pay_nothing():
    make_rebatepolicy()
    invoiced(make_dealer(), date(2025, 1, 5))
    assert actions.accrue_rebates(JANUARY) == []


def test_one_reviews_another_credits(director, finance, dealer):
    accrual = make_rebateaccrual()
    with pytest.raises(StepRefused):
        take(STEPS["credit"], accrual.pk, RebateAccrual, by=finance)
    with pytest.raises(PermissionDenied):
        take(STEPS["review"], accrual.pk, RebateAccrual, by=finance)
    take(STEPS["review"], accrual.pk, RebateAccrual, by=director)
    take(STEPS["credit"], accrual.pk, RebateAccrual, by=finance)
    assert balance(accrual.dealer_id, REBATE) == Decimal("600.00")
    with pytest.raises(StepRefused):
        take(STEPS["credit"], accrual.pk, RebateAccrual, by=finance)


def test_who_holds_both_roles_does_not_credit_what_he_reviewed():
    accrual, both = make_rebateaccrual(), clerk()
    take(STEPS["review"], accrual.pk, RebateAccrual, by=both)
    with pytest.raises(StepRefused):
        take(STEPS["credit"], accrual.pk, RebateAccrual, by=both)


def test_a_credited_rebate_releases_the_order_that_waits_for_it(director, finance):
    dealer = make_dealer(credit_limit_amount=Decimal("26600.00"))
    order = make_order(status="submitted", contract=signed_contract(dealer=dealer))
    take_step(order, "approve", by=clerk("approver"))
    order.refresh_from_db()
    assert order.status == Order.Status.HELD
    rebate = {"amount": Decimal("11400.00"), "computed_amount": Decimal("11400.00")}  # 30 % of the car
    accrual = make_rebateaccrual(dealer=dealer, status=S.REVIEWED, reviewed_by=director, **rebate)
    take(STEPS["credit"], accrual.pk, RebateAccrual, by=finance)
    order.refresh_from_db()
    assert order.status == Order.Status.APPROVED


def test_what_was_rejected_is_not_proposed_again(director):
    published()
    invoiced(make_dealer(), date(2025, 1, 5))
    (line,) = actions.accrue_rebates(JANUARY)
    take(STEPS["reject"], line.pk, RebateAccrual, by=director, note="重复政策")
    assert actions.accrue_rebates(FEBRUARY) == []


def test_an_invoice_is_paid_by_rebate_up_to_its_limit(finance):
    dealer = make_dealer()
    credited(dealer, "50000.00")
    order = ready_to_invoice(dealer, 2)
    most = Decimal("22800.00")  # 30 % of two cars of 38,000
    with pytest.raises(RuleBroken):
        take_step(order, "invoice", on=timezone.localdate(), rebate_amount=most + Decimal("0.01"))
    take_step(order, "invoice", on=timezone.localdate(), rebate_amount=most)
    assert balance(dealer.pk, REBATE) == Decimal("27200.00")
    assert order.receivable.amount == Decimal("76000.00") - most
    assert [use.amount for use in RebateUse.objects.order_by("pk")] == [Decimal("11400.00")] * 2
    assert ReceivableEntry.objects.filter(kind=ReceivableEntry.Kind.REBATE).get().amount == -most


def test_no_more_rebate_is_used_than_stands_on_the_account(client, cast):
    dealer = make_dealer()
    credited(dealer, "99.99")
    order = ready_to_invoice(dealer)
    client.force_login(cast["finance"])
    address = reverse("contracts:order_step", args=[order.pk, "invoice"])
    assert "99.99" in client.get(address).content.decode()
    values = {"on": timezone.localdate().isoformat(), "rebate_amount": "100"}
    assert "99.99" in client.post(address, values).content.decode()
    assert not Invoice.objects.exists()
    assert client.post(address, values | {"rebate_amount": "99.99"}).status_code == 302
    assert balance(dealer.pk, REBATE) == 0


def test_the_rebate_of_a_returned_car_stands_on_the_account_again():
    dealer = make_dealer()
    credited(dealer, "10000.00")
    order = ready_to_invoice(dealer)
    take_step(order, "invoice", on=timezone.localdate(), rebate_amount=Decimal("8000.00"))
    with transaction.atomic():
        actions.return_rebate(order.invoices.get(), by=clerk(), on=timezone.localdate())
    assert balance(dealer.pk, REBATE) == Decimal("10000.00")
    order.receivable.refresh_from_db()
    assert order.receivable.amount == Decimal("38000.00")


@pytest.mark.django_db(transaction=True)
def test_two_invoices_at_once_do_not_use_the_same_rebate():
    dealer = make_dealer()
    credited(dealer, "10000.00")
    orders = [ready_to_invoice(dealer), ready_to_invoice(dealer)]

    def use(order):
        try:
            take_step(order, "invoice", on=timezone.localdate(), rebate_amount=Decimal("9000.00"))
        except RuleBroken as refusal:
            return refusal.sentence
        return ""

    answers = together([lambda order=order: use(order) for order in orders])
    assert sorted(map(bool, answers)) == [False, True]
    assert balance(dealer.pk, REBATE) == Decimal("1000.00")


def test_the_basis_is_never_changed():
    published()
    invoiced(make_dealer(), date(2025, 1, 5))
    actions.accrue_rebates(JANUARY)
    with pytest.raises(DatabaseError), transaction.atomic():
        RebateBasis.objects.update(value_amount=1)


def test_finance_starts_the_run_from_the_page(client, finance, director):
    client.force_login(finance)
    address = reverse("contracts:rebate_accrue")
    assert client.post(address, {"month": f"{timezone.localdate():%Y-%m}"}).status_code == 200  # not over yet
    response = client.post(address, {"month": "2025-01"})
    assert response.status_code == 302 and "/jobs/" in response.headers["Location"]
    client.force_login(director)
    assert client.get(address).status_code == 403


def test_many_lines_are_reviewed_and_credited_together(client, director, finance):
    accruals = [make_rebateaccrual(), make_rebateaccrual()]
    for person, action in ((director, "review"), (finance, "credit")):
        client.force_login(person)
        chosen = {"pk": [accrual.pk for accrual in accruals], "confirmed": "1"}
        client.post(reverse("contracts:rebateaccrual_bulk", args=[action]), chosen)
    assert set(RebateAccrual.objects.values_list("status", flat=True)) == {S.CREDITED}


def statement_of_a_year(finance, director):
    dealer = make_dealer()
    published()
    invoiced(dealer, date(2025, 1, 5), date(2025, 1, 6))
    (line,) = actions.accrue_rebates(JANUARY)
    take(STEPS["review"], line.pk, RebateAccrual, by=director)
    take(STEPS["credit"], line.pk, RebateAccrual, by=finance)
    return dealer, line


def test_the_statement_goes_down_to_the_rows(client, finance, director):
    dealer, line = statement_of_a_year(finance, director)
    found = rebate_statements.statement_of(dealer, period_of("year", timezone.localdate()))
    assert (found.opening, found.credited, found.closing) == (0, Decimal(1200), Decimal(1200))
    of_2025 = rebate_statements.statement_of(dealer, period_of("year", JANUARY))
    assert of_2025.accruals == [line] and rebate_statements.basis_of(of_2025).count() == 2
    client.force_login(finance)
    address = reverse("contracts:rebate_statement", args=[dealer.pk])
    assert line.get_status_display() and line.number in client.get(f"{address}?year=2025").content.decode()
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{address}export/?year=2025").streaming_content)))
    vins = {row[6] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)} - {None}
    assert len(vins) == 2
    pdf = b"".join(client.get(f"{address}pdf/?year=2025").streaming_content)
    assert pdf.startswith(b"%PDF")


def test_a_dealer_reads_his_own_statement_and_no_strangers(client, cast, finance, director):
    own, strange = make_dealer(unit=cast["dealer"].unit), make_dealer(unit=cast["dealer2"].unit)
    client.force_login(cast["dealer"])
    assert client.get(reverse("contracts:rebate_statement", args=[own.pk])).status_code == 200
    assert client.get(reverse("contracts:rebate_statement", args=[strange.pk])).status_code == 404


def test_the_target_of_an_accrued_month_stands(director):
    dealer, other = make_dealer(), make_dealer()
    published(K.ATTAINMENT, lines=ATTAINMENT, cadence="quarter")
    targets = [make_dealertarget(dealer=dealer, month=date(2025, month, 1), target_count=1) for month in (1, 4)]
    actions.accrue_rebates(FEBRUARY)
    change_target(targets[0].pk, by=director, target_count=2)  # the quarter is not over
    actions.accrue_rebates(MARCH)
    for deed in (
        lambda: change_target(targets[0].pk, by=director, target_count=1),
        lambda: change_target(targets[1].pk, by=director, month=MARCH),
        lambda: make_dealertarget(dealer=other, month=MARCH),
    ):
        with pytest.raises(RuleBroken, match="2025"):
            deed()
    assert change_target(targets[1].pk, by=director, target_count=3).target_count == 3


def test_a_dealer_does_not_read_the_statement_of_his_outlet(client, cast, director):
    first = make_dealer(unit=cast["dealer"].unit)
    outlet = add_dealer(by=director, code="OUT1", name="二级网点", parent=first)
    client.force_login(cast["dealer"])
    for name in ("rebate_statement", "rebate_statement_export", "rebate_statement_pdf"):
        assert client.get(reverse(f"contracts:{name}", args=[outlet.pk])).status_code in (403, 404)
    page = client.get(reverse("dealers:dealer_detail", args=[outlet.pk]))
    assert page.status_code == 200
    assert reverse("contracts:rebate_statement", args=[outlet.pk]) not in page.content.decode()


def test_the_statement_costs_few_queries(client, finance, director):
    dealer, _line = statement_of_a_year(finance, director)
    client.force_login(finance)
    client.get(reverse("contracts:rebate_statement", args=[dealer.pk]))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("contracts:rebate_statement", args=[dealer.pk]))
    assert len(queries) <= 12

"""What waits for a person: records whose next step is his, and the reports he owes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Claim
from analytics.counting import counted
from analytics.links import list_url
from analytics.models import RetailFinding
from contracts.models import Order, Quotation
from customers.models import Lead
from salesplan.models import ProductionPlan, WorkReport
from salesplan.reporting import own_duties
from users.approvers import keep_count, waiting_for
from users.models import User
from users.subjects import subject_label

SHOWN_OF_A_KIND = 3
MOST_COUNTED = 999


@dataclass(frozen=True)
class Todo:
    label: str | Promise
    tone: str
    text: str
    url: str
    day: str = ""


@dataclass(frozen=True)
class Waiting:
    """Records in one status that whoever holds the permission has to bring further."""

    permission: str
    model: type[Model]
    status: str
    label: str | Promise
    name: str


WAITING = (
    Waiting("customers.assign_lead", Lead, Lead.Status.NEW, gettext_lazy("Assign"), "customers:lead"),
    Waiting("customers.arbitrate_lead", Lead, Lead.Status.CONTESTED, gettext_lazy("Decide"), "customers:lead"),
    Waiting(
        "contracts.submit_quotation",
        Quotation,
        Quotation.Status.RETURNED,
        gettext_lazy("Correct"),
        "contracts:quotation",
    ),
    Waiting("contracts.submit_order", Order, Order.Status.RETURNED, gettext_lazy("Correct"), "contracts:order"),
    Waiting("contracts.allocate_order", Order, Order.Status.APPROVED, gettext_lazy("Allocate"), "contracts:order"),
    Waiting("contracts.invoice_order", Order, Order.Status.ALLOCATED, gettext_lazy("Invoice"), "contracts:order"),
    Waiting("contracts.ship_order", Order, Order.Status.INVOICED, gettext_lazy("Ship"), "contracts:order"),
    Waiting("contracts.receive_order", Order, Order.Status.SHIPPED, gettext_lazy("Receive"), "contracts:order"),
    Waiting(
        "salesplan.release_productionplan",
        ProductionPlan,
        ProductionPlan.Status.DRAFT,
        gettext_lazy("Release"),
        "salesplan:productionplan",
    ),
    Waiting(
        "salesplan.produce_productionplan",
        ProductionPlan,
        ProductionPlan.Status.RELEASED,
        gettext_lazy("Produce"),
        "salesplan:productionplan",
    ),
    Waiting(
        "analytics.decide_retailfinding",
        RetailFinding,
        RetailFinding.Status.OPEN,
        gettext_lazy("Decide"),
        "analytics:retailfinding",
    ),
    Waiting("aftersales.submit_claim", Claim, Claim.Status.RETURNED, gettext_lazy("Correct"), "aftersales:claim"),
)


@dataclass(frozen=True, eq=False)
class Pile:
    """Records of one kind that wait for the same: the oldest, the list of them all, how each is told."""

    rows: QuerySet
    oldest: list[Model]
    page: str
    more_url: str
    line: Callable[[Model], Todo]

    @property
    def is_high(self) -> bool:
        return len(self.oldest) > SHOWN_OF_A_KIND


def todos(user: User, now: datetime) -> list[Todo]:
    found = list(_own_reports(user, now)) if user.has_perm("salesplan.change_workreport") else []
    piles, inbox = [], None
    if user.has_perm("salesplan.review_workreport"):
        piles.append(_reports_to_review(user))
    if user.has_perm("users.view_approvalcase"):
        inbox = _approvals(user)
        piles.append(inbox)
    piles += _waiting(user)
    high = [pile for pile in piles if pile.is_high]
    counts = dict(zip(high, counted(user, [pile.rows for pile in high], most=MOST_COUNTED), strict=True))
    if inbox:
        keep_count(user, counts.get(inbox, len(inbox.oldest)))
    return found + [line for pile in piles for line in _lines(pile, counts.get(pile, 0))]


def _own_reports(user: User, now: datetime) -> Iterator[Todo]:
    """What is overdue, and what was returned; a report that is not due yet waits in the list of reports."""
    for duty in own_duties(user, now):
        is_returned = duty.report is not None and duty.report.status == WorkReport.Status.RETURNED
        if duty.is_missing or is_returned:
            text = f"{duty.kind.label} {duty.period.label()}"
            label, tone = (_("Correct"), "orange") if is_returned else (_("Hand in"), "red")
            yield Todo(label, tone, text, list_url("salesplan:workreport"), f"{duty.due_at:%m-%d}")


def _reports_to_review(user: User) -> Pile:
    reports = (
        WorkReport.objects.visible_to(user).waiting_for(user).select_related("owner").order_by("submitted_at", "pk")
    )
    return _pile(
        reports,
        "salesplan:workreport_detail",
        list_url("salesplan:workreport", status=WorkReport.Status.SUBMITTED, reviewer=user.pk),
        lambda report: Todo(
            _("Review"), "blue", f"{report} {report.owner}", "", f"{timezone.localtime(report.submitted_at):%m-%d}"
        ),
    )


def _approvals(user: User) -> Pile:
    """The inbox of approvals; how much is in it stands in the menu as well."""
    return _pile(
        waiting_for(user),
        "approval",
        reverse("approvals"),
        lambda case: Todo(
            _("Approve"),
            "blue",
            f"{subject_label(case.subject)} {case}",
            "",
            f"{timezone.localtime(case.waiting_since):%m-%d}",
        ),
    )


def _waiting(user: User) -> list[Pile]:
    """Of each kind of record one query, however many statuses of it wait for this person."""
    by_model: dict[type[Model], list[tuple[Waiting, QuerySet]]] = {}
    for waiting in WAITING:
        if user.has_perm(waiting.permission):
            rows = _rows_in_reach(user, waiting).filter(status=waiting.status).order_by("pk")
            by_model.setdefault(waiting.model, []).append((waiting, rows))
    piles = []
    for many in by_model.values():
        oldest = _oldest_by_status([rows for _waiting, rows in many])
        piles += [_pile_of(waiting, rows, oldest.get(waiting.status, [])) for waiting, rows in many]
    return piles


def _oldest_by_status(many: list[QuerySet]) -> dict[str, list[Model]]:
    """The first of each, looked for by its own index."""
    first, *others = (rows.values("pk")[: SHOWN_OF_A_KIND + 1] for rows in many)
    found: dict[str, list[Model]] = {}
    for row in many[0].model.objects.filter(pk__in=first.union(*others, all=True) if others else first).order_by("pk"):
        found.setdefault(row.status, []).append(row)
    return found


def _pile_of(waiting: Waiting, rows: QuerySet, oldest: list[Model]) -> Pile:
    kind = waiting.model._meta.verbose_name
    return Pile(
        rows,
        oldest,
        f"{waiting.name}_detail",
        list_url(waiting.name, status=waiting.status),
        lambda row: Todo(waiting.label, "blue", f"{kind} {row}", ""),
    )


def _rows_in_reach(user: User, waiting: Waiting) -> QuerySet:
    """Those on which the person may take the step, where they are fewer than those he sees."""
    verb = waiting.permission.partition(".")[2].partition("_")[0]
    seen, taken = user.scope_of(waiting.model), user.scope_of(waiting.model, verb)
    if taken is not None and seen is not None and taken < seen:
        return waiting.model.objects.within(user, verb)
    return waiting.model.objects.visible_to(user)


def _pile(rows: QuerySet, page: str, more_url: str, line: Callable[[Model], Todo]) -> Pile:
    return Pile(rows, list(rows[: SHOWN_OF_A_KIND + 1]), page, more_url, line)


def _lines(pile: Pile, count: int) -> list[Todo]:
    """The oldest three, and one line for the rest, counted up to a limit."""
    oldest = pile.oldest[:SHOWN_OF_A_KIND]
    lines = [replace(pile.line(row), url=reverse(pile.page, args=[row.pk])) for row in oldest]
    if pile.is_high:
        more = _("%(count)s more: %(kind)s") % {
            "count": f"{MOST_COUNTED}+" if count > MOST_COUNTED else count - SHOWN_OF_A_KIND,
            "kind": pile.rows.model._meta.verbose_name_plural,
        }
        lines.append(Todo(lines[0].label, "secondary", more, pile.more_url))
    return lines

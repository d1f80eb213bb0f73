"""What waits for a person: promised follow-ups that are overdue, and records whose next step is his."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Model, QuerySet, Window
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Claim
from analytics.links import list_url
from contracts.models import Contract, Order
from customers.models import KeyAccountRegistration, Lead
from salesplan.models import ProductionPlan, SalesPlan
from users.models import User

SHOWN_OF_A_KIND = 3


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
    is_by_another: bool = False


WAITING = (
    Waiting("customers.assign_lead", Lead, Lead.Status.NEW, gettext_lazy("Assign"), "customers:lead"),
    Waiting(
        "customers.register_keyaccountregistration",
        KeyAccountRegistration,
        KeyAccountRegistration.Status.SUBMITTED,
        gettext_lazy("Decide"),
        "customers:keyaccountregistration",
        is_by_another=True,
    ),
    Waiting(
        "contracts.sign_contract",
        Contract,
        Contract.Status.SUBMITTED,
        gettext_lazy("Sign"),
        "contracts:contract",
        is_by_another=True,
    ),
    Waiting(
        "contracts.approve_order",
        Order,
        Order.Status.SUBMITTED,
        gettext_lazy("Approve"),
        "contracts:order",
        is_by_another=True,
    ),
    Waiting("contracts.submit_order", Order, Order.Status.RETURNED, gettext_lazy("Correct"), "contracts:order"),
    Waiting("contracts.allocate_order", Order, Order.Status.APPROVED, gettext_lazy("Allocate"), "contracts:order"),
    Waiting("contracts.invoice_order", Order, Order.Status.ALLOCATED, gettext_lazy("Invoice"), "contracts:order"),
    Waiting("contracts.ship_order", Order, Order.Status.INVOICED, gettext_lazy("Ship"), "contracts:order"),
    Waiting("contracts.receive_order", Order, Order.Status.SHIPPED, gettext_lazy("Receive"), "contracts:order"),
    Waiting(
        "salesplan.approve_salesplan",
        SalesPlan,
        SalesPlan.Status.SUBMITTED,
        gettext_lazy("Approve"),
        "salesplan:salesplan",
        is_by_another=True,
    ),
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
    Waiting("aftersales.approve_claim", Claim, Claim.Status.SUBMITTED, gettext_lazy("Decide"), "aftersales:claim"),
    Waiting("aftersales.submit_claim", Claim, Claim.Status.RETURNED, gettext_lazy("Correct"), "aftersales:claim"),
)


def todos(user: User, today: date) -> list[Todo]:
    found = list(overdue_contacts(user, today)) if user.has_perm("customers.change_lead") else []
    for waiting in WAITING:
        if user.has_perm(waiting.permission):
            found += _waiting_for(user, waiting)
    return found


def overdue_contacts(user: User, today: date) -> list[Todo]:
    leads = Lead.objects.visible_to(user).overdue(today).order_by("next_contact_on", "pk")
    return _lines(
        leads,
        "customers:lead",
        list_url("customers:lead", due=today),
        lambda lead: Todo(
            _("Overdue %(days)d days") % {"days": (today - lead.next_contact_on).days},
            "red",
            _("Contact %(lead)s") % {"lead": lead},
            "",
            f"{lead.next_contact_on:%m-%d}",
        ),
    )


def _waiting_for(user: User, waiting: Waiting) -> list[Todo]:
    rows = waiting.model.objects.visible_to(user).filter(status=waiting.status).order_by("pk")
    if waiting.is_by_another:
        rows = rows.exclude(owner=user)
    kind = waiting.model._meta.verbose_name
    return _lines(
        rows,
        waiting.name,
        list_url(waiting.name, status=waiting.status),
        lambda row: Todo(waiting.label, "blue", f"{kind} {row}", ""),
    )


def _lines(rows: QuerySet, name: str, more_url: str, line: Callable[[Model], Todo]) -> list[Todo]:
    """The oldest three, and one line for the rest: one query, however many wait."""
    rows = list(rows.annotate(count=Window(Count("*")))[:SHOWN_OF_A_KIND])
    shown = [(row, line(row)) for row in rows]
    lines = [
        Todo(todo.label, todo.tone, todo.text, reverse(f"{name}_detail", args=[row.pk]), todo.day)
        for row, todo in shown
    ]
    if rows and rows[0].count > len(rows):
        more = _("%(count)d more: %(kind)s") % {
            "count": rows[0].count - len(rows),
            "kind": rows[0]._meta.verbose_name_plural,
        }
        lines.append(Todo(lines[0].label, "secondary", more, more_url))
    return lines

from datetime import date, datetime

from django.core.files.base import File
from django.db import models, transaction
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.addresses import record_url
from core.attachments import attach_file
from core.errors import RuleBroken
from core.notices import notify
from customers import queries
from customers.actions.scores import rescore
from customers.models import ContactRecord, Customer, IntentLevel, Lead, Opportunity, TimelineEntry
from users.actions import add_task
from users.mentions import people_mentioned
from users.models import User

# DOMAIN 1.8: ordered and not delivered yet is O, delivered D; T follows a cancelled order.
LEVEL_AFTER = {ContactRecord.Kind.ORDER: IntentLevel.O, ContactRecord.Kind.DELIVERY: IntentLevel.D}
MENTION = gettext_noop("%(by)s mentioned you: %(text)s")


@transaction.atomic
def record_contact(
    *,
    by: User,
    summary: str,
    lead: Lead | None = None,
    customer: Customer | None = None,
    opportunity: Opportunity | None = None,
    next_contact_on: date | None = None,
    at: datetime | None = None,
    file: File | None = None,
    **fields,
) -> ContactRecord:
    """Log a call or visit; the next step is a day on an open lead, else a task of whoever logs it.

    An open lead is never left without a next contact: where none is agreed, its intent level says when.
    """
    about = opportunity or lead or customer
    lead, customer = _chain(lead, customer, opportunity)
    at = at or timezone.now()
    record = ContactRecord.objects.create(
        lead=lead,
        customer=customer,
        opportunity=opportunity,
        at=at,
        summary=summary,
        next_contact_on=next_contact_on,
        owner=by,
        unit=about.unit,
        **fields,
    )
    if file is not None:
        attach_file(about, file, by=by)
    _plan_next_step(about, lead, next_contact_on, by=by)
    if customer is not None:
        Customer.objects.filter(pk=customer.pk).update(last_contact_at=Greatest("last_contact_at", at))
    _tell_mentioned(summary, about, by=by)
    return record


def _chain(
    lead: Lead | None, customer: Customer | None, opportunity: Opportunity | None
) -> tuple[Lead | None, Customer | None]:
    """An opportunity brings its customer and its lead, a converted lead its customer; they must belong together."""
    if opportunity is not None:
        if customer is not None and customer.pk != opportunity.customer_id:
            raise RuleBroken(
                {
                    "opportunity": _("“%(opportunity)s” is an opportunity of %(customer)s. Choose that customer.")
                    % {"opportunity": opportunity, "customer": opportunity.customer}
                }
            )
        if lead is not None and lead.pk != opportunity.lead_id:
            raise RuleBroken(
                {
                    "lead": _("“%(opportunity)s” did not come of the lead “%(lead)s”. Leave out one of them.")
                    % {"opportunity": opportunity, "lead": lead}
                }
            )
        return opportunity.lead, opportunity.customer
    if lead is not None and lead.customer_id:
        if customer is not None and customer.pk != lead.customer_id:
            raise RuleBroken(
                {
                    "lead": _(
                        "The lead “%(lead)s” has become %(customer)s. Choose that customer, or leave out the lead."
                    )
                    % {"lead": lead, "customer": lead.customer}
                }
            )
        customer = lead.customer
    return lead, customer


def _plan_next_step(about: models.Model, lead: Lead | None, next_contact_on: date | None, *, by: User) -> None:
    if lead is not None and lead.status in Lead.OPEN:
        next_contact_on = next_contact_on or queries.next_contact_due(lead.intent_level, timezone.localdate())
        Lead.objects.filter(pk=lead.pk).update(next_contact_on=next_contact_on)
        rescore(Lead.objects.filter(pk=lead.pk))
    elif next_contact_on is not None:
        title = _("Follow up: %(record)s") % {"record": about}
        add_task(by=by, title=title[:200], due_on=next_contact_on, target=about)


def _tell_mentioned(text: str, about: models.Model, *, by: User) -> None:
    """Who may not see the record reads what was written to him, and no more."""
    for person in people_mentioned(text, by=by):
        sees = type(about)._default_manager.visible_to(person).filter(pk=about.pk).exists()
        url = record_url(about) if sees else reverse("core:notice_list")
        notify([person.pk], MENTION, url=url, by=str(by), text=text[:200])


def add_timeline_entry(
    customer_id: int, *, by: User | None, message: str, url: str = "", **parameters
) -> TimelineEntry:
    """``message`` is an English msgid with named placeholders; the parameters fill it in the reader's language."""
    return TimelineEntry.objects.create(customer_id=customer_id, by=by, message=message, parameters=parameters, url=url)


def record_milestone(
    customer_id: int,
    *,
    kind: str,
    source_key: str,
    text: str,
    owner: User | None,
    unit,
    opportunity: Opportunity | None = None,
    at: datetime | None = None,
) -> None:
    """A quotation was sent, an order approved, a car delivered: counted in the funnel, once for each ``source_key``.

    The timeline shows the entry that ``add_timeline_entry`` makes of the same event, not this one.
    """
    values = {
        "kind": kind,
        "summary": text,
        "customer_id": customer_id,
        "opportunity": opportunity,
        "lead": opportunity.lead if opportunity else None,
        "owner": owner,
        "unit": unit,
        "at": at or timezone.now(),
    }
    _record, is_new = ContactRecord.objects.get_or_create(source_key=source_key, defaults=values)
    if is_new and kind in LEVEL_AFTER:
        _set_level(customer_id, opportunity, LEVEL_AFTER[kind])


def withdraw_milestone(source_key: str) -> None:
    """The order was cancelled: it no longer counts; the level follows the newest that is left."""
    for record in ContactRecord.objects.filter(source_key=source_key).select_related("opportunity"):
        record.delete()
        if record.kind == ContactRecord.Kind.ORDER:
            _set_level(record.customer_id, record.opportunity, _level_left(record))


def _level_left(cancelled: ContactRecord) -> str:
    """Another order of the same business keeps its level."""
    same = {"customer": cancelled.customer_id, "opportunity": cancelled.opportunity}
    left = ContactRecord.objects.filter(**same, kind__in=LEVEL_AFTER).order_by("at", "pk")
    is_ordered = left.filter(kind=ContactRecord.Kind.ORDER).exists()
    return LEVEL_AFTER[left.last().kind] if is_ordered else IntentLevel.T


def _set_level(customer_id: int | None, opportunity: Opportunity | None, level: str) -> None:
    """Of the lead that led to the order; where the order names no opportunity, of the customer's newest lead."""
    leads = Lead.objects.filter(customer=customer_id).order_by("-pk").values("pk")[:1]
    chosen = {"pk": opportunity.lead_id} if opportunity and opportunity.lead_id else {"pk__in": leads}
    Lead.objects.filter(**chosen).update(intent_level=level)

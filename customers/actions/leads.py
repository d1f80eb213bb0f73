from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from core.errors import RuleBroken
from core.locks import hold
from core.notices import notify
from core.search import search_text
from core.workflow import log_status
from customers import queries, rules
from customers.actions.assignment import assign_by_rules
from customers.actions.contacts import add_contact
from customers.actions.customers import add_customer
from customers.actions.opportunities import add_opportunity
from customers.actions.scores import rescore
from customers.divisions import code_of_city
from customers.duplicates import known, registered_elsewhere, same_leads
from customers.models import Contact, ContactRecord, Customer, Lead, LeadPolicy, Opportunity
from users.access import Role
from users.actions import add_task, refuse_without_unit
from users.models import Unit, User


@dataclass(frozen=True)
class Conversion:
    """What a lead became."""

    customer: Customer
    contact: Contact
    opportunity: Opportunity


@transaction.atomic
def record_lead(*, by: User, name: str, phone: str, **fields) -> Lead:
    """A lead belongs to the unit of whoever records it; a salesman keeps his own, a dealer's waits to be assigned.

    Where another dealer has the same person under protection, a manager decides whose he is.
    """
    refuse_without_unit(by)
    phone = rules.plain_phone(phone, mobile_only=True)
    hold(f"customers.record_lead {phone}")
    _refuse_twin(phone, by=by, unit_id=by.unit_id)
    rival = protected_rivals([phone], by.unit).get(phone)
    dealer = fields.pop("dealer", None) or getattr(by.unit, "dealer", None)
    keeps = Role.SALESMAN in by.role_names or Role.DEALER_SALESMAN in by.role_names
    level = fields.get("intent_level", Lead.IntentLevel.N)
    due = fields.pop("next_contact_on", None) or queries.next_contact_due(level, timezone.localdate())
    lead = Lead.objects.create(
        name=name.strip(),
        phone=phone,
        dealer=dealer,
        unit=by.unit,
        owner=by if keeps else None,
        recorded_by=by,
        next_contact_on=due,
        status=Lead.Status.CONTESTED if rival else Lead.Status.NEW,
        contests=rival,
        search_text=search_text(name, fields.get("city", ""), phones=[phone]),
        **fields,
    )
    log_status(lead, by=by, step="record", before="", after=lead.status)
    rescore(Lead.objects.filter(pk=lead.pk))
    if rival:
        _ask_for_decision(lead, rival, by=by)
    elif not keeps:
        give_turn(lead, by=by)
    _tell_managers(lead, by=by)
    return lead


def give_turn(lead: Lead, *, by: User) -> None:
    """By the assignment rules, where one fits and somebody of its team can take the lead."""
    before, turns = lead.status, assign_by_rules(lead)
    if turns and turns[-1].person is not None:
        log_status(lead, by=by, step="assign_by_rules", before=before, after=lead.status, note=turns[-1].reason)


@transaction.atomic
def change_lead(lead_id: int, *, by: User, **fields) -> Lead:
    lead = Lead.objects.select_for_update(of=("self",)).get(pk=lead_id)
    if lead.status not in Lead.CHANGEABLE:
        raise RuleBroken(
            _("“%(lead)s” is %(status)s and can no longer be changed.")
            % {"lead": lead, "status": lead.get_status_display()}
        )
    if "phone" in fields:
        fields["phone"] = rules.plain_phone(fields["phone"], mobile_only=True)
        _refuse_taken_phone(lead, fields["phone"], by=by)
    for name, value in fields.items():
        setattr(lead, name, value)
    lead.search_text = search_text(lead.name, lead.city, phones=[lead.phone])
    lead.save(update_fields=[*fields, "search_text"])
    rescore(Lead.objects.filter(pk=lead.pk))
    return lead


def check_returning_lead(lead: Lead, *, by: User) -> None:
    """Out of the recycle bin; meanwhile somebody may have recorded him again, here or elsewhere."""
    if lead.status not in (*Lead.OPEN, Lead.Status.CONTESTED):
        return
    hold(f"customers.record_lead {lead.phone}")
    _refuse_twin(lead.phone, by=by, unit_id=lead.unit_id, but=lead.pk)
    holder = _first_elsewhere([lead.phone], lead.unit, since=lead.binned_at).get(lead.phone)
    if lead.status in Lead.OPEN and holder:
        raise RuleBroken(
            _("“%(lead)s” has been recorded by %(unit)s meanwhile. Record it anew, then a manager decides.")
            % {"lead": lead, "unit": holder.unit}
        )


def holder_of(lead: Lead) -> Lead:
    """Who has the person that a lead contests: the lead named there, or whoever got hold of him after it."""
    hold(f"customers.record_lead {lead.phone}")
    named = lead.contests
    if named.status != Lead.Status.INVALID and named.binned_at is None:
        return named
    return _first_elsewhere([lead.phone], lead.unit, since=named.recorded_at).get(lead.phone) or named


def convert_lead(
    lead: Lead,
    *,
    by: User,
    customer: Customer | None = None,
    opportunity: Opportunity | None = None,
    kind: str = Customer.Kind.PERSON,
    title: str = "",
    quantity: int = 1,
    **fields,
) -> Conversion:
    """Turn a locked lead into customer, contact and opportunity, or join it to those there are already."""
    place = {"owner": lead.owner or by, "unit": lead.unit}
    if opportunity is not None:
        opportunity = _joined(opportunity, lead)
        customer = opportunity.customer
    is_new = customer is None
    if customer is None:
        customer = add_customer(by=by, kind=kind, **_known_of(lead), **place)
    contact = Contact.objects.filter(customer=customer, phone=lead.phone).first()
    if contact is None:
        contact = add_contact(by=by, customer=customer, name=lead.name, phone=lead.phone, is_primary=is_new)
    if opportunity is None:
        wish = {"title": title or _default_title(lead, quantity), "quantity": quantity, "series": lead.series} | fields
        opportunity = add_opportunity(by=by, customer=customer, lead=lead, **wish, **place)
    lead.customer = customer
    lead.save(update_fields=["customer"])
    _take_along(lead, customer, opportunity, by=by)
    return Conversion(customer, contact, opportunity)


def _known_of(lead: Lead) -> dict:
    """What the new customer keeps of his lead; a city that is none of the table stays as it was typed."""
    known = {name: getattr(lead, name) for name in ("name", "phone", "city", "source", "dealer")}
    return known | {"division": code_of_city(lead.city)}


def _take_along(lead: Lead, customer: Customer, opportunity: Opportunity, *, by: User) -> None:
    """What was spoken with the lead, and the day agreed for the next contact."""
    ContactRecord.objects.filter(lead=lead, customer=None).update(customer=customer)
    last_at = ContactRecord.objects.filter(lead=lead, binned_at=None).aggregate(at=Max("at"))["at"]
    if last_at:
        Customer.objects.filter(pk=customer.pk).update(last_contact_at=Greatest("last_contact_at", last_at))
    if lead.next_contact_on:
        title = _("Follow up: %(record)s") % {"record": opportunity}
        add_task(by=by, title=title[:200], due_on=lead.next_contact_on, target=opportunity)


def _joined(opportunity: Opportunity, lead: Lead) -> Opportunity:
    """An open opportunity remembers the first lead that led to it."""
    opportunity = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity.pk)
    if opportunity.status not in Opportunity.OPEN:
        raise RuleBroken(
            {
                "opportunity": _("“%(opportunity)s” is %(status)s. Choose an open one or make a new one.")
                % {"opportunity": opportunity, "status": opportunity.get_status_display()}
            }
        )
    if opportunity.lead_id is None:
        opportunity.lead = lead
        opportunity.save(update_fields=["lead"])
    return opportunity


def _default_title(lead: Lead, quantity: int) -> str:
    """Kept for everybody, so in the company's language, whoever converts."""
    with translation.override(settings.LANGUAGE_CODE):
        text = ngettext("%(customer)s: %(quantity)d car", "%(customer)s: %(quantity)d cars", quantity)
        if lead.series:
            text = _("%(customer)s: %(quantity)d × %(what)s")
        return text % {"customer": lead.name, "quantity": quantity, "what": lead.series and lead.series.name}


def _refuse_twin(phone: str, *, by: User, unit_id: int, but: int | None = None) -> None:
    """The same mobile in the same unit is the same lead (DOMAIN 1.8)."""
    hold(f"customers.lead.{unit_id}.{phone}")
    twins = same_leads(known(phones=[phone])).filter(unit_id=unit_id).exclude(pk=but)
    twin = twins.select_related("owner").order_by("pk").first()
    if twin and not Lead.objects.visible_to(by).filter(pk=twin.pk).exists():
        raise RuleBroken({"phone": registered_elsewhere()})
    if twin:
        owner = twin.owner.name if twin.owner else _("nobody yet")
        raise RuleBroken(
            {
                "phone": _("The open lead “%(lead)s” already has this phone; it belongs to: %(owner)s. Continue there.")
                % {"lead": twin, "owner": owner}
            }
        )


def _refuse_taken_phone(lead: Lead, phone: str, *, by: User) -> None:
    """A mobile that somebody else has under protection is not taken over by typing it into a lead one has."""
    if phone == lead.phone:
        return
    hold(f"customers.record_lead {phone}")
    _refuse_twin(phone, by=by, unit_id=lead.unit_id, but=lead.pk)
    if phone in protected_rivals([phone], lead.unit):
        raise RuleBroken(
            {
                "phone": _(
                    "Somebody else has this mobile under protection. Record it as a new lead, then a manager decides."
                )
            }
        )


def protected_rivals(phones: Iterable[str], unit: Unit) -> dict[str, Lead]:
    """By mobile the lead that another branch of the organisation recorded within the protection period."""
    days = LeadPolicy.objects.values_list("protection_days", flat=True).first() or 0
    return _first_elsewhere(phones, unit, since=timezone.now() - timedelta(days=days))


def _first_elsewhere(phones: Iterable[str], unit: Unit, *, since: datetime) -> dict[str, Lead]:
    """By mobile the first lead that another branch recorded since then and holds."""
    rivals = Lead.objects.filter(phone__in=list(phones), recorded_at__gte=since, binned_at=None)
    rivals = rivals.exclude(status__in=(Lead.Status.INVALID, Lead.Status.CONTESTED)).select_related("unit")
    found: dict[str, Lead] = {}
    for rival in rivals.order_by("pk"):
        if not rival.unit.contains(unit) and not unit.contains(rival.unit):
            found.setdefault(rival.phone, rival)
    return found


def deciders_between(unit: Unit, other: Unit) -> set[int]:
    """Whoever manages both sides; where nobody does, the director."""
    both = set(queries.managers_of(unit)) & set(queries.managers_of(other))
    return both or set(User.objects.on_duty().in_role(Role.DIRECTOR).values_list("pk", flat=True))


def _ask_for_decision(lead: Lead, rival: Lead, *, by: User) -> None:
    notify(
        sorted(deciders_between(lead.unit, rival.unit) - {by.pk}),
        gettext_noop("%(by)s recorded the lead %(lead)s, which %(unit)s has under protection. Please decide."),
        url=reverse("customers:lead_detail", args=[lead.pk]),
        by=str(by),
        lead=lead.name,
        unit=rival.unit.name,
    )


def _tell_managers(lead: Lead, *, by: User) -> None:
    notify(
        _managers_above(by),
        gettext_noop("%(by)s recorded the lead %(lead)s."),
        url=reverse("customers:lead_detail", args=[lead.pk]),
        by=str(by),
        lead=lead.name,
    )


def _managers_above(user: User) -> list[int]:
    """The regional managers in whose subtree the user works."""
    if user.unit is None:
        return []
    people = User.objects.on_duty().in_role(Role.REGIONAL_MANAGER).filter(unit__in=user.unit.line)
    return list(people.exclude(pk=user.pk).values_list("pk", flat=True))

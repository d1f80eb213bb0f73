from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken
from core.notices import notify
from core.search import search_text
from core.workflow import log_status
from customers import rules
from customers.actions.contacts import add_contact
from customers.actions.customers import add_customer
from customers.actions.opportunities import add_opportunity
from customers.models import Contact, Customer, Lead, Opportunity
from users.access import Role
from users.models import User


@dataclass(frozen=True)
class Conversion:
    """What a lead became."""

    customer: Customer
    contact: Contact | None
    opportunity: Opportunity


@transaction.atomic
def record_lead(*, by: User, name: str, phone: str, **fields) -> Lead:
    """A lead belongs to the unit of whoever records it; a salesman keeps his own, a dealer's waits to be assigned."""
    phone = rules.plain_phone(phone, mobile_only=True)
    _refuse_twin(phone, unit_id=by.unit_id)
    dealer = fields.pop("dealer", None) or getattr(by.unit, "dealer", None)
    keeps = Role.SALESMAN in by.role_names or Role.DEALER_SALESMAN in by.role_names
    level = fields.get("intent_level", Lead.IntentLevel.N)
    fields.setdefault("next_contact_on", None)
    fields["next_contact_on"] = fields["next_contact_on"] or rules.next_contact_due(level, timezone.localdate())
    lead = Lead.objects.create(
        name=name.strip(),
        phone=phone,
        dealer=dealer,
        unit=by.unit,
        owner=by if keeps else None,
        recorded_by=by,
        search_text=search_text(name, fields.get("city", ""), phones=[phone]),
        **fields,
    )
    log_status(lead, by=by, step="record", before="", after=lead.status)
    managers = _managers_above(by)
    notify(
        managers,
        gettext_noop("%(by)s recorded the lead %(lead)s."),
        url=reverse("customers:lead_detail", args=[lead.pk]),
        by=str(by),
        lead=lead.name,
    )
    return lead


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
        _refuse_twin(fields["phone"], unit_id=lead.unit_id, but=lead.pk)
    for name, value in fields.items():
        setattr(lead, name, value)
    lead.search_text = search_text(lead.name, lead.city, phones=[lead.phone])
    lead.save(update_fields=[*fields, "search_text"])
    return lead


def convert_lead(
    lead: Lead,
    *,
    by: User,
    customer: Customer | None = None,
    kind: str = Customer.Kind.PERSON,
    title: str = "",
    quantity: int = 1,
    **fields,
) -> Conversion:
    """Turn a locked lead into customer, contact and opportunity; an existing customer gets the opportunity alone."""
    place = {"owner": lead.owner or by, "unit": lead.unit}
    contact = None
    if customer is None:
        known = {"name": lead.name, "phone": lead.phone, "city": lead.city, "dealer": lead.dealer}
        customer = add_customer(by=by, kind=kind, **known, **place)
        contact = add_contact(by=by, customer=customer, name=lead.name, phone=lead.phone, is_primary=True)
    title = title or _default_title(lead, quantity)
    wish = {"title": title, "quantity": quantity, "series": lead.series} | fields
    opportunity = add_opportunity(by=by, customer=customer, lead=lead, **wish, **place)
    lead.customer = customer
    lead.save(update_fields=["customer"])
    return Conversion(customer, contact, opportunity)


def _default_title(lead: Lead, quantity: int) -> str:
    what = lead.series.name if lead.series else _("car")
    return _("%(customer)s: %(quantity)d × %(what)s") % {"customer": lead.name, "quantity": quantity, "what": what}


def _refuse_twin(phone: str, *, unit_id: int, but: int | None = None) -> None:
    """The same mobile in the same unit is the same lead (DOMAIN 1.8)."""
    twin = Lead.objects.open().with_phone(phone).filter(unit_id=unit_id).exclude(pk=but).select_related("owner").first()
    if twin:
        owner = twin.owner.name if twin.owner else _("nobody yet")
        raise RuleBroken(
            {
                "phone": _("The open lead “%(lead)s” already has this phone; it belongs to: %(owner)s. Continue there.")
                % {"lead": twin, "owner": owner}
            }
        )


def _managers_above(user: User) -> list[int]:
    """The regional managers in whose subtree the user works."""
    if user.unit is None:
        return []
    keys = [int(key) for key in user.unit.path.strip("/").split("/")]
    people = User.objects.on_duty().in_role(Role.REGIONAL_MANAGER).filter(unit_id__in=keys)
    return list(people.exclude(pk=user.pk).values_list("pk", flat=True))

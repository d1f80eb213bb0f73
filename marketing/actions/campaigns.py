from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from customers.models import Lead
from marketing.models import Campaign, CampaignLead
from users.models import Unit, User


@transaction.atomic
def add_campaign(
    *,
    by: User,
    name: str,
    starts_on: date,
    ends_on: date,
    owner: User | None = None,
    unit: Unit | None = None,
    **fields,
) -> Campaign:
    _refuse_end_before_start(starts_on, ends_on)
    number = next_number("campaign", prefix="HD", on=timezone.localdate())
    campaign = Campaign.objects.create(
        number=number,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        owner=owner or by,
        unit=unit or by.unit,
        search_text=search_text(name, number, fields.get("place", "")),
        **fields,
    )
    log_status(campaign, by=by, step="add", before="", after=campaign.status)
    return campaign


@transaction.atomic
def change_campaign(campaign_id: int, *, by: User, **fields) -> Campaign:
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign_id)
    if campaign.status not in Campaign.CHANGEABLE:
        raise RuleBroken(_("“%(campaign)s” is finished and can no longer be changed.") % {"campaign": campaign})
    for name, value in fields.items():
        setattr(campaign, name, value)
    _refuse_end_before_start(campaign.starts_on, campaign.ends_on)
    campaign.search_text = search_text(campaign.name, campaign.number, campaign.place)
    campaign.save(update_fields=[*fields, "search_text"])
    return campaign


@transaction.atomic
def add_campaign_lead(*, by: User, campaign: Campaign, lead: Lead) -> CampaignLead:
    """Leads come in while the campaign runs, and afterwards; not before it has started."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.status == Campaign.Status.PLANNED:
        raise RuleBroken(
            {"campaign": _("“%(campaign)s” has not started yet. Start it first.") % {"campaign": campaign}}
        )
    if CampaignLead.objects.filter(campaign=campaign, lead=lead).exists():
        raise RuleBroken(
            {
                "lead": _("The lead “%(lead)s” is counted for “%(campaign)s” already.")
                % {"lead": lead, "campaign": campaign}
            }
        )
    return CampaignLead.objects.create(campaign=campaign, lead=lead, added_by=by)


def _refuse_end_before_start(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RuleBroken({"ends_on": _("The last day lies before the first. Correct one of them.")})

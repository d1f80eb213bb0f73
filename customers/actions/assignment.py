"""Who gets a new lead: the first rule that fits names the team, its salesmen take turns."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.notices import notify
from customers.models import Absence, AssignmentRule, Lead
from users.access import Role
from users.models import User

TAKE_TURNS = (Role.SALESMAN, Role.DEALER_SALESMAN)


@dataclass(frozen=True)
class Turn:
    """Whose turn it is by a rule, and why it is nobody else's."""

    rule: AssignmentRule
    person: User | None
    reason: str


@transaction.atomic
def assign_by_rules(lead: Lead) -> list[Turn]:
    """Give a locked lead to whose turn it is; the turns that were looked at, the last one names the owner if any."""
    turns = []
    for key in AssignmentRule.objects.for_lead(lead).values_list("pk", flat=True):
        # The lock makes two leads that arrive together take two turns.
        rule = AssignmentRule.objects.select_for_update(of=("self",)).select_related("team").get(pk=key)
        turns.append(_turn(rule))
        if turns[-1].person is not None:
            _give(lead, turns[-1])
            break
    return turns


def _turn(rule: AssignmentRule) -> Turn:
    today = timezone.localdate()
    absent = Absence.objects.on(today).filter(person=OuterRef("pk"))
    team = list(
        User.objects.on_duty()
        .filter(unit__path__startswith=rule.team.path, groups__name__in=TAKE_TURNS)
        .annotate(is_absent=Exists(absent))
        .order_by("pk")
        .distinct()
    )
    loads = _open_leads(team)
    skipped = []
    for person in _in_turn(team, rule.last_person_id):
        if person.is_absent:
            skipped.append(_("%(person)s is not on duty") % {"person": person})
        elif rule.capacity is not None and loads.get(person.pk, 0) >= rule.capacity:
            skipped.append(_("%(person)s has %(count)d open leads") % {"person": person, "count": loads[person.pk]})
        else:
            return Turn(rule, person, _reason(rule, skipped, loads.get(person.pk, 0)))
    return Turn(rule, None, _reason(rule, skipped or [_("the team has no salesman on duty")], 0))


def _in_turn(team: list[User], last: int | None) -> list[User]:
    """Those after the last one, then from the beginning."""
    return [one for one in team if last and one.pk > last] + [one for one in team if not last or one.pk <= last]


def _open_leads(team: list[User]) -> dict[int, int]:
    leads = Lead.objects.open().filter(owner__in=team).order_by()
    return dict(leads.values_list("owner").annotate(count=Count("pk")))


def _reason(rule: AssignmentRule, skipped: list[str], load: int) -> str:
    words = {"rule": rule.name, "count": load, "skipped": "；".join(skipped)}
    if skipped:
        return _("By the rule “%(rule)s”; %(count)d open leads before. Skipped: %(skipped)s.") % words
    return _("By the rule “%(rule)s”; %(count)d open leads before.") % words


def _give(lead: Lead, turn: Turn) -> None:
    lead.owner, lead.status = turn.person, Lead.Status.ASSIGNED
    if not lead.unit.contains(turn.rule.team) and not turn.rule.team.contains(lead.unit):
        lead.unit = turn.rule.team
    lead.save(update_fields=["owner", "unit", "status"])
    turn.rule.last_person = turn.person
    turn.rule.save(update_fields=["last_person"])
    notify(
        [turn.person.pk],
        gettext_noop("The lead %(lead)s came to you by the rule “%(rule)s”."),
        url=reverse("customers:lead_detail", args=[lead.pk]),
        lead=lead.name,
        rule=turn.rule.name,
    )

"""The score of leads: one set of conditions computes it for thousands and explains it for one."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from customers.models import ContactRecord, Lead, ScoreRule

C = ScoreRule.Criterion


def rescore(leads: QuerySet[Lead]) -> int:
    """Write the scores that have changed; how many these are."""
    score = sum((_points(rule) for rule in _rules()), Value(0))
    stale = _with_contacts(leads).annotate(present=score).exclude(score=models.F("present"))
    keys = dict(stale.values_list("pk", "present"))
    by_score: dict[int, list[int]] = {}
    for key, present in keys.items():
        by_score.setdefault(present, []).append(key)
    for present, group in by_score.items():
        Lead.objects.filter(pk__in=group).update(score=present)
    return len(keys)


def explained_score(lead: Lead) -> list[tuple[ScoreRule, int]]:
    """The rules that give this lead points now; their sum is its score."""
    rules = _rules()
    parts = {f"rule_{rule.pk}": _points(rule) for rule in rules}
    found = _with_contacts(Lead.objects.filter(pk=lead.pk)).annotate(**parts).values(*parts).first() or {}
    return [(rule, found[f"rule_{rule.pk}"]) for rule in rules if found.get(f"rule_{rule.pk}")]


def _rules() -> list[ScoreRule]:
    return list(ScoreRule.objects.filter(is_active=True).select_related("source"))


def _points(rule: ScoreRule) -> Case:
    return Case(When(_condition(rule), then=Value(rule.points)), default=Value(0))


def _condition(rule: ScoreRule) -> Q:
    if rule.criterion == C.SOURCE:
        return Q(source=rule.source_id)
    if rule.criterion == C.LEVEL:
        return Q(intent_level=rule.level)
    if rule.criterion == C.VERIFIED:
        return Q(is_phone_verified=True)
    if rule.criterion == C.RECENT:
        return Q(recorded_at__gte=timezone.now() - timedelta(days=rule.number))
    return Q(contact_count__gte=rule.number)


def _with_contacts(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    contacts = ContactRecord.objects.by_hand().filter(lead=OuterRef("pk"), binned_at=None).order_by().values("lead")
    return leads.annotate(contact_count=Coalesce(Subquery(contacts.annotate(count=Count("pk")).values("count")), 0))

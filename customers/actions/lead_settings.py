from celery import current_app
from django.db import transaction

from core.changes import changed
from customers.models import (
    AssignmentRule,
    IntentLevel,
    IntentLevelRule,
    LeadPolicy,
    ScoreRule,
)
from users.models import User

# Buys within, contact again within (days): DOMAIN 1.8; the intervals are trade practice.
STANDARD_LEVELS = {
    IntentLevel.H: (7, 2),
    IntentLevel.A: (15, 4),
    IntentLevel.B: (30, 7),
    IntentLevel.C: (90, 15),
    IntentLevel.N: (None, 1),
    IntentLevel.O: (None, 7),
    IntentLevel.D: (None, 30),
    IntentLevel.T: (None, None),
}
C = ScoreRule.Criterion
STANDARD_SCORES = (
    {"criterion": C.LEVEL, "level": IntentLevel.H, "points": 40},
    {"criterion": C.LEVEL, "level": IntentLevel.A, "points": 30},
    {"criterion": C.LEVEL, "level": IntentLevel.B, "points": 20},
    {"criterion": C.LEVEL, "level": IntentLevel.C, "points": 10},
    {"criterion": C.VERIFIED, "points": 15},
    {"criterion": C.RECENT, "number": 3, "points": 15},
    {"criterion": C.RECENT, "number": 14, "points": 10},
    {"criterion": C.CONTACTS, "number": 1, "points": 5},
    {"criterion": C.CONTACTS, "number": 3, "points": 10},
)


@transaction.atomic
def add_standard_lead_settings() -> None:
    """What is missing: the policy, the rule of each level, and scores where there are none at all."""
    LeadPolicy.objects.get_or_create(pk=1)
    for level, (purchase_days, follow_up_days) in STANDARD_LEVELS.items():
        days = {"purchase_days": purchase_days, "follow_up_days": follow_up_days}
        IntentLevelRule.objects.get_or_create(level=level, defaults=days)
    if not ScoreRule.objects.exists():
        ScoreRule.objects.bulk_create(ScoreRule(**values) for values in STANDARD_SCORES)


def change_lead_policy(policy_id: int, *, by: User, **fields) -> LeadPolicy:
    return changed(LeadPolicy, policy_id, fields)


def change_intent_level(rule_id: int, *, by: User, **fields) -> IntentLevelRule:
    """New intervals hold for the next contact that is agreed."""
    return changed(IntentLevelRule, rule_id, fields)


@transaction.atomic
def add_score_rule(*, by: User, **fields) -> ScoreRule:
    rule = ScoreRule.objects.create(**fields)
    _rescore_later()
    return rule


@transaction.atomic
def change_score_rule(rule_id: int, *, by: User, **fields) -> ScoreRule:
    rule = changed(ScoreRule, rule_id, fields)
    _rescore_later()
    return rule


def _rescore_later() -> None:
    """All open leads are too many for a request; should the broker be down, the night does it."""
    transaction.on_commit(lambda: current_app.send_task("customers.tasks.rescore_leads"), robust=True)


def add_assignment_rule(*, by: User, **fields) -> AssignmentRule:
    return AssignmentRule.objects.create(**fields)


def change_assignment_rule(rule_id: int, *, by: User, **fields) -> AssignmentRule:
    return changed(AssignmentRule, rule_id, fields)

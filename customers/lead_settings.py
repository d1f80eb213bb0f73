"""The pages of what an administrator sets about leads: columns, filters, forms."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, since, until
from core.forms import RecordForm
from core.pages import Pages
from core.tables import Column, Table
from customers import actions, timeline
from customers.absence_forms import AbsenceForm
from customers.models import Absence, AssignmentRule, IntentLevelRule, LeadPolicy, ScoreRule
from customers.workflow import ABSENCE_STEPS
from users.models import User


class LeadPolicyFilter(Filters):
    class Meta:
        model = LeadPolicy
        fields = []


class IntentLevelFilter(Filters):
    level = django_filters.ChoiceFilter(choices=IntentLevelRule._meta.get_field("level").choices, label=_("Level"))

    class Meta:
        model = IntentLevelRule
        fields = []


class ScoreRuleFilter(Filters):
    criterion = django_filters.ChoiceFilter(choices=ScoreRule.Criterion.choices, label=_("Criterion"))
    is_active = django_filters.BooleanFilter(label=_("Active"))

    class Meta:
        model = ScoreRule
        fields = []


class AssignmentRuleFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    is_active = django_filters.BooleanFilter(label=_("Active"))

    class Meta:
        model = AssignmentRule
        fields = []


class AbsenceFilter(Filters):
    person = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Person"))
    from_day = since("ends_on", _("From"))
    to_day = until("starts_on", _("To"))
    status = django_filters.ChoiceFilter(choices=Absence.Status.choices, label=_("Status"))

    class Meta:
        model = Absence
        fields = []


class LeadPolicyForm(RecordForm):
    class Meta:
        model = LeadPolicy
        fields = ["protection_days"]


class IntentLevelForm(RecordForm):
    class Meta:
        model = IntentLevelRule
        fields = ["purchase_days", "follow_up_days"]


class ScoreRuleForm(RecordForm):
    class Meta:
        model = ScoreRule
        fields = ["criterion", "source", "level", "number", "points", "is_active"]


class AssignmentRuleForm(RecordForm):
    class Meta:
        model = AssignmentRule
        fields = ["position", "name", "city", "dealer", "series", "source", "team", "capacity", "is_active"]


POLICY = Pages(
    table=Table(LeadPolicy, (Column("protection_days", kind="number", link=True),), order=("pk",)),
    filters=LeadPolicyFilter,
    form=LeadPolicyForm,
    update=actions.change_lead_policy,
)
LEVELS = Pages(
    table=Table(
        IntentLevelRule,
        (
            Column("level", kind="choice", link=True),
            Column("purchase_days", kind="number"),
            Column("follow_up_days", kind="number"),
        ),
        order=("pk",),
    ),
    filters=IntentLevelFilter,
    form=IntentLevelForm,
    update=actions.change_intent_level,
)
SCORES = Pages(
    table=Table(
        ScoreRule,
        (
            Column("criterion", kind="choice", link=True),
            Column("source__name"),
            Column("level", kind="choice"),
            Column("number", kind="number"),
            Column("points", kind="number"),
            Column("is_active", kind="boolean"),
        ),
        order=("criterion", "pk"),
    ),
    filters=ScoreRuleFilter,
    form=ScoreRuleForm,
    create=actions.add_score_rule,
    update=actions.change_score_rule,
)
ASSIGNMENTS = Pages(
    table=Table(
        AssignmentRule,
        (
            Column("name", link=True),
            Column("position", kind="number"),
            Column("city"),
            Column("dealer__name"),
            Column("series__name"),
            Column("source__name"),
            Column("team__name"),
            Column("capacity", kind="number"),
            Column("last_person__name"),
            Column("is_active", kind="boolean"),
        ),
        order=("position", "pk"),
    ),
    filters=AssignmentRuleFilter,
    form=AssignmentRuleForm,
    create=actions.add_assignment_rule,
    update=actions.change_assignment_rule,
)
ABSENCES = Pages(
    table=Table(
        Absence,
        (
            Column("person__name", link=True),
            Column("person__unit__name", _("Unit")),
            Column("starts_on", kind="date"),
            Column("ends_on", kind="date"),
            Column("note"),
            Column("status", kind="status"),
        ),
        order=("-starts_on", "-pk"),
    ),
    filters=AbsenceFilter,
    form=AbsenceForm,
    create=actions.add_absence,
    update=actions.change_absence,
    steps=ABSENCE_STEPS,
    timeline=timeline.of_absence,
)
PAGES = (POLICY, LEVELS, SCORES, ASSIGNMENTS, ABSENCES)

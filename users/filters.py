import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, since, until
from users.models import ApprovalFlow, CalendarEntry, Delegation, Task, Unit, User
from users.roles import LABELS
from users.subjects import SUBJECTS


class WithinUnit(django_filters.ModelChoiceFilter):
    """Rows of a unit and of those below it."""

    def __init__(self, field_name: str = "unit", **options):
        super().__init__(
            field_name=field_name, queryset=Unit.objects.all(), label=_("Unit and those below it"), **options
        )

    def filter(self, queryset, unit):
        return queryset.filter(**{f"{self.field_name}__path__startswith": unit.path}) if unit else queryset


class UserFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.all(), label=_("Unit"))
    groups = django_filters.ChoiceFilter(field_name="groups__name", choices=list(LABELS.items()), label=_("Role"))
    is_active = django_filters.BooleanFilter(label=_("Active"))

    class Meta:
        model = User
        fields = []


class UnitFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=Unit.Kind.choices, label=_("Kind"))

    class Meta:
        model = Unit
        fields = []


class TaskFilter(Filters):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("What is to be done"))
    is_done = django_filters.BooleanFilter(field_name="done_at", lookup_expr="isnull", exclude=True, label=_("Done"))
    priority = django_filters.ChoiceFilter(choices=Task.Priority.choices, label=_("Priority"))
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    due_from = since("due_on", _("Due from"))
    due_until = until("due_on", _("Due until"))

    class Meta:
        model = Task
        fields = []


class CalendarEntryFilter(Filters):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("Title"))
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    from_day = since("starts_at", _("From"))
    to_day = until("starts_at", _("To"))

    class Meta:
        model = CalendarEntry
        fields = []


class DelegationFilter(Filters):
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Who is away"))
    deputy = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Deputy"))
    from_day = since("ends_on", _("From"))

    class Meta:
        model = Delegation
        fields = []


class ApprovalFlowFilter(Filters):
    subject = django_filters.ChoiceFilter(choices=SUBJECTS, label=_("Approval of"))
    is_in_force = django_filters.BooleanFilter(label=_("In force"))

    class Meta:
        model = ApprovalFlow
        fields = []

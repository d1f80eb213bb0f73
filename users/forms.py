from datetime import date, datetime, timedelta
from datetime import time as clock

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from core.filters import day_input, day_of_the_calendar
from core.forms import ComingDayField, RecordForm, StepForm
from core.targets import record_named
from users.access import ROLES
from users.models import CalendarEntry, Task, Unit, User
from users.roles import role_label

WEEKDAYS = (
    *((0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday"))),
    *((4, _("Friday")), (5, _("Saturday")), (6, _("Sunday"))),
)
REMINDERS = (
    *(("", _("No reminder")), (0, _("When it begins")), (10, _("10 minutes before"))),
    *((30, _("30 minutes before")), (60, _("1 hour before")), (1440, _("1 day before"))),
)
SCOPES = (
    ("one", _("This one alone")),
    ("following", _("This one and all that follow")),
    ("all", _("The whole series")),
)


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class UserForm(RecordForm):
    class Meta:
        model = User
        fields = ["username", "name", "unit", "phone", "email", "is_active"]


class UnitForm(RecordForm):
    class Meta:
        model = Unit
        fields = ["name", "code", "kind", "parent"]


class RolesForm(StepForm):
    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["roles"].choices = [(role, role_label(role)) for role in ROLES]
        self.fields["roles"].initial = sorted(self.record.role_names)


class TaskForm(RecordForm):
    """``about`` names the record the task hangs on, as the page that led here did."""

    about = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Task
        fields = ["title", "due_on", "due_time", "priority", "owner", "remind_at", "note"]
        field_classes = {"due_on": ComingDayField}
        widgets = {"due_time": time_input()}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = User.objects.reached_by(self.user, Task, "change").on_duty()
        self.fields["owner"].empty_label, self.fields["owner"].required = None, True
        self.initial.setdefault("owner", self.user.pk)
        if self.instance.pk:
            del self.fields["about"]

    def clean(self):
        cleaned = super().clean()
        if about := cleaned.pop("about", ""):
            cleaned["target"] = record_named(about, self.user)
            if cleaned["target"] is None:
                raise forms.ValidationError(
                    _("The record this is about is not to be found. Begin again from its page.")
                )
        return cleaned


class QuickTaskForm(forms.Form):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = ComingDayField(label=_("Due on"), widget=day_input(), validators=[day_of_the_calendar])


def with_target(cleaned: dict, user: User) -> dict:
    """``about`` becomes the record it names."""
    if about := cleaned.pop("about", ""):
        cleaned["target"] = record_named(about, user)
        if cleaned["target"] is None:
            raise forms.ValidationError(_("The record this is about is not to be found. Begin again from its page."))
    return cleaned


class EntryForm(RecordForm):
    """Day and time apart, as one types them; ``on`` is the occurrence of a series that was opened."""

    starts_on = forms.DateField(label=_("From"))
    starts_time = forms.TimeField(label=_("At"), required=False, widget=time_input())
    ends_on = forms.DateField(label=_("Until"))
    ends_time = forms.TimeField(label=_("At"), required=False, widget=time_input())
    repeats = forms.ChoiceField(
        label=_("Repeats"), choices=[("", _("Never")), *CalendarEntry.Repeats.choices], required=False
    )
    repeat_interval = forms.IntegerField(
        label=_("Every how many days, weeks or months"), min_value=1, max_value=99, initial=1, required=False
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=WEEKDAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    repeat_count = forms.IntegerField(label=_("How many times"), min_value=1, max_value=999, required=False)
    remind_minutes = forms.TypedChoiceField(
        label=_("Remind before"), choices=REMINDERS, coerce=int, empty_value=None, required=False
    )
    scope = forms.ChoiceField(label=_("Change"), choices=SCOPES, widget=forms.RadioSelect, initial="one")
    on = forms.DateField(required=False, widget=forms.HiddenInput)
    about = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CalendarEntry
        fields = ["title", "place", "is_all_day", "owner", "participants", "repeat_until", "note"]

    field_order = (
        *("scope", "title", "is_all_day", "starts_on", "starts_time", "ends_on", "ends_time", "place", "participants"),
        *("remind_minutes", "repeats", "repeat_interval", "weekdays", "repeat_until", "repeat_count", "owner", "note"),
    )

    def __init__(self, *args, on: date | None = None, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = User.objects.reached_by(self.user, CalendarEntry, "change").on_duty()
        self.fields["owner"].empty_label, self.fields["owner"].required = None, True
        self.fields["participants"].queryset = self._people_to_invite()
        self.initial.setdefault("owner", self.user.pk)
        if self.instance.pk:
            self._fill_in(on or self.instance.first_day)
            del self.fields["about"]
        else:
            day, hours = timezone.localdate(), {"starts_time": clock(9), "ends_time": clock(10)}
            self.initial = {"starts_on": day, "ends_on": day, **hours, **self.initial}
        if not self.instance.repeats:
            del self.fields["scope"]

    def _people_to_invite(self) -> QuerySet[User]:
        """Whoever takes part stays a choice: who edits the entry need not see him otherwise."""
        people = Q(pk__in=User.objects.visible_to(self.user).on_duty().values("pk"))
        if self.instance.pk:
            people |= Q(pk__in=self.instance.participants.values("pk"))
        return User.objects.filter(people)

    def _fill_in(self, on: date) -> None:
        occurrence = self.instance.occurrence(on)
        starts, ends = (localtime(moment) for moment in (occurrence.starts_at, occurrence.ends_at))
        last = (ends - timedelta(microseconds=1)).date() if self.instance.is_all_day else ends.date()
        self.initial |= {
            **{name: getattr(self.instance, name) for name in ("repeats", "weekdays", "remind_minutes")},
            **{name: getattr(self.instance, name) for name in ("repeat_interval", "repeat_count")},
            **{"on": on, "starts_on": on, "starts_time": starts.time(), "ends_on": last, "ends_time": ends.time()},
        }

    def clean(self):
        cleaned = super().clean()
        begin = [cleaned.pop(name, None) for name in ("starts_on", "starts_time")]
        end = [cleaned.pop(name, None) for name in ("ends_on", "ends_time")]
        for name, time in (("starts_time", begin[1]), ("ends_time", end[1])):
            if not cleaned.get("is_all_day") and time is None and name not in self.errors:
                self.add_error(name, _("Enter the time, or tick “all day”."))
        if self.errors:
            return cleaned
        if cleaned["is_all_day"]:
            begin[1], end[1] = clock.min, clock.max
        cleaned |= {
            name: make_aware(datetime.combine(*part)) for name, part in (("starts_at", begin), ("ends_at", end))
        }
        if not self.instance.pk:
            cleaned.pop("on", None)
        return with_target(cleaned, self.user)

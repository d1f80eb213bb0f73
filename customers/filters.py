import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, SearchFilter, named_by_a_link, since, until
from core.periods import parse_period
from customers.divisions import children
from customers.followed import FollowedFilters
from customers.funnel import Basis, Figure, Funnel
from customers.models import (
    Contact,
    ContactRecord,
    Customer,
    KeyAccountRegistration,
    Lead,
    MetCompetitor,
    Opportunity,
    Pipeline,
    PurchaseRecord,
    Source,
    Stage,
    WalkIns,
)
from products.models import CompetitorModel, Series
from users.filters import WithinUnit
from users.models import Unit, User

PROVINCES = [(code[:2], name) for code, name in children("")]


class PeriodField(forms.CharField):
    """A period as it stands in addresses: 2026-11, 2026-Q4."""

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse_period(text) if text else None
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem


class PeriodFilter(django_filters.Filter):
    field_class = PeriodField


class LeadFilter(FollowedFilters):
    about = "lead"

    q = SearchFilter()
    status = django_filters.ChoiceFilter(choices=Lead.Status.choices, label=_("Status"))
    intent_level = django_filters.ChoiceFilter(choices=Lead.IntentLevel.choices, label=_("Intent level"))
    source = django_filters.ModelChoiceFilter(queryset=Source.objects.all(), label=_("Source"))
    series = named_by_a_link(queryset=Series.objects.all(), label=_("Series of interest"))
    unit = WithinUnit()
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    is_open = django_filters.BooleanFilter(field_name="status", method="open_or_closed", label=_("Open"))
    overdue = django_filters.BooleanFilter(method="overdue_or_not", label=_("Follow-up overdue"))
    due_from = since("next_contact_on", _("Next contact from"))
    due = until("next_contact_on", _("Next contact until"))
    recorded_from = since("recorded_at", _("Recorded from"))
    recorded_until = until("recorded_at", _("Recorded until"))

    class Meta:
        model = Lead
        fields = []

    def open_or_closed(self, queryset, name, value):
        return queryset.filter(status__in=Lead.OPEN) if value else queryset.exclude(status__in=Lead.OPEN)

    def overdue_or_not(self, queryset, name, value):
        overdue = Lead.objects.overdue(timezone.localdate())
        return queryset & overdue if value else queryset.exclude(pk__in=overdue.values("pk"))


class CustomerFilter(FollowedFilters):
    about = "customer"

    q = SearchFilter()
    kind = django_filters.ChoiceFilter(choices=Customer.Kind.choices, label=_("Kind"))
    is_person = django_filters.BooleanFilter(
        method="person_or_organisation", widget=forms.HiddenInput(), label=_("Person")
    )
    stage = django_filters.ChoiceFilter(choices=Customer.Stage.choices, label=_("Stage"))
    level = django_filters.ChoiceFilter(choices=Customer.Level.choices, label=_("Level"))
    care_level = django_filters.ChoiceFilter(choices=Customer.CareLevel.choices, label=_("Care level"))
    source = django_filters.ModelChoiceFilter(queryset=Source.objects.all(), label=_("Source"))
    province = django_filters.ChoiceFilter(
        field_name="division", lookup_expr="startswith", choices=PROVINCES, label=_("Province")
    )
    city = django_filters.CharFilter(lookup_expr="startswith", label=_("City"))
    parent = named_by_a_link(queryset=Customer.objects.all(), label=_("Parent company"))
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.all(), label=_("Unit"))
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    added_from = since("created_at", _("Added from"))
    added_until = until("created_at", _("Added until"))

    class Meta:
        model = Customer
        fields = []

    def person_or_organisation(self, queryset, name, value):
        return queryset.filter(kind=Customer.Kind.PERSON) if value else queryset.organisations()


class ContactFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    is_primary = django_filters.BooleanFilter(label=_("Primary contact"))
    birthday_from = since("next_birthday_on", _("Birthday from"))
    birthday_until = until("next_birthday_on", _("Birthday until"))

    class Meta:
        model = Contact
        fields = []


class OpportunityFilter(Filters):
    q = SearchFilter()
    status = django_filters.ChoiceFilter(choices=Opportunity.Status.choices, label=_("Status"))
    pipeline = named_by_a_link(queryset=Pipeline.objects.all(), label=_("Pipeline"))
    stage = named_by_a_link(queryset=Stage.objects.all(), label=_("Stage"))
    series = django_filters.ModelChoiceFilter(queryset=Series.objects.all(), label=_("Series of interest"))
    unit = WithinUnit(widget=forms.HiddenInput())
    is_open = django_filters.BooleanFilter(method="open_or_closed", label=_("In progress"))
    has_close_day = django_filters.BooleanFilter(
        field_name="expected_close_on", lookup_expr="isnull", exclude=True, label=_("Has an expected close")
    )
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    lost_reason = django_filters.ChoiceFilter(choices=Opportunity.LostReason.choices, label=_("Reason of loss"))
    source = named_by_a_link(queryset=Source.objects.all(), method="of_source", label=_("Source"))
    visited = PeriodFilter(method="of_first_visitors", widget=forms.HiddenInput(), label=_("First visit in"))
    closed_from = since("closed_at", _("Closed from"))
    closed_until = until("closed_at", _("Closed until"))
    closes_from = since("expected_close_on", _("Expected close from"))
    closes_until = until("expected_close_on", _("Expected close until"))
    added_from = since("created_at", _("Added from"))
    added_until = until("created_at", _("Added until"))

    class Meta:
        model = Opportunity
        fields = []

    def open_or_closed(self, queryset, name, value):
        return queryset.open() if value else queryset.exclude(status__in=Opportunity.OPEN)

    def of_source(self, queryset, name, source):
        return queryset.of_source(source)

    def of_first_visitors(self, queryset, name, period):
        """Of customers who first came to the showroom in the period, as the funnel counts them for this reader."""
        records = ContactRecord.objects.visible_to(self.user)
        unit, source = self.form.cleaned_data["unit"], self.form.cleaned_data["source"]
        records = records.filter(unit__path__startswith=unit.path) if unit else records
        records = records.of_source(source) if source else records
        return Funnel(records, queryset, WalkIns.objects.none(), period).of_first_visitors(queryset)


class ForecastFilter(Filters):
    pipeline = django_filters.ModelChoiceFilter(queryset=Pipeline.objects.all(), label=_("Pipeline"))
    unit = WithinUnit()
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    series = django_filters.ModelChoiceFilter(queryset=Series.objects.all(), label=_("Series of interest"))

    class Meta:
        model = Opportunity
        fields = []


class FunnelFilter(Filters):
    unit = WithinUnit()
    source = django_filters.ModelChoiceFilter(queryset=Source.objects.all(), method="of_source", label=_("Source"))

    class Meta:
        model = ContactRecord
        fields = []

    def of_source(self, queryset, name, source):
        return queryset.of_source(source)


class WalkInsFilter(Filters):
    unit = WithinUnit()
    source = named_by_a_link(queryset=Source.objects.all(), method="of_source", label=_("Source"))
    from_day = since("on", _("From"))
    to_day = until("on", _("To"))

    class Meta:
        model = WalkIns
        fields = []

    def of_source(self, queryset, name, source):
        """Of parties without a name no source is known."""
        return queryset.none()


class BoardFilter(Filters):
    unit = WithinUnit()
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    series = django_filters.ModelChoiceFilter(queryset=Series.objects.all(), label=_("Series of interest"))

    class Meta:
        model = Opportunity
        fields = []


class MetCompetitorFilter(Filters):
    model = django_filters.ModelChoiceFilter(queryset=CompetitorModel.objects.all(), label=_("Competitor model"))
    dealer_name = django_filters.CharFilter(lookup_expr="icontains", label=_("Dealer of the competitor"))

    class Meta:
        model = MetCompetitor
        fields = []


class PipelineFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))

    class Meta:
        model = Pipeline
        fields = []


class StageFilter(Filters):
    pipeline = django_filters.ModelChoiceFilter(queryset=Pipeline.objects.all(), label=_("Pipeline"))
    kind = django_filters.ChoiceFilter(choices=Stage.Kind.choices, label=_("Kind"))
    is_active = django_filters.BooleanFilter(label=_("Active"))

    class Meta:
        model = Stage
        fields = []


class ContactRecordFilter(Filters):
    kind = django_filters.ChoiceFilter(choices=ContactRecord.Kind.choices, label=_("Kind"))
    is_by_hand = django_filters.BooleanFilter(method="by_hand_or_not", label=_("Logged by a person"))
    unit = WithinUnit()
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("By"))
    from_day = since("at", _("From"))
    to_day = until("at", _("To"))
    figure = django_filters.ChoiceFilter(
        choices=Figure.choices, method="taken_together", widget=forms.HiddenInput(), label=_("Figure of the funnel")
    )
    basis = django_filters.ChoiceFilter(
        choices=Basis.choices, method="taken_together", widget=forms.HiddenInput(), label=_("Counted by")
    )
    period = PeriodFilter(method="taken_together", widget=forms.HiddenInput(), label=_("Period"))
    unit = WithinUnit(widget=forms.HiddenInput())
    source = named_by_a_link(queryset=Source.objects.all(), method="of_source", label=_("Source"))

    class Meta:
        model = ContactRecord
        fields = []

    def taken_together(self, queryset, name, value):
        return queryset

    def by_hand_or_not(self, queryset, name, value):
        return queryset.by_hand() if value else queryset.exclude(kind__in=ContactRecord.BY_HAND)

    def of_source(self, queryset, name, source):
        return queryset.of_source(source)

    def filter_queryset(self, queryset):
        """A figure of the funnel needs its basis and its period; with one of them alone there is no such row."""
        found = super().filter_queryset(queryset)
        figure, basis, period = (self.form.cleaned_data[name] for name in ("figure", "basis", "period"))
        if not (figure or basis or period):
            return found
        if not (figure and basis and period):
            return found.none()
        return Funnel(found, Opportunity.objects.none(), WalkIns.objects.none(), period).rows(figure, basis)


class RegistrationFilter(Filters):
    q = SearchFilter()
    status = django_filters.ChoiceFilter(choices=KeyAccountRegistration.Status.choices, label=_("Status"))
    protected_from = since("protected_until", _("Protected on"))

    class Meta:
        model = KeyAccountRegistration
        fields = []


class GroupFilter(django_filters.ModelChoiceFilter):
    """A key account and everything below it; set by the figures that lead here."""

    def __init__(self, **options):
        super().__init__(widget=forms.HiddenInput(), **options)

    def filter(self, queryset, value):
        return queryset.of_group(value.pk) if value else queryset


class WithMergedFilter(GroupFilter):
    """A customer and the rows merged into him."""

    def filter(self, queryset, value):
        return queryset.of_customer(value.pk) if value else queryset


class PurchaseRecordFilter(Filters):
    customer = WithMergedFilter(queryset=Customer.objects.all(), label=_("Customer"))
    group = GroupFilter(queryset=Customer.objects.all(), label=_("Key account and subsidiaries"))
    from_day = since("on", _("From"))
    to_day = until("on", _("To"))

    class Meta:
        model = PurchaseRecord
        fields = []


class SourceFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))

    class Meta:
        model = Source
        fields = []

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, since, until
from core.months import MonthFilter
from products.models import Sku
from salesplan.models import (
    Forecast,
    ProductionPlan,
    ProductionPlanLine,
    Quota,
    ReportKind,
    ReportTemplate,
    SalesPlan,
    SalesPlanLine,
    WorkReport,
)
from salesplan.models.work_reports import IS_LATE
from users.filters import WithinUnit
from users.models import Unit, User


class SalesPlanFilter(Filters):
    month = MonthFilter(label=_("Month"))
    status = django_filters.ChoiceFilter(choices=SalesPlan.Status.choices, label=_("Status"))

    class Meta:
        model = SalesPlan
        fields = []


class SalesPlanLineFilter(Filters):
    month = MonthFilter(field_name="plan__month", label=_("Month"))
    status = django_filters.ChoiceFilter(
        field_name="plan__status", choices=SalesPlan.Status.choices, label=_("Status of the plan")
    )
    unit = django_filters.ModelChoiceFilter(
        field_name="dealer__unit", queryset=Unit.objects.filter(kind=Unit.Kind.DEALER), label=_("Dealer")
    )
    sku = django_filters.ModelChoiceFilter(queryset=Sku.objects.all(), label=_("SKU"))

    class Meta:
        model = SalesPlanLine
        fields = []


class QuotaFilter(Filters):
    month = MonthFilter(label=_("Month"))
    user = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Salesperson"))

    class Meta:
        model = Quota
        fields = []


class ProductionPlanFilter(Filters):
    month = MonthFilter(label=_("Month"))
    status = django_filters.ChoiceFilter(choices=ProductionPlan.Status.choices, label=_("Status"))

    class Meta:
        model = ProductionPlan
        fields = []


class ProductionPlanLineFilter(Filters):
    month = MonthFilter(field_name="plan__month", label=_("Month"))
    status = django_filters.ChoiceFilter(
        field_name="plan__status", choices=ProductionPlan.Status.choices, label=_("Status of the plan")
    )
    sku = django_filters.ModelChoiceFilter(queryset=Sku.objects.all(), label=_("SKU"))

    class Meta:
        model = ProductionPlanLine
        fields = []


class ForecastFilter(Filters):
    label = django_filters.CharFilter(lookup_expr="icontains", label=_("Series"))
    from_month = MonthFilter(field_name="month", lookup_expr="gte", label=_("From"))
    to_month = MonthFilter(field_name="month", lookup_expr="lte", label=_("To"))

    class Meta:
        model = Forecast
        fields = []


class ReportTemplateFilter(Filters):
    kind = django_filters.ChoiceFilter(choices=ReportKind.choices, label=_("Kind"))
    is_required = django_filters.BooleanFilter(label=_("Has to be handed in"))

    class Meta:
        model = ReportTemplate
        fields = []


class WorkReportFilter(Filters):
    kind = django_filters.ChoiceFilter(choices=ReportKind.choices, label=_("Kind"))
    status = django_filters.ChoiceFilter(choices=WorkReport.Status.choices, label=_("Status"))
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Written by"))
    unit = WithinUnit()
    reviewer = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Reviewer"))
    mark = django_filters.ChoiceFilter(choices=WorkReport.Mark.choices, label=_("Mark"))
    is_late = django_filters.BooleanFilter(field_name="submitted_at", method="late_or_in_time", label=_("Late"))
    from_day = since("starts_on", _("From"))
    to_day = until("starts_on", _("To"))

    class Meta:
        model = WorkReport
        fields = []

    def late_or_in_time(self, queryset, name, value):
        return queryset.filter(IS_LATE) if value else queryset.exclude(submitted_at=None).exclude(IS_LATE)

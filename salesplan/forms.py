from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.forms import LineForm, RecordForm, StepForm, lines_of
from core.months import MonthField
from dealers.models import Dealer
from products.models import Sku
from salesplan import rules
from salesplan.models import (
    ProductionPlan,
    ProductionPlanLine,
    Quota,
    ReportPart,
    ReportTemplate,
    SalesPlan,
    WorkReport,
)
from salesplan.proposals import SeriesProposal, proposals
from users.access import Role

SELLERS = (Role.SALESMAN, Role.DEALER_SALESMAN, Role.DEALER_MANAGER, Role.REGIONAL_MANAGER)


class SalesPlanForm(RecordForm):
    month = MonthField(label=_("Month"))

    class Meta:
        model = SalesPlan
        fields = ["month", "note"]


class SalesPlanLineForm(LineForm):
    dealer = forms.ModelChoiceField(label=_("Dealer"), queryset=Dealer.objects.trading())
    sku = forms.ModelChoiceField(label=_("SKU"), queryset=Sku.objects.orderable())
    quantity = forms.IntegerField(label=_("Planned cars"), min_value=1, max_value=99_999)


class SalesPlanLines(lines_of(SalesPlanLineForm)):
    def clean(self):
        """A draft may be empty: it is then filled from the forecast."""


class ProposeForm(StepForm):
    """Asks for nothing; the page shows beforehand what the plan would take from the forecast."""

    @cached_property
    def proposals(self) -> list[SeriesProposal]:
        return proposals(self.record, today=timezone.localdate())

    @property
    def cars(self) -> int:
        return sum(one.cars for one in self.proposals)


class QuotaForm(RecordForm):
    month = MonthField(label=_("Month"))

    class Meta:
        model = Quota
        fields = ["user", "month", "target_count", "target_amount"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        people = self.fields["user"].queryset
        self.fields["user"].queryset = people.on_duty().filter(groups__name__in=SELLERS).distinct()


class DeriveForm(RecordForm):
    class Meta:
        model = ProductionPlan
        fields = ["sales_plan"]
        help_texts = {"sales_plan": _("The planned cars less those that stand free in the factory are to be built.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        plans = self.fields["sales_plan"].queryset
        self.fields["sales_plan"].queryset = plans.published()

    def validate_unique(self):
        """The action refuses a second plan with a sentence that names the first."""


class ProduceForm(StepForm):
    line = forms.ModelChoiceField(label=_("SKU"), queryset=ProductionPlanLine.objects.all())
    produced_on = forms.DateField(label=_("Produced on"))
    quantity = forms.IntegerField(
        label=_("Cars built"),
        min_value=1,
        max_value=5_000,
        required=False,
        help_text=_("Without a list of VINs the next serial numbers are taken."),
    )
    vins = forms.CharField(
        label=_("VINs"),
        required=False,
        widget=forms.Textarea,
        help_text=_("One a line; a column pasted from Excel will do."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        lines = self.record.lines.unfinished().select_related("sku")
        self.fields["line"].queryset = lines
        self.initial.setdefault("produced_on", timezone.localdate())

    def clean_vins(self) -> list[str]:
        return rules.vins_in(self.cleaned_data["vins"])


class ReportTemplateForm(RecordForm):
    class Meta:
        model = ReportTemplate
        fields = ["kind", "role", "due_after_days", "due_at", "is_required"]
        widgets = {"due_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}


class ReportSectionForm(LineForm):
    part = forms.ChoiceField(label=_("Part"), choices=ReportPart.choices)
    title = forms.CharField(label=_("Heading"), max_length=60)
    prompt = forms.CharField(label=_("Prompt"), max_length=200, required=False)
    is_required = forms.BooleanField(label=_("Must be filled"), required=False)


ReportSections = lines_of(ReportSectionForm, extra=1)


class WorkReportForm(RecordForm):
    """A box for each section of the report; handed on as ``texts`` by position."""

    class Meta:
        model = WorkReport
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.entries = {f"section_{entry.position}": entry for entry in self.instance.entries.all()}
        for name, entry in self.entries.items():
            area = forms.Textarea(attrs={"rows": 4, "placeholder": entry.prompt})
            hint = _("Needed before you can hand in.") if entry.is_required else ""
            self.fields[name] = forms.CharField(
                label=entry.title, required=False, max_length=4000, widget=area, help_text=hint
            )
            self.initial[name] = entry.text

    def clean(self):
        cleaned = super().clean()
        return {"texts": {entry.position: cleaned.get(name, "") for name, entry in self.entries.items()}}


class ReviewForm(StepForm):
    mark = forms.ChoiceField(label=_("Mark"), choices=WorkReport.Mark.choices, initial=WorkReport.Mark.B)
    note = forms.CharField(label=_("Comment"), widget=forms.Textarea, max_length=2000)


class AnswerForm(StepForm):
    note = forms.CharField(label=_("Answer"), widget=forms.Textarea, max_length=2000)

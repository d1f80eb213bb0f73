"""Pages of consents: what customers agreed to for which purpose, and the texts they were read."""

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, named_by_a_link, since, until
from core.forms import RecordForm
from core.pages import Pages
from core.tables import Column, Table
from customers import actions
from customers.models import Consent, ConsentText, Customer, Purpose


class ConsentForm(RecordForm):
    text = forms.ModelChoiceField(label=_("Consent text"), queryset=ConsentText.objects.all())

    class Meta:
        model = Consent
        fields = ["customer", "text", "channel", "proof"]
        help_texts = {"proof": _("Where the proof is: number of the paper, name of the recording.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["text"].queryset = self.fields["text"].queryset.read_on(timezone.localdate())


class ConsentTextForm(RecordForm):
    class Meta:
        model = ConsentText
        fields = ["purpose", "version", "valid_from", "text"]
        help_texts = {"text": _("Cannot be changed afterwards: a new wording is a new version.")}


class ConsentFilter(Filters):
    customer = named_by_a_link(queryset=Customer.objects.all(), label=_("Customer"))
    purpose = django_filters.ChoiceFilter(field_name="text__purpose", choices=Purpose.choices, label=_("Purpose"))
    is_given = django_filters.BooleanFilter(label=_("Given"))
    from_day = since("at", _("From"))
    to_day = until("at", _("To"))

    class Meta:
        model = Consent
        fields = []


class ConsentTextFilter(Filters):
    purpose = django_filters.ChoiceFilter(choices=Purpose.choices, label=_("Purpose"))

    class Meta:
        model = ConsentText
        fields = []


CONSENTS = Pages(
    table=Table(
        Consent,
        (
            Column("at", kind="datetime", link=True),
            Column("customer__name"),
            Column("text__purpose", _("Purpose"), kind="choice"),
            Column("is_given", kind="boolean"),
            Column("text__version", _("Version")),
            Column("channel", kind="choice"),
            Column("proof"),
            Column("by__name"),
        ),
    ),
    filters=ConsentFilter,
    form=ConsentForm,
    create=actions.record_consent,
)
CONSENT_TEXTS = Pages(
    table=Table(
        ConsentText,
        (
            Column("purpose", kind="choice", link=True),
            Column("version"),
            Column("valid_from", kind="date"),
            Column("text"),
        ),
        order=("purpose", "-valid_from", "-pk"),
    ),
    filters=ConsentTextFilter,
    form=ConsentTextForm,
    create=actions.add_consent_text,
)
PAGES = (CONSENTS, CONSENT_TEXTS)

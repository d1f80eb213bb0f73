"""The filters of a figure that counts whom somebody was in contact with."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, day_of_the_calendar
from core.periods import ONE_DAY, midnight
from customers.models import ContactRecord
from users.models import User


def _day_of_a_link(label) -> django_filters.DateFilter:
    """Set by a figure that leads here and shown as a chip."""
    options = {"widget": forms.HiddenInput(), "validators": [day_of_the_calendar]}
    return django_filters.DateFilter(method="taken_together", label=label, **options)


class FollowedFilters(Filters):
    """Person and days are looked for in one and the same contact record. ``about`` is its link to the rows."""

    about = ""

    contacted_by = django_filters.ModelChoiceFilter(
        queryset=User.objects.all(), method="taken_together", widget=forms.HiddenInput(), label=_("Contacted by")
    )
    contacted_from = _day_of_a_link(_("Contacted from"))
    contacted_until = _day_of_a_link(_("Contacted until"))

    class Meta:
        fields = []

    def taken_together(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        person, first, last = (self.form.cleaned_data[f"contacted_{name}"] for name in ("by", "from", "until"))
        if not (person or first or last):
            return queryset
        records = ContactRecord.objects.visible_to(self.user).by_hand()
        if person:
            records = records.filter(owner=person)
        if first:
            records = records.filter(at__gte=midnight(first))
        if last:
            records = records.filter(at__lt=midnight(last + ONE_DAY))
        return queryset.filter(Exists(records.filter(**{self.about: OuterRef("pk")})))

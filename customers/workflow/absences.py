"""The status diagram of absences."""

from django.utils.translation import gettext_lazy

from core.workflow import Step
from customers import actions
from customers.absence_forms import EndAbsenceForm
from customers.models import Absence

S = Absence.Status


def end(absence, *, by, note, ends_on):
    actions.end_absence(absence, ends_on=ends_on)


def call_off(absence, *, by, note):
    actions.check_absence_lies_ahead(absence)


ABSENCE_STEPS = (
    Step(
        "end",
        gettext_lazy("Back on duty"),
        frozenset({S.ACTIVE}),
        S.ACTIVE,
        "customers.change_absence",
        end,
        form=EndAbsenceForm,
    ),
    Step(
        "cancel",
        gettext_lazy("Call off"),
        frozenset({S.ACTIVE}),
        S.CANCELLED,
        "customers.cancel_absence",
        call_off,
        tone="secondary",
    ),
)

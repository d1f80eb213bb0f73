"""Days on which somebody is not on duty. What has been stays as it was: leads went to others on those days."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.changes import changed
from core.errors import RuleBroken
from core.periods import ONE_DAY
from customers.models import Absence
from users.models import User


@transaction.atomic
def add_absence(*, by: User, person: User, **fields) -> Absence:
    _check_reach(person, by)
    return Absence.objects.create(person=person, **fields)


@transaction.atomic
def change_absence(absence_id: int, *, by: User, **fields) -> Absence:
    """Both days of one that lies ahead, the last day of one that has begun."""
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence_id)
    days = {name: fields.get(name, getattr(absence, name)) for name in ("starts_on", "ends_on")}
    _check_days(absence, **days, today=timezone.localdate())
    return changed(Absence, absence_id, fields)


def end_absence(absence: Absence, *, ends_on: date) -> None:
    """The person is back earlier, or stays away longer. The row is locked already."""
    _check_days(absence, starts_on=absence.starts_on, ends_on=ends_on, today=timezone.localdate())
    if ends_on < absence.starts_on:
        raise RuleBroken({"ends_on": _("The last day lies before the first day.")})
    absence.ends_on = ends_on
    absence.save(update_fields=["ends_on"])


def check_absence_lies_ahead(absence: Absence) -> None:
    """Until its first day is over it can be called off; later it can be ended."""
    if absence.starts_on < timezone.localdate():
        raise RuleBroken(
            _("“%(absence)s” has begun and cannot be called off. End it earlier instead.") % {"absence": absence}
        )


def _check_days(absence: Absence, *, starts_on: date, ends_on: date, today: date) -> None:
    if absence.status == Absence.Status.CANCELLED or absence.ends_on < today:
        raise RuleBroken(_("“%(absence)s” is over and stays as it is. Enter a new one.") % {"absence": absence})
    if absence.starts_on >= today:
        if starts_on < today:
            raise RuleBroken({"starts_on": _("The first day lies in the past already.")})
    elif starts_on != absence.starts_on:
        raise RuleBroken({"starts_on": _("The absence has begun; only its last day can change.")})
    elif ends_on < today - ONE_DAY:
        raise RuleBroken({"ends_on": _("The absence lasted until yesterday at least.")})


def _check_reach(person: User, by: User) -> None:
    """A manager enters the absences of his people, everybody else his own."""
    if not User.objects.reached_by(by, Absence, "add").filter(pk=person.pk).exists():
        raise RuleBroken({"person": _("You enter your own absences, and those of your people if you manage some.")})

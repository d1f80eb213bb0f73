from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.changes import changed
from core.errors import RuleBroken
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from training.models import Course, TrainingClass
from users.models import User


def add_course(*, by: User, **fields) -> Course:
    return Course.objects.create(**fields)


def change_course(course_id: int, *, by: User, **fields) -> Course:
    """A new pass mark counts for those graded from now on."""
    return changed(Course, course_id, fields)


@transaction.atomic
def add_class(*, by: User, name: str, course: Course, starts_on: date, ends_on: date, **fields) -> TrainingClass:
    _refuse_end_before_start(starts_on, ends_on)
    number = next_number("training_class", prefix="PX", on=timezone.localdate())
    training_class = TrainingClass.objects.create(
        number=number,
        name=name.strip(),
        course=course,
        starts_on=starts_on,
        ends_on=ends_on,
        search_text=search_text(name, number, course.name),
        **fields,
    )
    log_status(training_class, by=by, step="add", before="", after=training_class.status)
    return training_class


@transaction.atomic
def change_class(training_class_id: int, *, by: User, **fields) -> TrainingClass:
    training_class = TrainingClass.objects.select_for_update(of=("self",)).get(pk=training_class_id)
    if training_class.status not in TrainingClass.CHANGEABLE:
        raise RuleBroken(_("“%(class)s” is closed and can no longer be changed.") % {"class": training_class})
    for name, value in fields.items():
        setattr(training_class, name, value)
    _refuse_end_before_start(training_class.starts_on, training_class.ends_on)
    taken = training_class.enrolments.taking_seats().count()
    if training_class.seats < taken:
        raise RuleBroken({"seats": _("%(taken)d seats are taken already. Enter at least as many.") % {"taken": taken}})
    training_class.search_text = search_text(training_class.name, training_class.number, training_class.course.name)
    training_class.save(update_fields=[*fields, "search_text"])
    return training_class


def _refuse_end_before_start(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RuleBroken({"ends_on": _("The last day lies before the first. Correct one of them.")})

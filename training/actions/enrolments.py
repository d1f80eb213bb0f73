from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken
from core.notices import notify
from core.workflow import log_status
from training.models import Enrolment, TrainingClass
from users.models import User


@transaction.atomic
def enrol(training_class_id: int, *, by: User, trainee: User | None = None) -> Enrolment:
    """Take a seat, for oneself or for another; the class is locked, so the last seat is given away once."""
    trainee = trainee or by
    if not by.has_perm("training.enrol_enrolment" if trainee == by else "training.add_enrolment"):
        raise PermissionDenied
    training_class = TrainingClass.objects.select_for_update(of=("self",)).get(pk=training_class_id)
    _refuse_unless_free(training_class, trainee)
    enrolment = Enrolment.objects.create(training_class=training_class, trainee=trainee)
    log_status(enrolment, by=by, step="enrol", before="", after=enrolment.status)
    if trainee != by:
        notify(
            [trainee.pk],
            gettext_noop("%(by)s enrolled you in the class %(class)s."),
            url=reverse("training:enrolment_detail", args=[enrolment.pk]),
            by=str(by),
            **{"class": training_class.name},
        )
    return enrolment


def add_enrolment(*, by: User, training_class: TrainingClass, trainee: User) -> Enrolment:
    return enrol(training_class.pk, by=by, trainee=trainee)


def _refuse_unless_free(training_class: TrainingClass, trainee: User) -> None:
    if training_class.status != TrainingClass.Status.OPEN:
        raise RuleBroken(
            _("“%(class)s” is %(status)s, so nobody can be enrolled. Choose a class that is open.")
            % {"class": training_class, "status": training_class.get_status_display()}
        )
    enrolments = training_class.enrolments.taking_seats()
    if enrolments.filter(trainee=trainee).exists():
        raise RuleBroken(
            _("%(trainee)s is enrolled in “%(class)s” already.") % {"trainee": trainee, "class": training_class}
        )
    if enrolments.count() >= training_class.seats:
        raise RuleBroken(
            _("All %(seats)d seats of “%(class)s” are taken. Choose another class or ask the trainer.")
            % {"seats": training_class.seats, "class": training_class}
        )

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import not_before, positive, within
from core.history import tracked
from core.search import Searchable, search_indexes
from users.models import User
from users.visibility import OwnedQuerySet, ReferenceQuerySet


class Course(models.Model):
    """What is taught, from which score it is passed, and how long its certificate (上岗证) holds."""

    class Kind(models.TextChoices):
        PRODUCT = "product", _("Product knowledge")
        SALES = "sales", _("Sales")
        SERVICE = "service", _("After-sales service")
        MANAGEMENT = "management", _("Management")

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    hours = models.PositiveSmallIntegerField(_("Hours"), default=8, validators=[MinValueValidator(1)])
    pass_mark = models.PositiveSmallIntegerField(_("Pass mark"), default=60, validators=[MaxValueValidator(100)])
    certificate_months = models.PositiveSmallIntegerField(
        _("Certificate valid (months)"), default=24, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    content = models.TextField(_("Content"), blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")
        ordering = ["code", "pk"]
        constraints = [within("pass_mark", 0, 100, name="pass_mark_within_100")]

    def __str__(self) -> str:
        return self.name


class TrainingClassQuerySet(ReferenceQuerySet):
    def open(self):
        return self.filter(status=TrainingClass.Status.OPEN)


@tracked("status", "seats")
class TrainingClass(Searchable):
    """A course held on certain days; open for enrolment until it is closed."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open for enrolment")
        CLOSED = "closed", _("Closed")

    CHANGEABLE = (Status.PLANNED, Status.OPEN)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    course = models.ForeignKey(Course, models.PROTECT, related_name="classes", verbose_name=_("Course"))
    trainer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Trainer"))
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Last day"))
    place = models.CharField(_("Place"), max_length=80, blank=True)
    seats = models.PositiveSmallIntegerField(_("Seats"), validators=[MinValueValidator(1), MaxValueValidator(1000)])
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.PLANNED)

    objects = TrainingClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("Training class")
        verbose_name_plural = _("Training classes")
        ordering = ["-starts_on", "-pk"]
        indexes = [*search_indexes("training_class")]
        constraints = [
            positive("seats", name="class_has_seats"),
            not_before("ends_on", "starts_on", name="class_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(status__in=["planned", "open", "closed"]), name="class_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class EnrolmentQuerySet(OwnedQuerySet):
    """An enrolment belongs to the trainee, and to the unit he works in today."""

    owner_field = "trainee"
    unit_field = "trainee__unit"

    def taking_seats(self):
        return self.exclude(status=Enrolment.Status.CANCELLED)

    def certified_on(self, day: date):
        return self.filter(status=Enrolment.Status.PASSED, certificate_until__gte=day)


@tracked("status", "score", "certificate_until")
class Enrolment(models.Model):
    class Status(models.TextChoices):
        ENROLLED = "enrolled", _("Enrolled")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")
        CANCELLED = "cancelled", _("Cancelled")

    MAIN_LINE = (Status.ENROLLED, Status.PASSED)

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="enrolments", verbose_name=_("Training class")
    )
    trainee = models.ForeignKey(User, models.PROTECT, related_name="enrolments", verbose_name=_("Trainee"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.ENROLLED)
    score = models.PositiveSmallIntegerField(_("Score"), null=True, blank=True)
    enrolled_at = models.DateTimeField(_("Enrolled at"), auto_now_add=True)
    graded_on = models.DateField(_("Graded on"), null=True, blank=True)
    certificate_until = models.DateField(_("Certificate valid until"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Enrolment")
        verbose_name_plural = _("Enrolments")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["trainee", "status"])]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "trainee"],
                condition=~Q(status="cancelled"),
                name="one_enrolment_per_class_and_trainee",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["enrolled", "passed", "failed", "cancelled"]), name="enrolment_status_is_known"
            ),
            within("score", 0, 100, name="score_within_100"),
            models.CheckConstraint(
                condition=~Q(status__in=["passed", "failed"]) | Q(score__isnull=False),
                name="graded_enrolment_has_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class} · {self.trainee}"

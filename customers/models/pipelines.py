from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from pgtrigger import ReadOnly

from users.models import Unit
from users.visibility import ReferenceQuerySet


class PipelineQuerySet(ReferenceQuerySet):
    def of_unit(self, unit: Unit):
        """Those a unit works by, the nearest first: its own, of the units above it, the company's."""
        return self.filter(Q(unit__in=unit.line) | Q(unit=None)).order_by(F("unit__path").desc(nulls_last=True), "pk")


class Pipeline(models.Model):
    """The stages by which a team sells: one for the company, and one for any unit (and those below) that differs."""

    name = models.CharField(_("Name"), max_length=60, unique=True)
    unit = models.OneToOneField(
        Unit, models.PROTECT, null=True, blank=True, related_name="pipeline", verbose_name=_("Unit and those below it")
    )

    objects = PipelineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Pipeline")
        verbose_name_plural = _("Pipelines")
        ordering = ["unit__path", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], name="one_pipeline_per_unit", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name


class StageQuerySet(ReferenceQuerySet):
    def open(self):
        return self.filter(kind=Stage.Kind.OPEN, is_active=True).order_by("position", "pk")


class Stage(models.Model):
    """A step of a pipeline, with the chance to win there and what has to be known before one may enter it."""

    class Kind(models.TextChoices):
        OPEN = "open", _("In progress")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")

    class Requirement(models.TextChoices):
        SERIES = "series", _("series of interest")
        AMOUNT = "amount", _("expected amount")
        CLOSE_DAY = "close_day", _("expected close")
        PRODUCTS = "products", _("at least one product line")
        COMPETITOR = "competitor", _("at least one competitor")
        CONTACT = "contact", _("a contact record")
        SHOWROOM = "showroom", _("a visit to the showroom")
        TEST_DRIVE = "test_drive", _("a test drive")
        QUOTATION = "quotation", _("a quotation")

    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="stages", verbose_name=_("Pipeline"))
    name = models.CharField(_("Name"), max_length=40)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.OPEN)
    position = models.PositiveSmallIntegerField(_("Position"), default=1)
    probability = models.PositiveSmallIntegerField(
        _("Probability (%)"), validators=[MaxValueValidator(100)], help_text=_("The chance to win, 0 to 100.")
    )
    required = ArrayField(
        models.CharField(max_length=20, choices=Requirement),
        verbose_name=_("Needed to enter"),
        default=list,
        blank=True,
    )
    is_active = models.BooleanField(_("Active"), default=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stage")
        verbose_name_plural = _("Stages")
        ordering = ["pipeline", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pipeline", "name"], name="stage_name_once_per_pipeline"),
            models.UniqueConstraint(
                fields=["pipeline", "kind"], condition=~Q(kind="open"), name="one_won_and_one_lost_stage"
            ),
            models.CheckConstraint(condition=Q(kind__in=["open", "won", "lost"]), name="stage_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="won", probability=100)
                | Q(kind="lost", probability=0)
                | Q(kind="open", probability__lte=100),
                name="stage_probability_fits_its_kind",
            ),
        ]
        # The opportunities in a stage were moved there for what it was.
        triggers = [ReadOnly(name="keep_kind", fields=["pipeline", "kind"])]

    def __str__(self) -> str:
        return self.name

"""Saved trend schemes, and what each night's run forecast for their series."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from analytics.models.history import HistorySource, SalesHistory
from analytics.wording import family_choices, model_choices
from contracts.models import Invoice, Retail
from core.constraints import said_at, within
from core.periods import Period, add_months, months_between
from customers.models import Lead
from users.access import Scope
from users.models import Owned
from users.visibility import OwnedQuerySet

KEY_SEPARATOR = "\x1f"


class TrendSchemeQuerySet(OwnedQuerySet):
    def visible_to(self, user):
        """One's own part of the organisation, and schemes over histories for those who may read the histories.

        Nobody sees through a scheme what he may not read in the list of the rows themselves.
        """
        scope = user.scope_of(self.model)
        readable = self.filter(measure__in=[name for name, model in COUNTED.items() if user.scope_of(model)])
        if scope is None or scope is Scope.ALL or user.scope_of(SalesHistory) is None:
            return super(TrendSchemeQuerySet, readable).visible_to(user)
        return readable.filter(self._condition(user, scope) | Q(source__isnull=False))

    def nightly(self):
        return self.filter(is_nightly=True)

    def standing(self):
        return self.filter(owner=None)


class TrendScheme(Owned):
    """Which series are forecast each night: a measure, split by a dimension, in the rights of the owner.

    A scheme without an owner covers everything below its unit.
    """

    class Measure(models.TextChoices):
        RETAIL = "retail", _("Retail")
        WHOLESALE = "wholesale", _("Wholesale")
        LEADS = "leads", _("New leads")
        HISTORY = "history", _("Sales history")

    class Dimension(models.TextChoices):
        TOTAL = "total", _("Total")
        REGION = "region", _("Region")
        DEALER = "dealer", _("Dealer")
        SERIES = "series", _("Series")
        AREA = "area", _("Area")
        MODEL = "model", _("Model")
        AREA_MODEL = "area_model", _("Area and model")

    OF_SALES = (Dimension.TOTAL, Dimension.REGION, Dimension.DEALER, Dimension.SERIES)

    name = models.CharField(_("Name"), max_length=120)
    measure = models.CharField(_("Measure"), max_length=20, choices=Measure, default=Measure.RETAIL)
    dimension = models.CharField(_("Split by"), max_length=20, choices=Dimension, default=Dimension.TOTAL)
    source = models.ForeignKey(
        HistorySource, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("History source")
    )
    horizon = models.PositiveSmallIntegerField(
        _("Months ahead"), default=12, validators=[MinValueValidator(1), MaxValueValidator(36)]
    )
    is_nightly = models.BooleanField(_("Run every night"), default=True)
    published_run = models.OneToOneField(
        "analytics.ForecastRun",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="published_for",
        verbose_name=_("Published run"),
    )

    objects = TrendSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Trend scheme")
        verbose_name_plural = _("Trend schemes")
        ordering = ["name", "pk"]
        constraints = [
            said_at(
                "source",
                _("Choose a source for the sales history; the other measures have none."),
                condition=Q(measure="history", source__isnull=False)
                | Q(measure__in=["retail", "wholesale", "leads"], source=None),
                name="only_history_has_a_source",
            ),
            within("horizon", 1, 36, name="trend_horizon_in_range"),
            models.UniqueConstraint(
                fields=["unit", "measure", "dimension", "source"],
                condition=Q(owner=None),
                nulls_distinct=False,
                name="one_standing_scheme_per_split",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_key(self) -> str:
        """What the keys of the forecasts published from this scheme begin with."""
        return f"{self.measure}:{self.source_id or ''}:{self.dimension}:"


COUNTED: dict[str, type[models.Model]] = {
    TrendScheme.Measure.RETAIL: Retail,
    TrendScheme.Measure.WHOLESALE: Invoice,
    TrendScheme.Measure.LEADS: Lead,
    TrendScheme.Measure.HISTORY: SalesHistory,
}


class ForecastRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scheme__in=TrendScheme.objects.visible_to(user))

    def ended_well(self):
        return self.filter(status__in=ForecastRun.ENDED_WELL)


class ForecastRun(models.Model):
    """One scheme computed for one business date."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        UNCHANGED = "unchanged", _("Nothing new")
        FAILED = "failed", _("Failed")

    ENDED_WELL = (Status.COMPLETED, Status.UNCHANGED)

    scheme = models.ForeignKey(TrendScheme, models.CASCADE, related_name="runs", verbose_name=_("Trend scheme"))
    business_date = models.DateField(_("Business date"))
    data_until = models.DateField(_("Data up to month"), null=True)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.RUNNING)
    started_at = models.DateTimeField(_("Started at"))
    finished_at = models.DateTimeField(_("Finished at"), null=True)
    seconds = models.FloatField(_("Seconds"), null=True)
    series_count = models.PositiveIntegerField(_("Number of series"), default=0)
    ended_count = models.PositiveIntegerField(_("Ended series"), default=0)
    fallback_count = models.PositiveIntegerField(_("Series with a simple forecast"), default=0)
    fingerprint = models.CharField(max_length=64, blank=True, help_text=_("Of the data, the scheme and the engine."))

    objects = ForecastRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("Forecast run")
        verbose_name_plural = _("Forecast runs")
        ordering = ["-business_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "business_date"], name="one_run_per_scheme_and_date"),
            models.CheckConstraint(
                condition=Q(status__in=["running", "completed", "unchanged", "failed"]),
                name="forecast_run_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_date}"


class ForecastSeriesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only what is published; a night half done is never seen."""
        return self.filter(run__published_for__in=TrendScheme.objects.visible_to(user))

    def changeable_by(self, user):
        return self.none()

    def of_the_company(self, dimension: str):
        """The standing forecast of the company's own retail, the largest series first."""
        measure = TrendScheme.Measure.RETAIL
        return self.filter(
            run__scheme__owner=None, run__scheme__measure=measure, run__scheme__dimension=dimension, is_ended=False
        )


class ForecastSeries(models.Model):
    """One series of a run: its history, what the backtest found, and whether it has ended."""

    class Verdict(models.TextChoices):
        BETTER = "better", _("Better than last year's month")
        WORSE = "worse", _("No better than last year's month")
        UNTESTED = "untested", _("Too short for a test")
        ENDED = "ended", _("Ended, not forecast")

    run = models.ForeignKey(ForecastRun, models.CASCADE, related_name="series", verbose_name=_("Forecast run"))
    key = models.CharField(max_length=200)
    label = models.CharField(_("Series of figures"), max_length=200)
    words = ArrayField(models.CharField(max_length=80), default=list)
    family = models.CharField(_("Family"), max_length=20, choices=family_choices)
    model_name = models.CharField(_("Forecast method"), max_length=120, choices=model_choices)
    verdict = models.CharField(_("Backtest"), max_length=20, choices=Verdict)
    wape = models.FloatField(_("Error in the backtest"), null=True)
    naive_wape = models.FloatField(_("Error of last year's month"), null=True)
    bias = models.FloatField(_("Bias in the backtest"), null=True)
    is_ended = models.BooleanField(_("Ended"), default=False)
    start = models.DateField(_("First month"))
    last_sold_in = models.DateField(_("Last sale in month"), null=True)
    history = ArrayField(models.FloatField())
    last_year = models.FloatField(_("Sold in the last 12 months"))
    next_year = models.FloatField(_("Forecast for the next 12 months"), null=True)

    objects = ForecastSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("Forecast series")
        verbose_name_plural = _("Forecast series")
        ordering = ["-last_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "key"], name="one_series_per_run_and_key"),
            models.CheckConstraint(
                condition=Q(is_ended=False) | Q(next_year__isnull=True), name="ended_series_is_not_forecast"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def key_parts(self) -> list[str]:
        """Keys of the records the series is split by; where these are only words, the words."""
        return self.key.split(KEY_SEPARATOR) if self.key else []

    @property
    def months(self) -> list[date]:
        """The months of the history."""
        return months_between(self.start, add_months(self.start, len(self.history)))

    @property
    def last_twelve_months(self) -> Period:
        """What ``last_year`` sums."""
        end = add_months(self.start, len(self.history))
        return Period("custom", max(self.start, add_months(end, -12)), end)


class ForecastValue(models.Model):
    """The forecast of one month with its 80 and 95 % bands."""

    series = models.ForeignKey(ForecastSeries, models.CASCADE, related_name="values")
    month = models.DateField(_("Month"))
    mean = models.FloatField(_("Forecast"))
    lower80 = models.FloatField()
    upper80 = models.FloatField()
    lower95 = models.FloatField()
    upper95 = models.FloatField()

    class Meta:
        verbose_name = _("Forecast value")
        verbose_name_plural = _("Forecast values")
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "month"], name="one_value_per_series_and_month"),
            models.CheckConstraint(
                condition=Q(lower95__lte=F("lower80")) & Q(lower80__lte=F("upper80")) & Q(upper80__lte=F("upper95")),
                name="value_bands_are_nested",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.mean:.1f}"

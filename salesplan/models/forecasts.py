from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import first_of_month
from products.models import Series
from users.access import Scope
from users.visibility import ReferenceQuerySet


class ForecastQuerySet(ReferenceQuerySet):
    def visible_to(self, user):
        """Forecasts of the company's own sales are for those who see all of them; the others for every reader."""
        scope = user.scope_of(self.model)
        if scope is None or scope is Scope.ALL:
            return super().visible_to(user)
        return self.filter(is_of_own_sales=False)

    def of_scope(self, scope_key: str):
        return self.filter(scope_key=scope_key)

    def of_series(self, month):
        """What the company is expected to retail in a month, series by series."""
        return self.filter(month=month, series__isnull=False, is_of_own_sales=True)


class Forecast(models.Model):
    """The published forecast of one series and month, with its 80 % and 95 % bands.

    ``run_reference`` names the run of the analysis that made it; the run itself lives in a higher app.
    """

    scope_key = models.CharField(_("Series key"), max_length=200)
    label = models.CharField(_("Series"), max_length=200)
    series = models.ForeignKey(
        Series, models.CASCADE, null=True, editable=False, related_name="+", verbose_name=_("Series of cars")
    )
    is_of_own_sales = models.BooleanField(_("Of own sales"), default=False)
    month = models.DateField(_("Month"))
    mean = models.DecimalField(_("Forecast"), max_digits=14, decimal_places=2)
    lower80 = models.DecimalField(_("Lower 80 %"), max_digits=14, decimal_places=2)
    upper80 = models.DecimalField(_("Upper 80 %"), max_digits=14, decimal_places=2)
    lower95 = models.DecimalField(_("Lower 95 %"), max_digits=14, decimal_places=2)
    upper95 = models.DecimalField(_("Upper 95 %"), max_digits=14, decimal_places=2)
    model = models.CharField(_("Model"), max_length=60)
    run_reference = models.BigIntegerField(_("Run"))
    published_at = models.DateTimeField(_("Published at"))

    objects = ForecastQuerySet.as_manager()

    class Meta:
        verbose_name = _("Forecast")
        verbose_name_plural = _("Forecasts")
        ordering = ["label", "month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scope_key", "month"], name="one_forecast_per_series_and_month"),
            first_of_month("month", name="forecast_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(
                    lower95__lte=F("lower80"),
                    lower80__lte=F("upper80"),
                    upper80__lte=F("upper95"),
                ),
                name="forecast_bands_are_nested",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.month:%Y-%m}"

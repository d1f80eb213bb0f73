from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import first_of_month
from dealers.models import Dealer
from users.visibility import OwnedQuerySet


class DealerScoreQuerySet(OwnedQuerySet):
    owner_field = "dealer__unit__people"
    unit_field = "dealer__unit"


def share(label, **options) -> models.DecimalField:
    return models.DecimalField(label, max_digits=7, decimal_places=4, null=True, **options)


class DealerScore(models.Model):
    """How a dealer did in a month, reckoned anew each night while the month can still change. None: not applicable."""

    dealer = models.ForeignKey(Dealer, models.CASCADE, related_name="scores", verbose_name=_("Dealer"))
    month = models.DateField(_("Month"))
    target_count = models.PositiveIntegerField(_("Target (cars)"), default=0)
    retail_count = models.IntegerField(_("Retailed"), default=0)
    wholesale_count = models.IntegerField(_("Invoiced"), default=0)
    attainment = share(_("Attainment"))
    stock_count = models.PositiveIntegerField(_("Stock at the end of the month"), default=0)
    coefficient = models.DecimalField(_("Inventory coefficient"), max_digits=8, decimal_places=2, null=True)
    truth = share(_("Genuine retail"))
    payment = share(_("Paid in time"))
    points = models.DecimalField(_("Points"), max_digits=5, decimal_places=2, null=True)
    rank = models.PositiveSmallIntegerField(_("Rank"), null=True)
    reckoned_at = models.DateTimeField(_("Reckoned at"), auto_now=True)

    objects = DealerScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dealer score")
        verbose_name_plural = _("Dealer scorecard")
        ordering = ["-month", "rank", "pk"]
        indexes = [models.Index(fields=["-month", "rank", "dealer"])]
        constraints = [
            models.UniqueConstraint(fields=["dealer", "month"], name="one_score_per_dealer_and_month"),
            first_of_month("month", name="score_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.dealer} {self.month:%Y-%m}"

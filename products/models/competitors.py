from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.catalogue import Series
from users.visibility import ReferenceQuerySet


class CompetitorModel(models.Model):
    maker = models.CharField(_("Maker"), max_length=60)
    name = models.CharField(_("Name"), max_length=60)
    guide_price_amount = models.DecimalField(
        _("Guide price (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    rival_of = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="rivals", verbose_name=_("Rival of")
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Competitor model")
        verbose_name_plural = _("Competitor models")
        ordering = ["maker", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["maker", "name"], name="unique_competitor_model")]

    def __str__(self) -> str:
        return f"{self.maker} {self.name}"

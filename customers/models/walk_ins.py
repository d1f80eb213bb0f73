from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import Owned


class WalkIns(Owned):
    """Parties who came to the showroom on a day and left no name: counted at the door (批次), nothing else is known."""

    on = models.DateField(_("Day"), default=timezone.localdate)
    count = models.PositiveSmallIntegerField(_("Parties without contact data"))

    class Meta:
        verbose_name = _("Walk-ins")
        verbose_name_plural = _("Walk-ins")
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="walk_ins_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"

from datetime import date

from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import after, positive
from core.history import tracked
from core.ranges import DateRange, NoOverlap
from products.models.catalogue import Configuration
from users.visibility import ReferenceQuerySet


class PriceQuerySet(ReferenceQuerySet):
    """Cost prices exist only for those who may see them: the rows are withheld, not a column."""

    def within(self, user, verb: str):
        return super().within(user, verb)._without_hidden_costs(user)

    def _without_hidden_costs(self, user):
        return self if user.has_perm("products.see_cost_price") else self.exclude(kind=Price.Kind.COST)

    def valid_on(self, day: date):
        return self.ending_after(day).filter(valid_from__lte=day)

    def ending_after(self, day: date):
        """Those of the day and of every later one."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day))


@tracked("kind", "valid_from", "valid_until", "amount")
class Price(models.Model):
    """A dated price of a configuration in yuan; ``valid_until`` is the first day it no longer holds."""

    class Kind(models.TextChoices):
        GUIDE = "guide", _("Guide price")
        WHOLESALE = "wholesale", _("Wholesale price")
        COST = "cost", _("Cost price")

    configuration = models.ForeignKey(
        Configuration, models.PROTECT, related_name="prices", verbose_name=_("Configuration")
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=12, decimal_places=2)

    objects = PriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Price")
        verbose_name_plural = _("Prices")
        permissions = [("see_cost_price", "Can see cost prices")]
        ordering = ["configuration_id", "kind", "-valid_from", "pk"]
        constraints = [
            positive("amount", name="price_is_positive"),
            models.CheckConstraint(condition=Q(kind__in=["guide", "wholesale", "cost"]), name="price_kind_is_known"),
            after("valid_until", "valid_from", name="price_ends_after_it_begins"),
            NoOverlap(
                name="prices_do_not_overlap",
                expressions=[
                    ("configuration", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    @classmethod
    def kinds_seen_by(cls, user) -> list[tuple[str, str]]:
        hidden = () if user.has_perm("products.see_cost_price") else (cls.Kind.COST,)
        return [(value, label) for value, label in cls.Kind.choices if value not in hidden]

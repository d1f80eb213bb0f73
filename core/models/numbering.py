from django.db import models


class Counter(models.Model):
    """The last number given out, one row per kind and year; the row lock lets one taker after the other."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        ordering = ["kind", "year", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="counter_kind_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"

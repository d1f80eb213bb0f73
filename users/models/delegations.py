from datetime import date

from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import not_before, present
from core.history import tracked
from core.ranges import DateRange, NoOverlap
from users.models.people import Owned, User
from users.visibility import OwnedQuerySet


class DelegationQuerySet(OwnedQuerySet):
    def visible_to(self, user):
        """One's own reach, and those in which one is the deputy."""
        mine = Q(deputy=user) if user.scope_of(self.model) is not None else Q(pk__in=[])
        return self.filter(Q(pk__in=self.within(user, "view").order_by().values("pk")) | mine)

    def changeable_by(self, user):
        return self.within(user, "change").filter(ended_at=None)

    def in_force(self, day: date):
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None)


@tracked("owner", "deputy", "starts_on", "ends_on", "ended_at")
class Delegation(Owned):
    """While the owner is away, his deputy approves in his name; never what one of the two owns or handed in."""

    deputy = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Deputy"))
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Made by"))
    made_at = models.DateTimeField(_("Made at"), auto_now_add=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Delegation")
        verbose_name_plural = _("Delegations")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["deputy", "ends_on"], condition=Q(ended_at=None), name="delegations_to")]
        constraints = [
            present("owner", name="delegation_has_owner"),
            models.CheckConstraint(
                condition=~Q(owner=F("deputy")),
                name="delegation_is_to_somebody_else",
                violation_error_message=_("Name somebody else as the deputy."),
            ),
            not_before("ends_on", "starts_on", name="delegation_ends_after_it_begins"),
            NoOverlap(
                name="one_deputy_at_a_time",
                expressions=[
                    ("owner", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_at=None),
                violation_error_message=_("There is a deputy for some of these days already. End that first."),
            ),
        ]

    def validate_constraints(self, exclude=None) -> None:
        """No form asks whether it has ended, yet the constraint has to know."""
        super().validate_constraints(exclude=set(exclude or ()) - {"ended_at"})

    def __str__(self) -> str:
        return f"{self.owner} → {self.deputy}"

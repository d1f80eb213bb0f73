"""The public pool 公海: customers without an owner, the rules by which they get there, the limits of taking them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Greatest, Least, Length
from django.db.models.lookups import LessThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customers import IS_OWNED, OWNED_FROM, UNTOUCHED_SINCE, Customer
from customers.models.transfers import OwnerChange
from users.models import Unit
from users.visibility import OwnedQuerySet

MOMENT = models.DateTimeField()
NEVER = Cast(None, MOMENT)
NOT_BOUGHT = [stage for stage in Customer.Stage.values if stage != Customer.Stage.BASE]
Ground = OwnerChange.Ground


@dataclass(frozen=True)
class Reach:
    """The customers for whom a rule is the nearest one: of these units, of these levels."""

    rule: "PoolRule"
    unit_ids: tuple[int, ...]
    levels: tuple[str, ...]

    @property
    def condition(self) -> Q:
        stages = NOT_BOUGHT if self.rule.spares_buyers else Customer.Stage.values
        return Q(unit__in=self.unit_ids, level__in=self.levels, stage__in=stages)

    def due(self, moment: datetime) -> Q:
        """Those of ``falling()`` who fall until then, said of the days themselves: these the indexes hold."""
        rule, due = self.rule, Q(pk__in=[])
        if rule.no_contact_days:
            due |= Q(untouched_since__lte=moment - timedelta(days=rule.no_contact_days))
        if rule.no_order_days:
            due |= Q(owned_from__lte=moment - timedelta(days=rule.no_order_days), stage__in=NOT_BOUGHT)
        return self.condition & due & Q(owned_from__lte=moment - timedelta(days=rule.protection_days))


class PoolRuleQuerySet(OwnedQuerySet):
    def reaches(self) -> list[Reach]:
        """Where each active rule holds: nearer units before farther ones, a rule for the level before one for all."""
        rules = list(self.filter(is_active=True).select_related("unit").order_by("pk"))
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        by_key = {rule.pk: rule for rule in rules}
        for unit_id, path in Unit.objects.values_list("pk", "path") if rules else ():
            for level in Customer.Level.values:
                fitting = [rule for rule in rules if path.startswith(rule.unit.path) and rule.level in ("", level)]
                if fitting:
                    nearest = max(fitting, key=lambda rule: (len(rule.unit.path), rule.level))
                    found[nearest.pk, level].append(unit_id)
        levels: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
        for (pk, level), unit_ids in found.items():
            levels[pk, tuple(unit_ids)].append(level)
        return [Reach(by_key[pk], unit_ids, tuple(same)) for (pk, unit_ids), same in levels.items()]


class PoolRule(models.Model):
    """When the customers of a unit, and of those below it, fall into the pool. The nearest rule upwards holds."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit and those below it"))
    level = models.CharField(
        _("Level of the customer"), max_length=1, choices=Customer.Level, blank=True, help_text=_("Empty: every level.")
    )
    no_contact_days = models.PositiveSmallIntegerField(_("Days without contact"), null=True, blank=True)
    no_order_days = models.PositiveSmallIntegerField(
        _("Days without an order"), null=True, blank=True, help_text=_("Since the owner got the customer.")
    )
    protection_days = models.PositiveSmallIntegerField(
        _("Days of protection"), default=0, help_text=_("So long a new owner keeps the customer in any case.")
    )
    warning_days = models.PositiveSmallIntegerField(_("Days of warning"), default=7)
    spares_buyers = models.BooleanField(_("Not for customers who have bought"), default=True)
    is_active = models.BooleanField(_("Active"), default=True)

    objects = PoolRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rule of the pool")
        verbose_name_plural = _("Rules of the pool")
        ordering = ["unit__path", "level", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "level"],
                name="one_pool_rule_per_unit_and_level",
                violation_error_message=_("This unit has a rule for this level already. Change that one."),
            ),
            models.CheckConstraint(
                condition=Q(no_contact_days__isnull=False, no_contact_days__gt=0)
                | Q(no_order_days__isnull=False, no_order_days__gt=0),
                name="pool_rule_has_a_condition",
                violation_error_message=_("Enter the days without contact, the days without an order, or both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_level_display()}".strip()


class ClaimLimitQuerySet(OwnedQuerySet):
    def nearest(self, unit: Unit) -> "ClaimLimit | None":
        """The limits of a unit: its own, else those of the next unit above that has some."""
        return self.filter(unit__in=unit.line).select_related("unit").order_by(Length("unit__path").desc()).first()


class ClaimLimit(models.Model):
    """How much the people of a unit, and of those below it, may take from the pool. The nearest row upwards holds."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit and those below it"))
    claims_per_day = models.PositiveSmallIntegerField(
        _("Claims per person and day"), null=True, blank=True, help_text=_("Empty: as many as one likes.")
    )
    capacity = models.PositiveIntegerField(
        _("Customers one person may own"), null=True, blank=True, help_text=_("Empty: as many as one likes.")
    )
    cooling_off_days = models.PositiveSmallIntegerField(
        _("Cooling-off days"), default=0, help_text=_("So long the previous owner may not claim the customer again.")
    )

    objects = ClaimLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Limit of claims")
        verbose_name_plural = _("Limits of claims")
        ordering = ["unit__path", "pk"]

    def __str__(self) -> str:
        return str(self.unit)


class PooledCustomerQuerySet(OwnedQuerySet):
    def within(self, user, verb: str):
        return self.in_reach(user, verb).filter(pooled_at__isnull=False)

    def in_reach(self, user, verb: str):
        """Customers in whose pool this person may do this, whether they are still in it or not."""
        return super().within(user, verb).filter(merged_into=None)


class PooledCustomer(Customer):
    """A customer as the pool shows him: to whoever may claim, without what only an owner may know."""

    hides_phones = True

    objects = PooledCustomerQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("Customer in the public pool")
        verbose_name_plural = _("Public pool")


class LeavingCustomerQuerySet(OwnedQuerySet):
    def within(self, user, verb: str):
        return super().within(user, verb).warned(timezone.now())

    def warned(self, now: datetime):
        """Those who fall into the pool within the warning time of their rule."""
        reaches = PoolRule.objects.reaches()
        soon = Q(pk__in=[])
        for reach in reaches:
            soon |= reach.due(now + timedelta(days=reach.rule.warning_days))
        return falling(self.filter(IS_OWNED), reaches).filter(soon)


class LeavingCustomer(Customer):
    """A customer whose owner loses him to the pool unless something happens."""

    objects = LeavingCustomerQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("Customer about to fall into the pool")
        verbose_name_plural = _("About to fall into the pool")


def falling(rows: QuerySet, reaches: list[Reach]) -> QuerySet:
    """Annotate ``falls_at``, the moment from which a customer is due for the pool, and the ``ground``."""
    return rows.alias(owned_from=OWNED_FROM, untouched_since=UNTOUCHED_SINCE).annotate(
        falls_at=Case(*(When(reach.condition, then=_falls_at(reach.rule)) for reach in reaches), output_field=MOMENT),
        ground=Case(
            *(When(reach.condition, then=_ground(reach.rule)) for reach in reaches),
            output_field=models.CharField(choices=Ground.choices),
        ),
    )


def _falls_at(rule: PoolRule) -> Case:
    """On the first of its grounds, but never while a new owner is protected; who has bought is not without an order."""
    safe = F("owned_from") + Value(timedelta(days=rule.protection_days))
    left_alone, unsold = _left_alone_at(rule), _unsold_at(rule)
    if rule.no_contact_days and rule.no_order_days:
        first = Least(left_alone, unsold)
    else:
        first = left_alone if rule.no_contact_days else unsold
    of_buyer = Greatest(left_alone, safe) if rule.no_contact_days else NEVER
    return Case(When(stage=Customer.Stage.BASE, then=of_buyer), default=Greatest(first, safe), output_field=MOMENT)


def _ground(rule: PoolRule) -> Case | Value:
    if not (rule.no_contact_days and rule.no_order_days):
        return Value(Ground.NO_CONTACT if rule.no_contact_days else Ground.NO_ORDER)
    is_unsold_first = Q(LessThan(_unsold_at(rule), _left_alone_at(rule))) & Q(stage__in=NOT_BOUGHT)
    return Case(When(is_unsold_first, then=Value(Ground.NO_ORDER)), default=Value(Ground.NO_CONTACT))


def _left_alone_at(rule: PoolRule) -> CombinedExpression:
    return F("untouched_since") + Value(timedelta(days=rule.no_contact_days or 0))


def _unsold_at(rule: PoolRule) -> CombinedExpression:
    return F("owned_from") + Value(timedelta(days=rule.no_order_days or 0))

"""Which dealers a rebate policy is for, period by period."""

from datetime import datetime, time

from django.utils import timezone

from core.history import courses, held_at
from core.periods import Period
from dealers.models import Dealer, RebatePolicy
from users.models import Unit


class DealerScope:
    """By the level and the region a dealer had when the period ended: a later change does not settle it anew."""

    def __init__(self, policy: RebatePolicy):
        self.levels = frozenset(policy.levels)
        self.regions = tuple(policy.regions.values_list("path", flat=True))
        self.level_courses = courses(Dealer, "level") if self.levels else {}
        self.path_courses = courses(Unit, "path") if self.regions else {}
        self.units = dict(Dealer.objects.order_by().values_list("pk", "unit")) if self.regions else {}

    def holds(self, dealer_id: int, period: Period) -> bool:
        end = timezone.make_aware(datetime.combine(period.last_day, time.max))
        if self.levels and held_at(self.level_courses[dealer_id], end) not in self.levels:
            return False
        return not self.regions or held_at(self.path_courses[self.units[dealer_id]], end).startswith(self.regions)

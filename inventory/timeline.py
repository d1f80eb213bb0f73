"""What the timeline of a vehicle shows: its movements."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.timeline import TimelineItem, steps_taken
from inventory.models import Movement, Vehicle

ICONS = {
    "produced": "package",
    "invoiced": "receipt",
    "shipped": "truck",
    "received": "building-store",
    "retailed": "car",
    "returned": "arrow-back-up",
}


def of_vehicle(vehicle: Vehicle, user, steps, limit: int) -> Iterator[TimelineItem]:
    yield from steps_taken([vehicle], steps, limit)
    movements = Movement.objects.visible_to(user).filter(vehicle=vehicle).select_related("by", "dealer")
    for movement in movements.order_by("-pk")[:limit]:
        yield TimelineItem(
            movement.at,
            movement.by.name if movement.by else "",
            ICONS[movement.kind],
            _("%(kind)s on %(day)s") % {"kind": movement.get_kind_display(), "day": movement.on},
            movement.dealer.name if movement.dealer else "",
        )

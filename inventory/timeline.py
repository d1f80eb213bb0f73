"""What the timeline of a vehicle shows: its movements."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.timeline import LENGTH, TimelineItem
from inventory.models import Movement, Vehicle

ICONS = {
    "produced": "package",
    "invoiced": "receipt",
    "shipped": "truck",
    "received": "building-store",
    "retailed": "car",
    "returned": "arrow-back-up",
}


def of_vehicle(vehicle: Vehicle, user) -> Iterator[TimelineItem]:
    movements = Movement.objects.visible_to(user).filter(vehicle=vehicle).select_related("by", "dealer")
    for movement in movements.order_by("-pk")[:LENGTH]:
        yield TimelineItem(
            movement.at,
            movement.by.name if movement.by else "",
            ICONS[movement.kind],
            _("%(kind)s on %(day)s") % {"kind": movement.get_kind_display(), "day": movement.on},
            movement.dealer.name if movement.dealer else "",
        )

"""What must always be true of the cars."""

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.books import BookCheck, Finding, finding
from inventory.models import Movement, Vehicle
from inventory.queries import stock_counts


def produced_and_where() -> Finding:
    """Every car that was produced is in one of the four stocks, the one its last movement led to."""
    last = Movement.objects.filter(vehicle=OuterRef("pk")).order_by("-pk").values("to_state")[:1]
    counts = stock_counts(Vehicle.objects.all())
    produced = Movement.objects.filter(kind=Movement.Kind.PRODUCED).count()
    figures = [
        (_("Produced"), produced),
        (Vehicle.State.IN_FACTORY.label, counts.factory),
        (Vehicle.State.IN_TRANSIT.label, counts.in_transit),
        (Vehicle.State.AT_DEALER.label, counts.at_dealers),
        (Vehicle.State.RETAILED.label, counts.retailed),
    ]
    found = finding(figures, Vehicle.objects.alias(last=Subquery(last)).exclude(state=F("last")))
    if produced == counts.produced:
        return found
    gap = _("%(produced)d produced, %(counted)d counted") % {"produced": produced, "counted": counts.produced}
    return Finding(figures, [gap, *found.breaches], found.breach_count + 1)


CHECKS = (BookCheck(gettext_lazy("Produced = factory + in transit + dealers + retailed"), produced_and_where),)

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.search import search_text
from core.workflow import log_status
from dealers.actions.dealers import place_unit
from dealers.models import Dealer, ServiceStation
from users.models import Unit, User


@transaction.atomic
def add_station(
    *, by: User, code: str, name: str, region: Unit | None = None, dealer: Dealer | None = None, **fields
) -> ServiceStation:
    """A station belongs to a dealer or stands alone in a region; either way it gets a unit of its own."""
    above = dealer.unit if dealer else region
    if above is None:
        raise RuleBroken({"region": _("Choose the region of the station, or the dealer it belongs to.")})
    code = code.strip().upper()
    unit = place_unit(code=code, name=name, kind=Unit.Kind.STATION, above=above, by=by)
    station = ServiceStation(code=code, name=unit.name, unit=unit, dealer=dealer, **fields)
    station.search_text = _search_text(station)
    station.save()
    log_status(station, by=by, step="add", before="", after=station.state)
    return station


@transaction.atomic
def change_station(station_id: int, *, by: User, **fields) -> ServiceStation:
    station = ServiceStation.objects.select_for_update(of=("self",)).get(pk=station_id)
    for name, value in fields.items():
        setattr(station, name, value)
    station.search_text = _search_text(station)
    station.save(update_fields=[*fields, "search_text"])
    Unit.objects.filter(pk=station.unit_id).exclude(name=station.name).update(name=station.name)
    return station


def _search_text(station: ServiceStation) -> str:
    return search_text(station.name, station.code, station.city, phones=[station.phone])

from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from dealers.models import Authorisation, Dealer, ServiceStation

DEALERS = Table(
    Dealer,
    (
        Column("name", link=True),
        Column("code"),
        Column("state", kind="status"),
        Column("level", kind="choice"),
        Column("province", shown=False),
        Column("city"),
        Column("unit__parent__name", label=_("Belongs to")),
        Column("parent__name"),
        Column("phone"),
        Column("credit_code", shown=False),
        Column("credit_limit_amount", kind="money"),
        Column("address", shown=False),
    ),
    order=("code", "pk"),
)
STATIONS = Table(
    ServiceStation,
    (
        Column("name", link=True),
        Column("code"),
        Column("station_class", kind="choice"),
        Column("state", kind="status"),
        Column("city"),
        Column("dealer__name"),
        Column("unit__parent__name", label=_("Belongs to")),
        Column("phone"),
    ),
    order=("code", "pk"),
)
AUTHORISATIONS = Table(
    Authorisation,
    (
        Column("number", link=True),
        Column("dealer__name"),
        Column("status", kind="status"),
        Column("starts_on", kind="date"),
        Column("ends_on", kind="date"),
        Column("annual_target_count", kind="number", total=True),
        Column("owner__name", shown=False),
    ),
    order=("-starts_on", "-pk"),
)

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from contracts.models import RebateAccrual, RebateBasis
from core.tables import Column, Table

REBATE_ACCRUALS = Table(
    RebateAccrual,
    (
        Column("number", link=True),
        Column("month", kind="month"),
        Column("dealer__name"),
        Column("policy__name", _("Rebate policy")),
        Column("policy__version", _("Version"), kind="number"),
        Column("kind", kind="choice"),
        Column("starts_on", kind="date", shown=False),
        Column("ends_on", kind="date"),
        Column("counted_count", kind="number", shown=False),
        Column("target_count", kind="number", shown=False),
        Column("car_count", kind="number", total=True),
        Column("value_amount", kind="money", total=True),
        Column("computed_amount", kind="money", shown=False, total=True),
        Column("amount", kind="money", total=True),
        Column("status", kind="status"),
        Column("reviewed_by__name", shown=False),
    ),
)
REBATE_BASIS = Table(
    RebateBasis,
    (
        Column("accrual__number", _("Rebate accrual")),
        Column("accrual__policy__name", _("Rebate policy")),
        Column("accrual__dealer__name", _("Dealer")),
        Column("vin", _("VIN"), expression=Coalesce("invoice__allocation__vehicle__vin", "retail__vehicle__vin")),
        Column("invoice__number"),
        Column("day", _("Date"), kind="date", expression=Coalesce("invoice__invoiced_on", "retail__retailed_on")),
        Column("car_count", kind="number", total=True),
        Column("value_amount", kind="money", total=True),
    ),
)

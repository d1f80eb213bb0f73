"""Trend schemes: those people save, and those that stand from the beginning."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analytics.models import COUNTED, HistorySource, TrendScheme
from analytics.series import MEASURES
from core.errors import RuleBroken
from salesplan.actions import withdraw_forecast
from users.models import Unit, User

Measure, Dimension = TrendScheme.Measure, TrendScheme.Dimension
STANDING_OF_HISTORY = (Dimension.TOTAL, Dimension.AREA, Dimension.AREA_MODEL)
STANDING_OF_SALES = (Dimension.TOTAL, Dimension.REGION, Dimension.SERIES)


@transaction.atomic
def add_trend_scheme(*, by: User, **fields) -> TrendScheme:
    """It counts what its owner may see, below his unit."""
    _check(by=by, **fields)
    return TrendScheme.objects.create(owner=by, unit=by.unit, **fields)


@transaction.atomic
def change_trend_scheme(scheme_id: int, *, by: User, **fields) -> TrendScheme:
    """A scheme that counts something else now shows nothing until it has been run again.

    One that no longer runs keeps its last charts, but planners are offered its forecast no more.
    """
    scheme = TrendScheme.objects.changeable_by(by).select_for_update(of=("self",)).get(pk=scheme_id)
    counted = (scheme.measure, scheme.dimension, scheme.source_id, scheme.horizon)
    former_scope = scheme.scope_key
    for name, value in fields.items():
        setattr(scheme, name, value)
    _check(by=by, measure=scheme.measure, dimension=scheme.dimension, source=scheme.source)
    counts_otherwise = counted != (scheme.measure, scheme.dimension, scheme.source_id, scheme.horizon)
    if scheme.owner_id is None and (counts_otherwise or not scheme.is_nightly):
        withdraw_forecast(former_scope)
    if counts_otherwise:
        scheme.published_run = None
        scheme.runs.all().delete()
    scheme.save(update_fields=[*fields, "published_run"])
    return scheme


def add_standing_schemes(source: HistorySource) -> None:
    """Every source is forecast each night as a whole, by area, and by area and model, for all who may read it."""
    for dimension in STANDING_OF_HISTORY:
        _add_standing_scheme(
            gettext_noop("%(source)s by %(dimension)s"), measure=Measure.HISTORY, dimension=dimension, source=source
        )


def add_company_schemes() -> None:
    """The company's own retail is forecast from the first night: as a whole, by region, by series.

    Only where there is no such scheme at all: one that people changed or stopped stays as they left it.
    """
    if TrendScheme.objects.standing().filter(source=None).exists():
        return
    for dimension in STANDING_OF_SALES:
        _add_standing_scheme(
            gettext_noop("Company retail by %(dimension)s"), measure=Measure.RETAIL, dimension=dimension
        )


def _add_standing_scheme(title: str, *, measure: str, dimension: str, source: HistorySource | None = None) -> None:
    headquarters = Unit.objects.filter(kind=Unit.Kind.HEADQUARTERS).first()
    if headquarters is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        name = _(title) % {"source": source, "dimension": Dimension(dimension).label}
    TrendScheme.objects.get_or_create(
        owner=None,
        unit=headquarters,
        measure=measure,
        source=source,
        dimension=dimension,
        defaults={"name": name},
    )


def _check(*, by: User, measure: str, dimension: str, source: HistorySource | None, **other) -> None:
    if by.scope_of(COUNTED[measure]) is None:
        raise RuleBroken(_("You may not read what this scheme would count. Choose another measure."))
    if (measure == Measure.HISTORY) != (source is not None):
        raise RuleBroken(_("Choose a history source for a scheme over sales history, and only for such a scheme."))
    possible = MEASURES[measure].splits
    if dimension not in possible:
        names = "、".join(str(Dimension(one).label) for one in possible)
        raise RuleBroken(_("This measure can be split by: %(names)s.") % {"names": names})

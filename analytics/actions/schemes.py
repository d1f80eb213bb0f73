"""Trend schemes: those people save, and those every history source gets by itself."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from analytics.models import HistorySource, TrendScheme
from core.errors import RuleBroken
from users.models import Unit, User

Measure, Dimension = TrendScheme.Measure, TrendScheme.Dimension
STANDING = (Dimension.TOTAL, Dimension.AREA, Dimension.AREA_MODEL)


@transaction.atomic
def add_trend_scheme(*, by: User, **fields) -> TrendScheme:
    """It counts what its owner may see, below his unit."""
    _check(**fields)
    return TrendScheme.objects.create(owner=by, unit=by.unit, **fields)


@transaction.atomic
def change_trend_scheme(scheme_id: int, *, by: User, **fields) -> TrendScheme:
    """A scheme that counts something else now shows nothing until it has been run again."""
    scheme = TrendScheme.objects.changeable_by(by).select_for_update(of=("self",)).get(pk=scheme_id)
    counted = (scheme.measure, scheme.dimension, scheme.source_id, scheme.horizon)
    for name, value in fields.items():
        setattr(scheme, name, value)
    _check(measure=scheme.measure, dimension=scheme.dimension, source=scheme.source)
    if counted != (scheme.measure, scheme.dimension, scheme.source_id, scheme.horizon):
        scheme.published_run = None
        scheme.runs.all().delete()
    scheme.save(update_fields=[*fields, "published_run"])
    return scheme


def add_standing_schemes(source: HistorySource) -> None:
    """Every source is forecast each night as a whole, by area, and by area and model, for all who may read it."""
    headquarters = Unit.objects.filter(kind=Unit.Kind.HEADQUARTERS).first()
    if headquarters is None:
        return
    for dimension in STANDING:
        with translation.override(settings.LANGUAGE_CODE):
            name = _("%(source)s by %(dimension)s") % {"source": source, "dimension": Dimension(dimension).label}
        TrendScheme.objects.get_or_create(
            owner=None,
            unit=headquarters,
            measure=Measure.HISTORY,
            source=source,
            dimension=dimension,
            defaults={"name": name},
        )


def _check(*, measure: str, dimension: str, source: HistorySource | None, **other) -> None:
    if (measure == Measure.HISTORY) != (source is not None):
        raise RuleBroken(_("Choose a history source for a scheme over sales history, and only for such a scheme."))
    possible = TrendScheme.OF_HISTORY if source else TrendScheme.OF_SALES
    if dimension not in possible:
        names = "、".join(str(Dimension(one).label) for one in possible)
        raise RuleBroken(_("This measure can be split by: %(names)s.") % {"names": names})

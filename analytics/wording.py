"""Names of the forecasting engine, in words that planners know."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from analytics.forecasting.models import SHORT, SPARSE, STEADY, THOROUGH, Combination

MEMBERS = {
    "SES": _("exponential smoothing"),
    "DOT": _("Theta"),
    "CES": _("complex smoothing"),
    "Damped": _("damped trend"),
    "LogDOT": _("Theta of logarithms"),
    "LogCES": _("complex smoothing of logarithms"),
    "BorrowedSES": _("smoothing with the common season"),
    "BorrowedDOT": _("Theta with the common season"),
    "SeasonalNaive": _("same month of last year"),
    "Naive": _("last month"),
    "Average12": _("average of 12 months"),
    "Average6": _("average of 6 months"),
    "IMAPA": _("several time scales (IMAPA)"),
    "ADIDA": _("longer time scale (ADIDA)"),
    "TSB": _("intermittent demand (TSB)"),
    "CrostonSBA": _("intermittent demand (Croston)"),
}
SIMPLE = {
    "constant": _("always the same"),
    "average": _("average of the few months"),
    "ended": _("ended, not forecast"),
    "empty": _("nothing sold"),
}
FAMILIES = {
    "empty": _("Nothing sold"),
    "ended": _("Ended"),
    "constant": _("Always the same"),
    "tiny": _("Only a few months"),
    "short": _("Short history"),
    "sparse": _("Sold now and then"),
    "seasonal": _("Seasonal"),
    "steady": _("Not seasonal"),
}


def family_choices() -> list[tuple[str, object]]:
    return list(FAMILIES.items())


def model_choices() -> list[tuple[str, object]]:
    """Every forecast method that the engine may name, in words."""
    combinations = {one.name: one for group in (STEADY, THOROUGH, SHORT, SPARSE) for one in group}
    return [*SIMPLE.items(), *((name, _in_words(one)) for name, one in combinations.items())]


def _in_words(combination: Combination):
    members = [MEMBERS.get(name, name) for name in combination.members]
    names = format_lazy("+".join(["{}"] * len(members)), *members)
    if len(members) == 1:
        return names
    return format_lazy(_("median of {names}") if combination.is_median else _("mean of {names}"), names=names)

"""Where one goes from a product: its sheet, the comparison, the next model year."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from products.models import CompetitorModel, Configuration, Series
from products.sheets import MOST_SUBJECTS

Link = tuple[str, str]


def comparison_of(*, configurations=(), rivals=()) -> str:
    keys = [("pk", key) for key in configurations] + [("rival", key) for key in rivals]
    return f"{reverse('products:comparison')}?{urlencode(keys[:MOST_SUBJECTS])}"


def of_series(series: Series, user) -> Iterator[Link]:
    configurations = Configuration.objects.filter(vehicle_model__series=series).order_by("-model_year", "pk")
    keys = list(configurations.values_list("pk", flat=True)[: MOST_SUBJECTS - 1])
    rivals = list(series.rivals.order_by("pk").values_list("pk", flat=True)[: MOST_SUBJECTS - len(keys)])
    yield _("Compare"), comparison_of(configurations=keys, rivals=rivals)


def of_configuration(configuration: Configuration, user) -> Iterator[Link]:
    rivals = CompetitorModel.objects.filter(rival_of__models=configuration.vehicle_model_id).order_by("pk")
    keys = list(rivals.values_list("pk", flat=True)[: MOST_SUBJECTS - 1])
    yield _("Compare"), comparison_of(configurations=[configuration.pk], rivals=keys)
    if user.has_perm("products.change_configuration"):
        yield _("Fill in the sheet"), reverse("products:configuration_sheet", args=[configuration.pk])
        yield _("Next model year"), reverse("products:configuration_model_year", args=[configuration.pk])


def of_competitor(competitor: CompetitorModel, user) -> Iterator[Link]:
    yield _("Compare"), comparison_of(rivals=[competitor.pk])
    if user.has_perm("products.change_competitormodel"):
        yield _("Fill in the sheet"), reverse("products:competitormodel_sheet", args=[competitor.pk])

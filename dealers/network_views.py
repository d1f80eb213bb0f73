"""The sales network as a tree: regions, first-tier dealers, the outlets below them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dealers.models import Dealer
from users.models import Unit


@dataclass
class Branch:
    """A first-tier dealer with his outlets."""

    dealer: Dealer
    outlets: list[Dealer] = field(default_factory=list)


@require_safe
@never_cache
@permission_required("dealers.view_dealer", raise_exception=True)
def network(request: HttpRequest) -> HttpResponse:
    """Of the dealers whom the reader sees; who has left the network stands in the list only."""
    dealers = Dealer.objects.visible_to(request.user).exclude(state=Dealer.State.EXITED).select_related("unit")
    regions = Unit.objects.filter(kind=Unit.Kind.REGION).order_by("path")
    branches = network_of(list(dealers.order_by("code", "pk")), list(regions))
    context = {"regions": branches, "count": sum(len(found) for _region, found in branches)}
    return render(request, "dealers/network.html", context)


def network_of(dealers: list[Dealer], regions: list[Unit]) -> list[tuple[Unit | None, list[Branch]]]:
    """An outlet whose first-tier dealer is not shown stands by itself."""
    shown = {dealer.pk: Branch(dealer) for dealer in dealers}
    found: dict[Unit | None, list[Branch]] = defaultdict(list)
    for dealer in dealers:
        if dealer.parent_id in shown:
            shown[dealer.parent_id].outlets.append(dealer)
        else:
            above = [region for region in regions if dealer.unit.path.startswith(region.path)]
            found[above[-1] if above else None].append(shown[dealer.pk])
    return [(region, found[region]) for region in (*regions, None) if region in found]

from collections import Counter

from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from users.models import User

OFFERED = 8


@require_safe
@never_cache
@permission_required("users.view_user", raise_exception=True)
def mentions(request: HttpRequest) -> JsonResponse:
    """Colleagues whose name begins so; who shares his name with another is written with his login."""
    typed = request.GET.get("q", "")[:50].replace("\x00", "")
    people = User.objects.visible_to(request.user).on_duty().exclude(pk=request.user.pk)
    found = list(
        people.select_related("unit")
        .filter(Q(name__istartswith=typed) | Q(username__istartswith=typed))
        .order_by("name", "pk")[:OFFERED]
    )
    bearers = Counter(people.filter(name__in={person.name for person in found}).values_list("name", flat=True))
    names = [person.name if bearers[person.name] == 1 else f"{person.name}({person.username})" for person in found]
    units = [person.unit.name if person.unit else "" for person in found]
    return JsonResponse({"results": [{"name": name, "unit": unit} for name, unit in zip(names, units, strict=True)]})

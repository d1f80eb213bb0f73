"""What a user prefers in a list: his columns, and the views he saved."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.models import ListPreference, SavedView

NOT_KEPT = ("page", "view")


def chosen_columns(user, list_name: str) -> list[str]:
    found = ListPreference.objects.filter(user=user, list_name=list_name).values_list("columns", flat=True).first()
    return found if isinstance(found, list) else []


def remember_columns(user, list_name: str, columns: Iterable[str], *, offered: Collection[str]) -> None:
    """In the order given; names that the list does not offer are left out."""
    chosen = [name for name in dict.fromkeys(columns) if name in offered]
    ListPreference.objects.update_or_create(user=user, list_name=list_name, defaults={"columns": chosen})


@transaction.atomic
def save_view(list_name: str, *, by, name: str, query: str, columns: list[str], audience: str, is_pinned: bool):
    """Keep the list as it stands under a name; the same name again replaces one's own view."""
    if audience == SavedView.Audience.ALL and not by.has_perm("core.publish_views"):
        raise RuleBroken(_("You may save views for yourself and your unit, not for everybody."))
    kept = QueryDict(query, mutable=True)
    for parameter in NOT_KEPT:
        kept.pop(parameter, None)
    values = {"query": kept.urlencode(), "columns": columns, "audience": audience, "is_pinned": is_pinned}
    view, _is_new = SavedView.objects.update_or_create(owner=by, list_name=list_name, name=name, defaults=values)
    return view


def remove_view(view_id: int, *, by) -> None:
    SavedView.objects.changeable_by(by).filter(pk=view_id).delete()

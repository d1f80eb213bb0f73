"""What a user prefers in a list: his columns, the views he saved, their order, the one it opens with."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.models import ListPreference, SavedView

NOT_KEPT = ("page", "view")


def preference_of(user, list_name: str) -> ListPreference:
    """An empty one where the user never chose anything."""
    found = ListPreference.objects.filter(user=user, list_name=list_name).first()
    return found or ListPreference(user=user, list_name=list_name)


def remember_columns(user, list_name: str, columns: Iterable[str], *, offered: Collection[str]) -> None:
    """In the order given; names that the list does not offer are left out."""
    chosen = [name for name in dict.fromkeys(columns) if name in offered]
    _prefer(user, list_name, columns=chosen)


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


def default_views(user) -> dict[str, str]:
    """The query with which each list opens for the user, by the name of the list."""
    visible = SavedView.objects.visible_to(user)
    chosen = ListPreference.objects.filter(user=user, default_view__in=visible).select_related("default_view")
    return {preference.list_name: preference.default_view.address.removeprefix("?") for preference in chosen}


def choose_default_view(list_name: str, view: SavedView | None, *, by) -> None:
    _prefer(by, list_name, default_view=view)


def in_order(views: Iterable[SavedView], keys: list[int]) -> list[SavedView]:
    """As the user arranged them; views that are new to him follow."""
    place = {key: number for number, key in enumerate(keys)}
    return sorted(views, key=lambda view: (place.get(view.pk, len(place)), view.pk))


def move_view(list_name: str, view: SavedView, *, by, views: list[SavedView], places: int) -> None:
    """Further to the front (negative) or to the back among the views as the user sees them."""
    keys = [other.pk for other in views]
    at = keys.index(view.pk)
    keys.insert(max(0, at + places), keys.pop(at))
    _prefer(by, list_name, view_order=keys)


def _prefer(user, list_name: str, **chosen) -> None:
    ListPreference.objects.update_or_create(user=user, list_name=list_name, defaults=chosen)

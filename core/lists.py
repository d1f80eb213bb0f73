"""What a user prefers in a list."""

from collections.abc import Collection, Iterable

from core.models import ListPreference


def chosen_columns(user, list_name: str) -> list[str]:
    found = ListPreference.objects.filter(user=user, list_name=list_name).values_list("columns", flat=True).first()
    return found if isinstance(found, list) else []


def remember_columns(user, list_name: str, columns: Iterable[str], *, offered: Collection[str]) -> None:
    """In the order given; names that the list does not offer are left out."""
    chosen = [name for name in dict.fromkeys(columns) if name in offered]
    ListPreference.objects.update_or_create(user=user, list_name=list_name, defaults={"columns": chosen})

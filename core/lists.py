"""What a user prefers in a list."""

from collections.abc import Iterable

from core.models import ListPreference


def chosen_columns(user, list_name: str) -> list[str]:
    found = ListPreference.objects.filter(user=user, list_name=list_name).values_list("columns", flat=True).first()
    return found if isinstance(found, list) else []


def remember_columns(user, list_name: str, columns: Iterable[str]) -> None:
    """Names that the list does not offer are kept but never shown."""
    chosen = list(dict.fromkeys(columns))[:60]
    ListPreference.objects.update_or_create(user=user, list_name=list_name, defaults={"columns": chosen})

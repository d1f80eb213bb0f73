from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Field, Model
from django.utils import translation

from users.access import ROLES
from users.roles import LABELS

GLOSSARY = Path("docs/glossary.md")
MARK = "<!-- from here on written by manage.py write_glossary -->\n"
UPPER_APPS = ["inventory", "contracts", "salesplan", "aftersales", "marketing", "training", "analytics"]
OWN_APPS = ["users", "products", "dealers", "customers", *UPPER_APPS, "core"]


class Command(BaseCommand):
    help = "Writes the tables of docs/glossary.md anew: entities, fields, statuses and roles in both languages."

    def handle(self, **options) -> None:
        path = settings.BASE_DIR / GLOSSARY
        head = path.read_text(encoding="utf-8").split(MARK)[0]
        path.write_text(head + MARK + "\n".join(["", *tables()]) + "\n", encoding="utf-8")


def tables() -> Iterator[str]:
    yield from table("Roles", ("key", "English", "中文"), ((role, *both(LABELS[role])) for role in ROLES))
    for app in OWN_APPS:
        models = [model for model in apps.get_app_config(app).get_models() if is_entity(model)]
        if models:
            entities = ((model.__name__, *both(model._meta.verbose_name)) for model in models)
            yield from table(app, ("entity", "English", "中文"), entities)
            yield from table("", ("field", "English", "中文"), sorted({row for m in models for row in labels_of(m)}))
            yield from table("", ("stored word", "English", "中文"), (row for m in models for row in choices_of(m)))


def is_entity(model: type[Model]) -> bool:
    """Not the tables of history and of the mechanism, which nobody reads by name."""
    return not model._meta.proxy and not hasattr(model, "pgh_tracked_model") and bool(fields_of(model))


def fields_of(model: type[Model]) -> list[Field]:
    """The fields with a label of their own; those without one are never shown."""
    return [field for field in model._meta.concrete_fields if not isinstance(field.verbose_name, str)]


def labels_of(model: type[Model]) -> Iterator[tuple[str, str, str]]:
    return ((field.name, *both(field.verbose_name)) for field in fields_of(model))


def choices_of(model: type[Model]) -> Iterator[tuple[str, str, str]]:
    for field in fields_of(model):
        for value, label in field.flatchoices:
            yield f"{model.__name__}.{field.name} {value}", *both(label)


def both(text) -> tuple[str, str]:
    with translation.override("en"):
        english = str(text)
    with translation.override("zh-hans"):
        return english, str(text)


def table(title: str, headings: tuple[str, ...], rows) -> Iterator[str]:
    if title:
        yield f"## {title}\n"
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""

"""Two people edit one record: what only one of them changed is kept, what both changed is shown side by side.

The form carries, as JSON, the values it was filled with. When it comes back they are compared with what is stored by
then, under the lock of the record.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Conflict:
    """One field that both have changed, as it reads in the form."""

    name: str
    label: str
    before: str
    theirs: str
    yours: str


def seen_values(form: forms.Form, lines: list[dict]) -> str:
    """What the form shows when it is opened."""
    values = {name: raw_value(form, name) for name in form.fields}
    return json.dumps(values | {"lines": lines_text(lines)}, ensure_ascii=False)


def read_seen(text: str) -> dict[str, Any]:
    """The values sent back with the form; nothing where they were left out or spoilt."""
    try:
        values = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {name: value for name, value in values.items() if _is_raw(value)}


def _is_raw(value: Any) -> bool:
    """What a form sends: a text, yes or no, nothing, or some texts."""
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, str | bool)


def settle(form: forms.Form, stored: forms.Form, seen: dict, *, take: list[str]) -> list[Conflict]:
    """Leave in ``form.cleaned_data`` what is to be saved; the fields still in dispute are returned.

    ``stored`` is the unbound form of the record as it is now; ``take`` names the fields where its value is accepted.
    """
    return list(_disputed(form, stored, seen, take))


def _disputed(form: forms.Form, stored: forms.Form, seen: dict, take: list[str]) -> Iterator[Conflict]:
    for name, field in form.fields.items():
        if name not in seen:
            continue
        now, yours = raw_value(stored, name), _sent(form, name)
        if _same(now, yours):
            continue
        if name in take or (_same(seen[name], yours) and not _same(now, seen[name])):
            _keep_stored(form, stored, name)
        elif not _same(now, seen[name]):
            yield Conflict(name, str(field.label or name), *(_shown(field, raw) for raw in (seen[name], now, yours)))


def _keep_stored(form: forms.Form, stored: forms.Form, name: str) -> None:
    """Custom fields lie together in ``extra``."""
    if name in form.cleaned_data:
        form.cleaned_data[name] = stored.fields[name].clean(raw_value(stored, name))
    else:
        key = name.removeprefix("extra_")
        form.cleaned_data["extra"][key] = stored.instance.extra.get(key)


def lines_text(lines: list[dict]) -> list[str]:
    """The lines of a document, one text each, as they are compared and shown."""
    return [" · ".join(str(value) for value in line.values() if value not in (None, "", False)) for line in lines]


def raw_value(form: forms.Form, name: str) -> Any:
    """The value of a field as the browser would send it back."""
    field, value = form.fields[name], form[name].value()
    if isinstance(value, list | tuple | set):
        return sorted(str(one) for one in value)
    if value is None or isinstance(value, bool):
        return value
    is_chosen = isinstance(field.widget, forms.Select | forms.CheckboxInput)
    return str(value if is_chosen else field.widget.format_value(value) or "")


def _sent(form: forms.Form, name: str) -> Any:
    value = form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    return sorted(value) if isinstance(value, list) else value


def _same(one: Any, other: Any) -> bool:
    return _comparable(one) == _comparable(other)


def _comparable(raw: Any) -> Any:
    if isinstance(raw, str):
        return raw.replace("\r\n", "\n").strip()
    return "" if raw is None or raw is False or raw == [] else raw


def _shown(field: forms.Field, raw: Any) -> str:
    if raw is True:
        return _("Yes")
    if _comparable(raw) == "":
        return "–"
    if isinstance(field, forms.ModelChoiceField) and not isinstance(raw, list):
        chosen = field.queryset.filter(pk=raw).first() if str(raw).isdecimal() else None
        return field.label_from_instance(chosen) if chosen else str(raw)
    labels = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    return "、".join(labels.get(one, one) for one in (raw if isinstance(raw, list) else [str(raw)]))

"""Doing one thing to many rows of a list: each row is done or refused with its own sentence, nothing is half done.

CUSTOMERS = Pages(..., bulk=(
    editing(forms.CustomerForm, actions.change_customer, ("kind", "industry")),
    stepping(workflow.ASSIGN, Lead),
    BulkAction("transfer", _("Transfer"), "customers.transfer_customer", actions.transfer_customers, TransferForm),
))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.bin import offer_to_fetch_back, put_away
from core.choices import ask_remotely
from core.errors import RuleBroken, refusal_of
from core.filters import limit_to_visible
from core.forms import suit_field
from core.undo import offer
from core.workflow import Step, take


@dataclass
class Outcome:
    """The keys that were done, and a sentence for each that was refused."""

    done: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


class BulkForm(forms.Form):
    """Asks once for what is done to all rows."""

    def __init__(self, *args, user, **options):
        self.user = user
        super().__init__(*args, **options)
        for asked in self.fields.values():
            limit_to_visible(asked, user)
            suit_field(asked)
            ask_remotely(asked)


@dataclass(frozen=True)
class BulkAction:
    """``act(record_ids, *, by, **cleaned_data)`` returns an ``Outcome``; it gets only rows within the verb.

    With a ``page`` (the name of its address) nothing is done here: that page takes the keys over as ``pk``.
    """

    name: str
    label: str | Promise
    permission: str
    act: Callable[..., Outcome] | None = None
    form: Callable[..., forms.Form] | None = None
    icon: str = "checks"
    page: str = ""

    @property
    def verb(self) -> str:
        return self.permission.partition(".")[2].partition("_")[0]


def one_by_one(record_ids: Iterable[int], act: Callable[[int], Any]) -> Outcome:
    """Each row in its own savepoint, in the order of the keys, so that two such runs do not lock each other out."""
    outcome = Outcome()
    for key in sorted(record_ids):
        try:
            with transaction.atomic():
                act(key)
        except (RuleBroken, DatabaseError) as error:
            outcome.refused[key] = refusal_of(error).sentence
        else:
            outcome.done.append(key)
    return outcome


def stepping(step: Step, model: type[models.Model]) -> BulkAction:
    """A step of the workflow for many records; its form must not need the record."""

    def act(record_ids, *, by, **data) -> Outcome:
        return one_by_one(record_ids, lambda key: take(step, key, model, by=by, **data))

    def form(*args, user, **options) -> forms.Form:
        return step.form(*args, user=user, record=None, **options)

    return BulkAction(step.name, step.label, step.permission, act, form if step.form else None)


def binning(model: type[models.Model]) -> BulkAction:
    def act(record_ids, *, by) -> Outcome:
        outcome = one_by_one(record_ids, lambda key: put_away(model, key, by=by))
        offer_to_fetch_back(model, outcome.done, by=by)
        return outcome

    permission = f"{model._meta.app_label}.bin_{model._meta.model_name}"
    return BulkAction("bin", gettext_lazy("Put in the recycle bin"), permission, act, icon="trash")


def editing(form: type[forms.ModelForm], update: Callable[..., models.Model], names: tuple[str, ...]) -> BulkAction:
    """The same new values for many records, by the entity's own action; fields left empty stay as they are."""
    model = form._meta.model
    permission = f"{model._meta.app_label}.change_{model._meta.model_name}"

    def asked(*args, user, **options) -> forms.Form:
        return EditMany(*args, user=user, source=form(user=user), names=names, **options)

    def act(record_ids, *, by, **values) -> Outcome:
        given = {name: value for name, value in values.items() if value not in (None, "")}
        before = _stored(model, record_ids, given)
        outcome = one_by_one(record_ids, lambda key: update(key, by=by, **given))
        _offer_to_put_back(model, before, outcome.done, given, by=by)
        return outcome

    return BulkAction("edit", gettext_lazy("Bulk edit"), permission, act, asked, icon="edit")


class EditMany(BulkForm):
    """Some fields of the entity's own form; what is left empty is not changed."""

    def __init__(self, *args, source: forms.ModelForm, names: tuple[str, ...], **options):
        super().__init__(*args, **options)
        for name in names:
            asked = source.fields[name]
            asked.required, asked.initial, asked.help_text = False, None, ""
            if isinstance(asked, forms.ModelChoiceField):
                asked.empty_label = _("Leave as it is")
            elif isinstance(asked, forms.ChoiceField):
                asked.choices = [("", _("Leave as it is")), *((v, text) for v, text in asked.choices if v != "")]
            self.fields[name] = asked

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(value not in (None, "") for value in cleaned.values()):
            raise forms.ValidationError(_("Fill in at least one field."))
        return cleaned


def undo_editing(described: Iterable) -> Callable[..., str]:
    """The handler that puts values back, by the action of each entity's ``Pages``."""
    updates: Mapping[str, Callable] = {pages.meta.label_lower: pages.update for pages in described if pages.update}

    def undo(parameters: dict, *, by) -> str:
        model = apps.get_model(parameters["model"])
        may_change = model.objects.within(by, "change").filter(pk__in=parameters["before"].keys())
        keys = set(may_change.values_list("pk", flat=True))
        now = _stored(model, keys, parameters["given"])
        moved_on = {key for key in keys if now.get(key) != parameters["given"]}
        outcome = one_by_one(
            keys - moved_on,
            lambda key: updates[parameters["model"]](key, by=by, **_live(model, parameters["before"][str(key)])),
        )
        left = len(parameters["before"]) - len(outcome.done)
        if not outcome.done:
            raise RuleBroken(_("Nothing was put back: all these records have been changed or passed on since."))
        text = _("%(count)d of them have been changed or passed on since and stay as they are.") % {"count": left}
        return text if left else ""

    return undo


def _offer_to_put_back(model, before: dict, done: list[int], given: dict, *, by) -> None:
    if not done:
        return
    raw = {name: value.pk if isinstance(value, models.Model) else value for name, value in given.items()}
    offer(
        "core.bulk_edit",
        by=by,
        parameters={"model": model._meta.label_lower, "before": {key: before[key] for key in done}, "given": raw},
        message=gettext_noop("%(count)d records were edited together."),
        words={"count": len(done)},
    )


def _stored(model: type[models.Model], keys: Iterable[int], names: Iterable[str]) -> dict[int, dict]:
    """What the rows hold, as it is written in JSON: keys of related rows, days as text."""
    rows = model._base_manager.filter(pk__in=keys).values("pk", *names)
    return {row.pop("pk"): {name: _plain(value) for name, value in row.items()} for row in rows}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | None) else str(value)


def _live(model: type[models.Model], raw: dict) -> dict:
    """Stored values as an action takes them."""
    return {name: _value(model._meta.get_field(name), value) for name, value in raw.items()}


def _value(column: models.Field, value: Any) -> Any:
    if column.is_relation and value is not None:
        return column.related_model._base_manager.get(pk=value)
    return column.to_python(value) if value is not None else None

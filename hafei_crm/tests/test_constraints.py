"""What the database forbids a form says in a sentence, at the field: nobody reads the name of a constraint."""

from collections.abc import Iterator
from itertools import chain

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import CheckConstraint, Model, Q, UniqueConstraint
from django.db.models.constraints import BaseConstraint
from django.urls import reverse

from core.forms import RecordForm
from hafei_crm.wiring import PAGES
from users.models import Unit

KINDS = (CheckConstraint, UniqueConstraint, ExclusionConstraint)


def forms_below(form: type[RecordForm]) -> Iterator[type[RecordForm]]:
    for below in form.__subclasses__():
        yield below
        yield from forms_below(below)


FORMS = sorted(
    {form for form in forms_below(RecordForm) if form._meta.model and ".tests." not in form.__module__},
    key=lambda form: (form.__module__, form.__name__),
)


def looked_at(form: type[RecordForm], monkeypatch) -> list[tuple[BaseConstraint, set[str]]]:
    """The constraints that validation of the form looks at, each with the fields it is to leave out."""
    found = []

    def note(constraint, model, instance, exclude=None, using=None):
        found.append((constraint, {*(exclude or ()), "pk"}))

    for kind in KINDS:
        monkeypatch.setattr(kind, "validate", note)
    model, asked = form._meta.model, set(form.base_fields) & set(form._meta.fields)
    model().validate_constraints(exclude={field.name for field in model._meta.fields} - asked)
    return found


def fields_of(constraint: BaseConstraint, model: type[Model]) -> set[str]:
    """The fields whose values decide."""
    told = [part[0] if isinstance(part, tuple) else part for part in getattr(constraint, "expressions", ())]
    told += [*getattr(constraint, "fields", ()), constraint.condition]
    named = {part for part in told if isinstance(part, str)}
    references = (model._get_expr_references(part) for part in told if part and not isinstance(part, str))
    return named | {path[0] for path in chain.from_iterable(references)}


def is_kept_by_choices(constraint: BaseConstraint, model: type[Model]) -> bool:
    """The words of choices: a form offers no others."""
    condition = constraint.condition
    if not isinstance(constraint, CheckConstraint) or condition.negated or condition.connector != Q.AND:
        return False
    return all(isinstance(part, tuple) and is_choice_within(model, *part) for part in condition.children)


def is_choice_within(model: type[Model], path: str, words: list[str]) -> bool:
    if not path.endswith("__in"):
        return False
    field = model._meta.get_field(path.removesuffix("__in"))
    offered = {value for value, _label in field.flatchoices} | ({""} if field.blank else set())
    return bool(field.flatchoices) and offered <= set(words)


def is_put_into_words_by_django(constraint: BaseConstraint) -> bool:
    """“… with this … already exists” names the fields."""
    return isinstance(constraint, UniqueConstraint) and bool(constraint.fields) and constraint.condition is None


def test_the_forms_of_all_pages_are_known():
    assert {pages.form for pages in PAGES if pages.form} <= set(FORMS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_whatever_a_form_can_break_has_a_sentence(form, monkeypatch):
    model = form._meta.model
    silent = [
        constraint.name
        for constraint, left_out in looked_at(form, monkeypatch)
        if not fields_of(constraint, model) & left_out
        and not is_kept_by_choices(constraint, model)
        and not is_put_into_words_by_django(constraint)
        and constraint.violation_error_message == BaseConstraint.default_violation_error_message
    ]
    assert not silent


@pytest.mark.django_db
def test_each_sentence_stands_at_its_field(client, manager):
    client.force_login(manager)
    form = {"name": "车展", "kind": "exhibition", "starts_on": "2026-05-07", "ends_on": "2026-05-01"}
    page = client.post(reverse("marketing:campaign_add"), form | {"budget_amount": "-1"})
    assert page.context["form"].errors == {
        "ends_on": ["截止日早于起始日。"],
        "budget_amount": ["请输入不小于零的数。"],
    }


@pytest.mark.django_db
def test_a_delegation_that_runs_backwards_is_answered_at_its_last_day(client, manager, director):
    client.force_login(manager)
    form = {"owner": manager.pk, "deputy": director.pk, "starts_on": "2026-12-07", "ends_on": "2026-12-01"}
    page = client.post(reverse("users:delegation_add"), form | {"reason": "休假"})
    assert page.context["form"].errors == {"ends_on": ["截止日早于起始日。"]}


@pytest.mark.django_db
def test_a_second_headquarters_and_a_unit_below_nothing_are_refused(client, sysadmin):
    client.force_login(sysadmin)
    form = {"name": "第二总部", "code": "HQ-2", "kind": Unit.Kind.HEADQUARTERS}
    page = client.post(reverse("users:unit_add"), form)
    assert page.context["form"].errors == {"kind": ["已有总部，请选择其他类型。"]}
    page = client.post(reverse("users:unit_add"), form | {"kind": Unit.Kind.REGION})
    assert page.context["form"].errors == {"parent": ["请选择上级单位；只有总部没有上级。"]}

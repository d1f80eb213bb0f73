from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction

from core import custom_fields
from core.custom_fields import (
    at_least,
    at_most,
    change_custom_field,
    columns,
    define_custom_field,
    form_fields,
    holding,
    stored_values,
)
from core.errors import RuleBroken
from core.models import CustomField
from core.tests.records import Folder, folder_table

pytestmark = pytest.mark.django_db
LABEL = "core.folder"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.delete(custom_fields.VERSION_KEY)
    yield
    cache.delete(custom_fields.VERSION_KEY)


@pytest.fixture
def folder(sales1):
    with folder_table():
        yield Folder.objects.create(name="合同", owner=sales1)


def define(by, name, kind="text", **values):
    return define_custom_field(by=by, model_label=LABEL, name=name, label=name.title(), kind=kind, **values)


def form(data=None):
    return type("FolderForm", (forms.Form,), form_fields(Folder))(data)


def test_a_new_field_is_asked_for_at_once(sysadmin):
    assert list(form().fields) == []
    define(sysadmin, "licence", is_required=True)
    assert list(form().fields) == ["extra_licence"]
    assert form({}).errors["extra_licence"]


def test_a_process_reads_the_fields_once(sysadmin, django_assert_num_queries):
    define(sysadmin, "licence")
    form_fields(Folder)
    with django_assert_num_queries(0):
        form_fields(Folder)
        columns(Folder)


def test_a_field_switched_off_is_not_asked_for_but_its_values_stay(sysadmin, folder):
    field = define(sysadmin, "licence")
    Folder.objects.update(extra={"licence": "A1"})
    change_custom_field(field.pk, by=sysadmin, is_active=False)
    assert form_fields(Folder) == {}
    folder.refresh_from_db()
    assert folder.extra == {"licence": "A1"}


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("text", " 黑A·12345 ", "黑A·12345"),
        ("number", "12.50", 12.5),
        ("number", "3", 3),
        ("date", "2026-11-22", "2026-11-22"),
        ("choice", "红", "红"),
        ("multiple_choice", ["红", "白"], ["红", "白"]),
        ("yes_no", "True", True),
        ("yes_no", "False", False),
    ],
)
def test_a_value_of_each_kind_is_typed_stored_shown_and_found(sysadmin, folder, kind, typed, stored):
    define(sysadmin, "thing", kind, choices=["红", "白"] if "choice" in kind else [])
    filled = form({"extra_thing": typed})
    assert filled.is_valid(), filled.errors
    values = stored_values(Folder, {"thing": filled.cleaned_data["extra_thing"]})
    assert values == {"thing": stored}
    Folder.objects.update(extra=values)
    (column,) = columns(Folder)
    rows = Folder.objects.annotate(**({column.path: column.expression} if column.expression else {}))
    shown = rows.values_list(column.path, flat=True).get()
    assert shown == ("红, 白" if kind == "multiple_choice" else stored)
    assert holding(Folder.objects, "thing", filled.cleaned_data["extra_thing"]).count() == 1
    assert form({"extra_thing": ""}).is_valid()


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("number", "NaN"), ("number", "1e999"), ("number", "abc"), ("date", "2026-02-30"), ("choice", "蓝")]
    + [("text", "a\x00b"), ("text", "x" * 501), ("yes_no", "maybe")],
)
def test_a_value_of_the_wrong_kind_is_a_form_error(sysadmin, kind, typed):
    define(sysadmin, "thing", kind, choices=["红"] if "choice" in kind else [])
    assert form({"extra_thing": typed}).errors["extra_thing"]


def test_values_are_stored_in_types_that_json_knows(sysadmin):
    for name, kind in (("count", "number"), ("day", "date"), ("empty", "text")):
        define(sysadmin, name, kind)
    cleaned = {"count": Decimal("2.0000"), "day": date(2026, 11, 22), "empty": "", "unknown": "x"}
    assert stored_values(Folder, cleaned) == {"count": 2, "day": "2026-11-22"}


@pytest.mark.parametrize("search", [holding, at_least, at_most])
def test_a_search_in_an_unknown_field_is_refused(sysadmin, folder, search):
    with pytest.raises(RuleBroken):
        search(Folder.objects, "owner__password", "x")


def test_the_kind_of_a_field_cannot_change(sysadmin):
    field = define(sysadmin, "licence")
    with pytest.raises(RuleBroken):
        change_custom_field(field.pk, by=sysadmin, kind="number")
    with pytest.raises(InternalError), transaction.atomic():
        CustomField.objects.update(kind="number")
    change_custom_field(field.pk, by=sysadmin, label="Number plate")
    assert form().fields["extra_licence"].label == "Number plate"


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Number", "kind": "text"},
        {"name": "a__b c", "kind": "text"},
        {"name": "a\n", "kind": "text"},
        {"name": "colour", "kind": "choice", "choices": []},
        {"name": "colour", "kind": "choice", "choices": ["红", "红"]},
        {"name": "colour", "kind": "choice", "choices": "红"},
        {"name": "colour", "kind": "choice", "choices": ["红"], "default": "白"},
        {"name": "count", "kind": "number", "default": "many"},
        {"name": "thing", "kind": "formula"},
    ],
)
def test_a_field_that_makes_no_sense_is_refused(sysadmin, values):
    with pytest.raises(ValidationError):
        define(sysadmin, **values)
    assert not CustomField.objects.exists()


def test_a_name_is_used_once_per_kind_of_record(sysadmin):
    define(sysadmin, "licence")
    with pytest.raises(ValidationError):
        define(sysadmin, "licence", "number")


def test_a_model_without_a_place_for_them_has_no_columns():
    assert columns(CustomField) == ()

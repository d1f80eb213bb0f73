"""Who exported what, and the fields the company adds, through the pages people use."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.custom_fields import VERSION_KEY, change_custom_field
from core.models import CustomField
from core.tests.factories import make_customfield

pytestmark = pytest.mark.django_db
LICENCE = {"model_label": "customers.customer", "name": "licence", "label": "营业执照号", "kind": "text", "position": 1}


@pytest.fixture(autouse=True)
def fresh_cache():
    yield
    cache.delete(VERSION_KEY)


def added_field(client, **values):
    return client.post(reverse("core:customfield_add"), LICENCE | {"is_active": "on"} | values)


def test_auditor_reads_who_exported_which_list(client, manager, auditor):
    client.force_login(manager)
    client.get(reverse("customers:lead_export"), {"name": "王"})
    client.force_login(auditor)
    rows = client.get(reverse("core:exportlog_list")).context["rows"]
    ((_at, by, _unit, what, *_rest),) = [[str(cell.html) for cell in row.cells] for row in rows]
    assert (by, what) == (manager.name, "线索")
    assert reverse("core:exportlog_list") in client.get("/").content.decode()


def test_field_of_the_administrator_is_asked_for_and_listed(client, sysadmin, manager):
    client.force_login(sysadmin)
    assert added_field(client).status_code == 302
    client.force_login(manager)
    form = client.get(reverse("customers:customer_add")).context["form"]
    assert form.fields["extra_licence"].label == "营业执照号"
    values = {name: form[name].value() or "" for name in form.fields}
    wanted = values | {"name": "松花江运输公司", "phone": "13904510001", "extra_licence": "2301-77"}
    answer = client.post(reverse("customers:customer_add"), wanted)
    assert answer.status_code == 302, answer.context["form"].errors
    client.post(reverse("customers:customer_columns"), {"columns": ["name", "extra__licence"]})
    assert "2301-77" in client.get(reverse("customers:customer_list")).content.decode()


def test_choices_are_typed_one_per_line_and_must_be_there(client, sysadmin):
    client.force_login(sysadmin)
    refused = added_field(client, kind="choice", choices=" \n")
    assert refused.status_code == 200
    assert refused.context["form"].errors
    added_field(client, kind="choice", choices="红\n 白 \n\n")
    assert CustomField.objects.get().choices == ["红", "白"]


def test_label_changes_but_not_the_kind(client, sysadmin):
    field = make_customfield(owner=sysadmin, label="执照", kind="text")
    client.force_login(sysadmin)
    page = reverse("core:customfield_edit", args=[field.pk])
    typed = {"kind": "number", "name": "other", "label": "新执照", "position": 3, "is_active": "on"}
    assert client.post(page, typed).status_code == 302
    field.refresh_from_db()
    assert (field.label, field.kind, field.position) == ("新执照", "text", 3)


def test_others_neither_see_nor_add_fields(client, director, auditor):
    for person in (director, auditor):
        client.force_login(person)
        assert client.get(reverse("core:customfield_list")).status_code == 403
        assert added_field(client).status_code == 403
    assert not CustomField.objects.exists()


@pytest.mark.parametrize(
    "unfit",
    [
        {"kind": "choice", "choices": "红\n白", "default": "x"},
        {"kind": "number", "default": "abc"},
        {"kind": "date", "default": "2026-02-31"},
    ],
    ids=lambda values: values["kind"],
)
def test_default_that_does_not_fit_the_kind_is_refused_at_its_field(client, sysadmin, unfit):
    client.force_login(sysadmin)
    assert list(added_field(client, **unfit).context["form"].errors) == ["default"]
    assert not CustomField.objects.exists()


def test_two_active_fields_of_one_kind_of_record_are_not_called_the_same(client, sysadmin):
    client.force_login(sysadmin)
    first = make_customfield(owner=sysadmin, model_label=LICENCE["model_label"], label=LICENCE["label"])
    assert list(added_field(client).context["form"].errors) == ["label"]
    change_custom_field(first.pk, by=sysadmin, is_active=False)
    assert added_field(client).status_code == 302


def test_kind_of_a_field_that_holds_numbers_is_not_a_document_number(client, sysadmin):
    client.force_login(sysadmin)
    kinds = dict(client.get(reverse("core:customfield_add")).context["form"].fields["kind"].choices)
    assert kinds["number"] == "数字"


def test_page_of_an_import_names_the_columns_the_company_added(client, sysadmin, manager):
    make_customfield(owner=sysadmin, model_label="customers.customer", label="营业执照号")
    client.force_login(manager)
    assert "营业执照号" in client.get(reverse("imports:upload", args=["customers"])).content.decode()

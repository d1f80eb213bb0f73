"""Two people have the same form open; the second to save loses nothing and overwrites nothing unseen."""

import pytest
from django.urls import reverse

from contracts.tests.factories import make_quotation
from core.tests.factories import make_customfield
from customers import actions
from customers.models import Lead
from customers.tests.factories import make_lead, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(sales1):
    return make_lead(unit=sales1.unit, owner=sales1, city="哈尔滨", note="要红色")


@pytest.fixture
def edit_url(client, sales1, lead):
    client.force_login(sales1)
    return reverse("customers:lead_edit", args=[lead.pk])


def filled_in(response) -> dict:
    """What a browser sends back when nothing is typed."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else getattr(value, "pk", value) for name, value in values.items()}
    return sent | {"seen": response.context["seen"]}


def test_what_only_one_of_them_changed_is_kept(client, manager, edit_url, lead):
    opened = filled_in(client.get(edit_url))
    actions.change_lead(lead.pk, by=manager, city="大庆")
    assert client.post(edit_url, opened | {"note": "要白色"}).status_code == 302
    assert Lead.objects.values_list("city", "note").get() == ("大庆", "要白色")


def test_what_both_changed_is_shown_side_by_side_and_not_saved(client, manager, edit_url, lead):
    opened = filled_in(client.get(edit_url))
    actions.change_lead(lead.pk, by=manager, city="大庆")
    answer = client.post(edit_url, opened | {"city": "齐齐哈尔"})
    (conflict,) = answer.context["conflicts"]
    assert (conflict.name, conflict.before, conflict.theirs, conflict.yours) == ("city", "哈尔滨", "大庆", "齐齐哈尔")
    assert Lead.objects.get().city == "大庆"
    assert answer.context["form"]["city"].value() == "齐齐哈尔"


@pytest.mark.parametrize(("take", "kept"), [([], "齐齐哈尔"), (["city"], "大庆")])
def test_saving_again_decides(client, manager, edit_url, lead, take, kept):
    opened = filled_in(client.get(edit_url))
    actions.change_lead(lead.pk, by=manager, city="大庆")
    disputed = client.post(edit_url, opened | {"city": "齐齐哈尔"})
    again = opened | {"city": "齐齐哈尔", "seen": disputed.context["seen"], "take": take}
    assert client.post(edit_url, again).status_code == 302
    assert Lead.objects.get().city == kept


def test_choices_and_days_are_compared_as_values_and_shown_in_words(client, manager, edit_url, lead):
    fair, hall = make_source(name="车展"), make_source(name="展厅")
    opened = filled_in(client.get(edit_url))
    actions.change_lead(lead.pk, by=manager, source=fair, intent_level="a", next_contact_on="2027-03-01")
    answer = client.post(edit_url, opened | {"source": hall.pk, "intent_level": "b", "next_contact_on": "2027-03-01"})
    shown = {conflict.name: (conflict.theirs, conflict.yours) for conflict in answer.context["conflicts"]}
    assert shown["source"] == ("车展", "展厅")
    assert shown.keys() == {"source", "intent_level"}


def test_fields_of_the_company_are_compared_too(client, sysadmin, manager, edit_url, lead):
    make_customfield(owner=sysadmin, name="hobby", label="爱好")
    opened = filled_in(client.get(edit_url))
    actions.change_lead(lead.pk, by=manager, extra={"hobby": "钓鱼"})
    assert client.post(edit_url, opened | {"note": "要白色"}).status_code == 302
    assert Lead.objects.get().extra["hobby"] == "钓鱼"
    opened = filled_in(client.get(edit_url))
    actions.change_lead(lead.pk, by=manager, extra={"hobby": "下棋"})
    answer = client.post(edit_url, opened | {"extra_hobby": "登山"})
    assert [conflict.yours for conflict in answer.context["conflicts"]] == ["登山"]


def test_changed_lines_are_shown(client, sales1):
    quotation = make_quotation(unit=sales1.unit, owner=sales1)
    client.force_login(sales1)
    edit_url = reverse("contracts:quotation_edit", args=[quotation.pk])
    answer = client.get(edit_url)
    sent = filled_in(answer) | _lines(answer)
    quotation.lines.update(quantity=7)
    disputed = client.post(edit_url, sent)
    assert len(disputed.context["conflicts"]) == 1
    assert quotation.lines.get().quantity == 7


def test_a_spoilt_memory_of_the_form_does_no_harm(client, edit_url):
    opened = filled_in(client.get(edit_url))
    for spoilt in ("", "{", "[1]", '{"city": {"a": 1}, "source": [9]}', '{"lines": ["x"]}', '{"intent_level": [{}]}'):
        assert client.post(edit_url, opened | {"seen": spoilt}).status_code in (200, 302)


def _lines(answer) -> dict:
    formset = answer.context["lines"]
    fields = {form.add_prefix(name): form[name].value() for form in formset.forms for name in form.fields}
    management = {formset.management_form.add_prefix(k): v for k, v in formset.management_form.initial.items()}
    return {name: "" if value is None else getattr(value, "pk", value) for name, value in (fields | management).items()}


def test_a_field_of_the_company_can_be_emptied(client, sysadmin, manager, edit_url, lead):
    make_customfield(owner=sysadmin, name="hobby", label="爱好")
    actions.change_lead(lead.pk, by=manager, extra={"hobby": "钓鱼", "of_long_ago": "1"})
    assert client.post(edit_url, filled_in(client.get(edit_url)) | {"extra_hobby": ""}).status_code == 302
    assert Lead.objects.get().extra == {"of_long_ago": "1"}

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from customers.models import Source
from users.models import Unit, User

pytestmark = pytest.mark.django_db
PASSWORD = "zhonghua-2026-songhua"


def create_administrator(*arguments):
    call_command("create_administrator", *arguments, stdout=StringIO())


def test_first_administrator_of_an_empty_system_signs_in(client, monkeypatch):
    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", PASSWORD)
    create_administrator("wang", "--name", "王建国")
    answer = client.post("/accounts/login/", {"username": "wang", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")
    user = User.objects.get(username="wang")
    assert (user.name, user.unit.kind) == ("王建国", "headquarters")
    assert list(user.groups.values_list("name", flat=True)) == ["system_administrator"]


def test_security_administrator_joins_the_same_headquarters(monkeypatch):
    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", PASSWORD)
    create_administrator("wang")
    create_administrator("song", "--role", "security_administrator")
    assert Unit.objects.count() == 1
    assert list(User.objects.get(username="song").groups.values_list("name", flat=True)) == ["security_administrator"]


def test_two_administrators_bring_a_dealer_to_his_first_login(client, monkeypatch):
    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", PASSWORD)
    create_administrator("wang")
    create_administrator("song", "--role", "security_administrator")

    sign_in(client, "wang")
    top = Unit.objects.get()
    region = added(client, Unit, name="华北大区", code="NORTH", kind="region", parent=top.pk)
    shop = added(client, Unit, name="天津店", code="TJ01", kind="dealer", parent=region.pk)
    person = added(client, User, username="zhao", name="赵敏", unit=shop.pk, is_active="on")
    client.logout()

    sign_in(client, "song")
    page = f"/users/people/{person.pk}/"
    assert client.post(f"{page}roles/", {"roles": ["dealer_manager"]}).status_code == 302
    new = {"new_password1": "Haihe-River-2026", "new_password2": "Haihe-River-2026"}
    assert client.post(f"{page}password/", new).status_code == 302
    client.logout()

    sign_in(client, "zhao", "Haihe-River-2026")
    assert client.get("/customers/leads/").status_code == 200


def test_first_source_of_an_empty_system_lets_the_first_lead_in(client, director, dealer):
    client.force_login(director)
    assert client.post("/customers/sources/add/", {"name": "展厅到店", "code": "walk-in"}).status_code == 302
    source = Source.objects.get(code="walk-in")
    client.force_login(dealer)
    typed = {"name": "王强", "phone": "13902200001", "source": source.pk, "intent_level": "a"}
    assert client.post("/customers/leads/add/", typed).status_code == 302
    assert client.post("/customers/sources/add/", {"name": "网站", "code": "web"}).status_code == 403


def sign_in(client, username, password=PASSWORD):
    answer = client.post("/accounts/login/", {"username": username, "password": password})
    assert (answer.status_code, answer.url) == (302, "/")


def added(client, model, **fields):
    place = {Unit: "units", User: "people"}[model]
    assert client.post(f"/users/{place}/add/", fields).status_code == 302
    return model.objects.latest("pk")


def test_weak_password_and_taken_name_are_refused(monkeypatch):
    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", "12345678")
    with pytest.raises(CommandError):
        create_administrator("wang")
    assert not User.objects.exists()

    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", PASSWORD)
    create_administrator("wang")
    with pytest.raises(CommandError, match="wang"):
        create_administrator("wang")

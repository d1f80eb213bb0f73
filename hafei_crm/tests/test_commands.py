from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from users.models import Unit, User

pytestmark = pytest.mark.django_db


def create_administrator(*arguments):
    call_command("create_administrator", *arguments, stdout=StringIO())


def test_first_administrator_of_an_empty_system_signs_in(client, monkeypatch):
    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", "zhonghua-2026-songhua")
    create_administrator("wang", "--name", "王建国")
    answer = client.post("/accounts/login/", {"username": "wang", "password": "zhonghua-2026-songhua"})
    assert (answer.status_code, answer.url) == (302, "/")
    user = User.objects.get(username="wang")
    assert (user.name, user.unit.kind) == ("王建国", "headquarters")
    assert list(user.groups.values_list("name", flat=True)) == ["system_administrator"]


def test_security_administrator_joins_the_same_headquarters(monkeypatch):
    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", "zhonghua-2026-songhua")
    create_administrator("wang")
    create_administrator("song", "--role", "security_administrator")
    assert Unit.objects.count() == 1
    assert list(User.objects.get(username="song").groups.values_list("name", flat=True)) == ["security_administrator"]


def test_weak_password_and_taken_name_are_refused(monkeypatch):
    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", "12345678")
    with pytest.raises(CommandError):
        create_administrator("wang")
    assert not User.objects.exists()

    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", "zhonghua-2026-songhua")
    create_administrator("wang")
    with pytest.raises(CommandError, match="wang"):
        create_administrator("wang")

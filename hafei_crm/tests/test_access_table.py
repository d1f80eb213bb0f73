"""Who gets through which door: every URL of the project against every member of the cast.

``access_table.txt`` holds a line per URL with the members of the cast who are let in. Written anew by
``HAFEI_WRITE_ACCESS_TABLE=1 ./test hafei_crm/tests/test_access_table.py``; the change is then read like code.
"""

import os
from pathlib import Path

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django_htmx.middleware import HtmxDetails

from hafei_crm.wiring import IMPORTERS
from users.cast import CAST
from users.models import User

TABLE = Path(__file__).with_name("access_table.txt")
ANONYMOUS_MAY = {"login", "healthz"}


def patterns(resolver=None, namespace: str = "", route: str = "/"):
    for entry in (resolver or get_resolver()).url_patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{entry.namespace}:" if entry.namespace else namespace, path)
        elif isinstance(entry, URLPattern) and namespace != "api:":  # asked with tokens, in test_api.py
            yield f"{namespace}{entry.name or path}", path


def sample(path: str) -> str:
    """An address of the pattern: keys that exist nowhere, words that mean nothing, but a real importer's name."""
    importer = ("imports/<slug:name>", f"imports/{IMPORTERS[0].name}")
    for kind, value in (("<int:pk>", "0"), ("<slug:step>", "no-such-step"), importer):
        path = path.replace(kind, value)
    parts = [
        ("0" if part.startswith("<int:") else "none" if part.startswith("<") else part) for part in path.split("/")
    ]
    return "/".join(parts)


def doors() -> dict[str, str]:
    return {name: sample(path) for name, path in patterns()}


def expected() -> dict[str, set[str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: set(people.split()) for name, _, people in (line.partition(" ") for line in lines)}


def let_in(person: User, url: str) -> bool:
    """Asked of the view itself: drawn pages and sessions, nearly nine thousand times, would take minutes.

    403 keeps out; whatever else means that the right was there (the sample record is not).
    """
    request, match = RequestFactory().get(url), resolve(url)
    request.user, request.session, request.htmx = person, {}, HtmxDetails(request)
    request._messages = FallbackStorage(request)
    try:
        return match.func(request, *match.args, **match.kwargs).status_code != 403
    except PermissionDenied:
        return False
    except Http404:
        return True


@pytest.fixture
def no_workbooks(monkeypatch):
    monkeypatch.setattr("core.views.lists.ExportPage.file_response", lambda page: HttpResponse())


def test_every_url_stands_in_the_table():
    assert expected().keys() == doors().keys()


@pytest.mark.django_db
def test_nobody_gets_in_unsigned(client):
    open_doors = [name for name, url in doors().items() if client.get(url).status_code not in (302, 403, 404, 405)]
    assert set(open_doors) == ANONYMOUS_MAY


@pytest.mark.django_db
@pytest.mark.parametrize("username", [part.username for part in CAST])
def test_the_cast_gets_in_as_the_table_says(cast, no_workbooks, username):
    found = {name for name, url in doors().items() if let_in(cast[username], url)}
    assert found == {name for name, people in expected().items() if username in people}


@pytest.mark.django_db
@pytest.mark.skipif("HAFEI_WRITE_ACCESS_TABLE" not in os.environ, reason="writes the table only when asked")
def test_write_the_table(cast, no_workbooks):
    found: dict[str, list[str]] = {name: [] for name in doors()}
    for part in CAST:
        for name, url in doors().items():
            if let_in(cast[part.username], url):
                found[name].append(part.username)
    lines = [" ".join([name, *found[name]]) for name in sorted(found)]
    TABLE.write_text("# url name, and who of the cast is let in\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert expected() == {name: set(people) for name, people in found.items()}

"""What every entity's pages promise, checked for each description in ``hafei_crm.wiring.PAGES``."""

import io
from importlib import import_module

import django_filters
import pytest
from django.db import connection
from django.db.models import Manager
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from hafei_crm.tests.many_rows import MANY
from hafei_crm.wiring import PAGES
from users.access import Scope
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db
each_entity = pytest.mark.parametrize("pages", PAGES, ids=lambda pages: pages.name)
GARBAGE = ("", "0", "-1", "abc", "' OR 1=1 --", "1e999", "2026-13-45", "a\x00b", "9" * 40, "NaN", "<script>")
EQUAL = (django_filters.BooleanFilter, django_filters.ChoiceFilter, django_filters.ModelChoiceFilter)
UGLIEST = ("' OR 1=1 --", "a\x00b", "9" * 40)


def factory_of(pages):
    module = import_module(f"{pages.meta.app_label}.tests.factories")
    return getattr(module, f"make_{pages.name}")


def make_rows(pages, count: int, **whose) -> None:
    """By the factory, or many at once where one document holds them."""
    if at_once := MANY.get(pages.name):
        at_once(count, **whose)
    else:
        for _ in range(count):
            factory_of(pages)(**whose)


def one_of_each_reach(pages, people) -> list:
    """Those who see and may do the same things here differ in their rows only: one of them speaks for all."""

    def reach(person):
        scopes = [person.scope_of(pages.model, verb) for verb in ("view", "change")]
        area = f"{pages.meta.app_label}."
        rights = frozenset(name for name in person.get_all_permissions() if name.startswith(area))
        return (*scopes, person.unit.kind, person.has_perm("core.export_rows"), rights & own_rights(pages))

    return list({reach(person): person for person in people}.values())


def own_rights(pages) -> frozenset[str]:
    steps = {step.permission for step in pages.steps} | {action.permission for action in pages.all_bulk}
    return frozenset({pages.permission(verb) for verb in ("view", "add", "change")} | steps)


def reader_of(pages, cast):
    """Somebody of the cast who sees every row, drafts of others too, else who sees the most."""
    readers = [person for person in cast.values() if person.has_perm(pages.permission("view"))]
    assert readers, f"nobody in the cast may see {pages.name}"
    return max(readers, key=lambda person: [person.scope_of(pages.model, verb) or 0 for verb in ("view", "change")])


def names_in_list(client, pages, **query) -> str:
    return client.get(pages.url("list"), query).content.decode()


def exported_rows(client, pages) -> list[tuple]:
    response = client.get(pages.url("export"))
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)), read_only=True)
    return list(book.worksheets[0].iter_rows(min_row=2, values_only=True))


@each_entity
def test_anonymous_is_sent_to_sign_in(client, pages):
    response = client.get(pages.url("list"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


@each_entity
def test_without_the_right_it_is_forbidden(client, cast, pages):
    outsider = next((person for person in cast.values() if not person.has_perm(pages.permission("view"))), None)
    if outsider is None:
        pytest.skip(f"everybody may see {pages.name}")
    client.force_login(outsider)
    assert client.get(pages.url("list")).status_code == 403
    assert client.get(pages.url("export")).status_code == 403


@each_entity
def test_rows_of_strangers_are_absent_everywhere(client, cast, pages):
    """Somebody bound to the north sees nothing that belongs to the east: not in list, export, record or edit."""
    narrow = [
        person
        for person in cast.values()
        if person.scope_of(pages.model) not in (None, Scope.ALL)
        and person.unit.path.startswith(cast["manager"].unit.path)
    ]
    if not narrow:
        pytest.skip(f"everybody who may see {pages.name} sees all of it")
    strange = factory_of(pages)(unit=cast["manager2"].unit, owner=cast["manager2"])
    for person in one_of_each_reach(pages, narrow):
        assert not pages.visible_rows(person).filter(pk=strange.pk).exists()
        client.force_login(person)
        listed = client.get(pages.url("list"))
        assert strange.pk not in {row.pk for row in listed.context["rows"]}
        if pages.has("detail"):
            assert client.get(pages.url("detail", strange.pk)).status_code == 404
        if pages.has("edit"):
            assert client.get(pages.url("edit", strange.pk)).status_code in (403, 404)
        if person.has_perm("core.export_rows"):
            assert len(exported_rows(client, pages)) == pages.visible_rows(person).count()


@each_entity
def test_list_costs_the_same_queries_for_5_rows_and_50(client, cast, pages):
    person = reader_of(pages, cast)
    client.force_login(person)
    make_rows(pages, 5, unit=person.unit, owner=person)
    client.get(pages.url("list"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(pages.url("list")).status_code == 200
    make_rows(pages, 45, unit=person.unit, owner=person)
    with CaptureQueriesContext(connection) as many:
        assert client.get(pages.url("list")).status_code == 200
    assert len(many) == len(few)
    assert len(many) <= 12, "\n".join(query["sql"][:200] for query in many)


@each_entity
def test_every_filter_takes_whatever_is_typed(client, cast, pages):
    """Each alone where the rows are read, all together through the door."""
    person = reader_of(pages, cast)
    factory_of(pages)(unit=person.unit, owner=person)
    client.force_login(person)
    names, visible = list(pages.filters.base_filters), pages.visible_rows(person)
    all_rows = visible.count()
    for value in GARBAGE:
        for name in names:
            filterset = pages.filters(QueryDict(mutable=True) | {name: value}, visible, user=person)
            found = filterset.qs.values("pk") if filterset.is_valid() else []
            assert len(found) <= all_rows, (name, value)
    for value in UGLIEST:
        assert client.get(pages.url("list"), dict.fromkeys(names, value)).status_code == 200, value


@each_entity
def test_a_filter_by_its_own_value_finds_the_record_and_no_other_value(cast, pages):
    person = reader_of(pages, cast)
    record = factory_of(pages)(unit=person.unit, owner=person)
    factory_of(pages)(unit=person.unit, owner=person)
    for name, path, value in own_values(pages, record):
        found = pages.filters({name: str(value)}, pages.visible_rows(person), user=person).qs
        assert found.filter(pk=record.pk).exists(), name
        assert not found.exclude(**{path: value}).exists(), name


def own_values(pages, record):
    """What the record itself has in the fields that are filtered for being equal."""
    for name, given in pages.filters.base_filters.items():
        if type(given) not in EQUAL or given.method or given.lookup_expr != "exact":
            continue
        value = record
        for part in given.field_name.split("__"):
            value = getattr(value, part, None)
        value = getattr(value, "pk", value)
        if value not in (None, "") and not isinstance(value, Manager):
            yield name, given.field_name, value


@each_entity
def test_every_column_shows_and_sorts(client, cast, pages):
    person = reader_of(pages, cast)
    factory_of(pages)(unit=person.unit, owner=person)
    client.force_login(person)
    columns = [column.name for column in pages.table.columns]
    client.post(pages.url("columns"), {"columns": columns})
    table, allowed = pages.full_table, pages.full_table.columns_for(person, columns)
    all_rows = pages.visible_rows(person).count()
    for column in allowed:
        for sort in (column.name, f"-{column.name}"):
            rows = table.sorted(pages.visible_rows(person), sort, table.sortable(allowed, person))
            assert len(list(table.rows(rows, [column], user=person))) == all_rows, sort
    response = client.get(pages.url("list"), {"sort": f"-{columns[-1]}"})
    assert [column for column, _ in response.context["headings"]] == allowed
    for value in UGLIEST:
        assert client.get(pages.url("list"), {"sort": value, "page": value}).status_code == 200, value


@each_entity
def test_an_unreadable_filter_shows_no_rows_and_is_not_exported(client, cast, pages):
    person = reader_of(pages, cast)
    client.force_login(person)
    factory_of(pages)(unit=person.unit, owner=person)
    strict = [
        name
        for name, given in pages.filters.base_filters.items()
        if type(given).__name__ in ("ChoiceFilter", "ModelChoiceFilter", "DayFilter", "NumberFilter")
    ]
    if not strict:
        pytest.skip("free text only")
    response = client.get(pages.url("list"), {strict[0]: "no-such-choice"})
    assert response.context["rows"] == []
    assert client.get(pages.url("export"), {strict[0]: "no-such-choice"}).status_code in (302, 403)


def assert_offers_open(client, page) -> None:
    """Each deed and each row to be added that the page of a record offers."""
    offered = [url for _label, url in page.context["links"]] + [shown["add_url"] for shown in page.context["panels"]]
    for url in offered:
        if url and not url.endswith("/file/"):  # the factories draw none
            assert client.get(url).status_code in (200, 302), url


@each_entity
def test_record_page_shows_and_forms_open(client, cast, pages):
    make = factory_of(pages)
    for person in one_of_each_reach(pages, cast.values()):
        if person.scope_of(pages.model) is None:
            continue
        client.force_login(person)
        if pages.has("add") and person.has_perm(pages.permission("add")):
            assert client.get(pages.url("add")).status_code == 200
        record = make(unit=person.unit, owner=person)
        if pages.has("detail") and pages.visible_rows(person).filter(pk=record.pk).exists():
            page = client.get(pages.url("detail", record.pk))
            assert page.status_code == 200
            for step in page.context["steps"]:
                assert client.get(pages.url("step", record.pk, step.name)).status_code == 200
            assert_offers_open(client, page)
        if pages.has("edit") and person.has_perm(pages.permission("change")):
            seen = pages.changeable_rows(person).filter(pk=record.pk).exists()
            assert client.get(pages.url("edit", record.pk)).status_code == (200 if seen else 404)
        of_colleague = make(unit=person.unit, owner=make_user(unit=person.unit))  # to be seen, not always to be changed
        if pages.has("detail") and pages.visible_rows(person).filter(pk=of_colleague.pk).exists():
            assert_offers_open(client, client.get(pages.url("detail", of_colleague.pk)))


@each_entity
def test_an_empty_form_is_answered_with_errors_not_with_a_failure(client, cast, pages):
    if not pages.has("add"):
        pytest.skip("rows are not entered by hand")
    person = next(person for person in cast.values() if person.has_perm(pages.permission("add")))
    client.force_login(person)
    before = pages.model.objects.count()
    response = client.post(pages.url("add"), {})
    assert response.status_code == 200
    assert response.context["form"].errors or response.context["lines"].non_form_errors()
    assert pages.model.objects.count() == before

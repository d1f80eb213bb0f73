"""A list is found again as it was left; the view somebody chose for it opens first."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import SavedView
from customers.tests.factories import make_lead

pytestmark = pytest.mark.django_db
LIST = "/customers/leads/"


@pytest.fixture
def leads(sales1):
    return [make_lead(unit=sales1.unit, owner=sales1, intent_level=level) for level in "hc"]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def in_menu(client, path: str = LIST) -> str:
    """Where the menu of another page leads."""
    links = re.findall(r'class="side-link" href="([^"]+)"', client.get("/accounts/password/").content.decode())
    (found,) = [link.replace("&amp;", "&") for link in links if link.split("?")[0] == path]
    return found


def shown(client, address: str, **headers) -> list[int]:
    return [row.pk for row in client.get(address, headers=headers).context["rows"]]


def from_page(path: str) -> dict:
    return {"referer": f"http://testserver{path}"}


def save_view(client, name: str, query: str, **fields) -> SavedView:
    client.post(f"{LIST}views/", {"name": name, "query": query, "audience": "private", "is_pinned": "on"} | fields)
    return SavedView.objects.get(name=name)


def choose(client, view: SavedView, **sent):
    return client.post(f"{LIST}views/", sent or {"default": view.pk})


def test_the_menu_leads_back_to_the_list_as_it_was_left(sales1, leads):
    client = signed_in(sales1)
    assert in_menu(client) == LIST
    client.get(LIST, {"intent_level": "h", "q": "", "sort": "name", "page": "1"})
    assert in_menu(client) == f"{LIST}?intent_level=h&sort=name"
    assert shown(client, in_menu(client)) == [leads[0].pk]


def test_another_list_another_person_and_another_session_are_untouched(sales1, sales2, leads):
    client = signed_in(sales1)
    client.get(LIST, {"intent_level": "h"})
    assert in_menu(client, "/customers/customers/") == "/customers/customers/"
    assert in_menu(signed_in(sales2)) == in_menu(signed_in(sales1)) == LIST


def test_a_bare_address_is_the_whole_list_whatever_was_left_and_clears_it(sales1, leads):
    client = signed_in(sales1)
    for headers in ({}, from_page("/"), from_page(LIST)):
        client.get(LIST, {"intent_level": "h"})
        assert len(shown(client, LIST, **headers)) == 2
        assert in_menu(client) == LIST


def test_an_address_with_its_own_query_is_answered_as_it_is(sales1, leads):
    client = signed_in(sales1)
    client.get(LIST, {"intent_level": "h"})
    assert shown(client, f"{LIST}?intent_level=c") == [leads[1].pk]
    assert len(shown(client, f"{LIST}?page=1")) == 2


@pytest.mark.parametrize("query", [{"intent_level": "no-such"}, {"q": "长" * 400}])
def test_what_cannot_be_read_or_is_too_long_is_not_kept(sales1, leads, query):
    client = signed_in(sales1)
    client.get(LIST, {"intent_level": "h"})
    client.get(LIST, query)
    assert in_menu(client) == f"{LIST}?intent_level=h"


def test_who_throws_a_record_away_comes_back_to_the_list_as_he_left_it(sales1, leads):
    client = signed_in(sales1)
    client.get(LIST, {"intent_level": "h"})
    answer = client.post(reverse("customers:lead_bin", args=[leads[0].pk]))
    assert answer.headers["Location"] == f"{LIST}?intent_level=h"


def test_every_list_shows_a_way_to_clear_its_filters(sales1, leads):
    page = signed_in(sales1).get(LIST, {"intent_level": "h"}).content.decode()
    assert re.search(rf'<a class="btn" href="{LIST}">.*?清除筛选', page)
    assert re.search(r'<a class="chip" href="\?"', page)


def test_leafing_through_a_list_writes_nothing(sales1, leads):
    client = signed_in(sales1)
    client.get(LIST, {"intent_level": "h"})
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST, {"intent_level": "h", "page": "1"})
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]


def test_the_default_view_opens_from_the_menu_and_from_the_bare_address_of_a_new_session(sales1, leads):
    client = signed_in(sales1)
    view = save_view(client, "热线索", "intent_level=h")
    assert choose(client, view).headers["Location"] == f"{LIST}{view.address}"
    fresh = signed_in(sales1)
    assert in_menu(fresh) == f"{LIST}{view.address}"
    assert fresh.get(LIST).headers["Location"] == f"{LIST}{view.address}"
    bookmark = signed_in(sales1)
    assert bookmark.get(LIST, headers=from_page("/accounts/login/")).headers["Location"] == f"{LIST}{view.address}"


def test_a_link_of_ours_and_a_cleared_list_show_everything_in_spite_of_a_default_view(sales1, leads):
    client = signed_in(sales1)
    choose(client, save_view(client, "热线索", "intent_level=h"))
    fresh = signed_in(sales1)
    assert len(shown(fresh, LIST, **from_page("/"))) == 2
    assert in_menu(fresh) == LIST
    assert len(shown(fresh, LIST)) == 2


def test_chosen_once_more_or_removed_it_opens_no_longer(sales1, leads):
    client = signed_in(sales1)
    view = save_view(client, "热线索", "intent_level=h")
    for sent in ({"default": view.pk}, {"remove": view.pk}):
        choose(client, view)
        assert in_menu(signed_in(sales1)) != LIST
        choose(client, view, **sent)
        assert in_menu(signed_in(sales1)) == LIST


def test_a_view_of_the_team_is_ones_default_until_it_is_taken_from_the_team(manager, sales1, leads):
    boss, client = signed_in(manager), signed_in(sales1)
    view = save_view(boss, "重点", "intent_level=h", audience="team")
    choose(client, view)
    assert in_menu(signed_in(sales1)) == f"{LIST}{view.address}"
    assert in_menu(signed_in(manager)) == LIST
    save_view(boss, "重点", "intent_level=h")
    assert in_menu(signed_in(sales1)) == LIST
    assert choose(client, view).status_code == 404


def test_everybody_arranges_the_views_for_himself(manager, sales1):
    boss, client = signed_in(manager), signed_in(sales1)
    views = {name: save_view(boss, name, "intent_level=h", audience="team") for name in ("甲", "乙", "丙")}

    def order(of) -> str:
        return "".join(view.name for view in of.get(LIST).context["views"])

    choose(client, views["丙"], forward=views["丙"].pk)
    assert (order(client), order(boss)) == ("甲丙乙", "甲乙丙")
    choose(client, views["甲"], back=views["甲"].pk)
    choose(client, views["丙"], forward=views["丙"].pk)
    assert order(client) == "丙甲乙"
    save_view(client, "丁", "intent_level=a")
    assert order(client) == "丙甲乙丁"


@pytest.mark.parametrize("name", ["default", "forward", "back"])
@pytest.mark.parametrize("nonsense", ["x", "0", "²", "9" * 30])
def test_a_view_that_is_not_there_is_not_found(sales1, name, nonsense):
    assert signed_in(sales1).post(f"{LIST}views/", {name: nonsense}).status_code == 404

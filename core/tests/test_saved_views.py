import pytest
from django.urls import reverse

from core.models import SavedView
from customers.tests.factories import make_lead

pytestmark = pytest.mark.django_db
LIST = "/customers/leads/"


def save(client, **fields):
    sent = {"name": "我的热线索", "audience": "private", "is_pinned": "on", "query": "intent_level=h&page=3"}
    return client.post(f"{LIST}views/", sent | fields, follow=True)


def names(client) -> set[str]:
    return {view.name for view in client.get(LIST).context["views"]}


@pytest.fixture
def leads(sales1):
    return [make_lead(unit=sales1.unit, owner=sales1, intent_level=level) for level in "hc"]


def test_a_view_keeps_filter_and_columns_and_opens_as_a_tab(client, sales1, leads):
    client.force_login(sales1)
    page = save(client, columns=["phone", "name", "no-such-column"])
    assert [row.pk for row in page.context["rows"]] == [leads[0].pk]
    assert [column.name for column, _heading in page.context["headings"]] == ["phone", "name"]
    view = SavedView.objects.get()
    assert (view.query, view.columns) == ("intent_level=h", ["phone", "name"])
    assert f'href="{LIST}{view.address.replace("&", "&amp;")}"' in client.get(LIST).content.decode()


def test_the_same_name_replaces_ones_own_view_only(client, sales1, sales2):
    for person in (sales1, sales2):
        client.force_login(person)
        save(client)
        save(client, query="intent_level=a")
    assert list(SavedView.objects.values_list("query", flat=True)) == ["intent_level=a"] * 2


def test_who_sees_which_views(client, director, manager, manager2, sales1, dealer):
    for person, audience in ((director, "all"), (manager, "team"), (manager2, "team"), (sales1, "private")):
        client.force_login(person)
        save(client, name=f"{audience}-{person.username}", audience=audience)
    seen = {"director": {"all-director"}, "sales1": {"all-director", "team-manager", "private-sales1"},
            "dealer": {"all-director", "team-manager"}, "manager2": {"all-director", "team-manager2"}}  # fmt: skip
    for person in (director, sales1, dealer, manager2):
        client.force_login(person)
        assert names(client) == seen[person.username], person.username


def test_a_view_shows_everybody_his_own_rows(client, director, sales1, sales2, leads):
    client.force_login(director)
    save(client, audience="all")
    client.force_login(sales2)
    assert client.get(f"{LIST}{SavedView.objects.get().address}").context["rows"] == []


def test_a_salesman_cannot_publish_to_everybody(client, sales1):
    client.force_login(sales1)
    assert "不能为所有人" in save(client, audience="all").content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "长" * 41}, {"audience": "nobody"}])
def test_nonsense_is_refused_with_a_sentence(client, sales1, fields):
    client.force_login(sales1)
    assert "没有保存" in save(client, **fields).content.decode()
    assert not SavedView.objects.exists()


def test_only_its_owner_removes_a_view(client, manager, sales1):
    client.force_login(manager)
    save(client, audience="team")
    key = SavedView.objects.get().pk
    client.force_login(sales1)
    client.post(f"{LIST}views/", {"remove": key})
    assert SavedView.objects.exists()
    client.force_login(manager)
    client.post(f"{LIST}views/", {"remove": key})
    assert not SavedView.objects.exists()
    for nonsense in ("x", "0", "²"):
        assert client.post(f"{LIST}views/", {"remove": nonsense}).status_code == 302


def test_an_unknown_view_is_the_plain_list(client, sales1, leads):
    client.force_login(sales1)
    assert len(client.get(reverse("customers:lead_list"), {"view": "99999"}).context["rows"]) == 2

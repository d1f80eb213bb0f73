import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from core.errors import RuleBroken
from users import actions
from users.access import ROLES, permissions_of
from users.cast import CAST
from users.models import Membership, Unit, User
from users.tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "hafei-demo"


def test_sign_in_leads_home_and_sign_out_ends_the_session(client, sales1):
    answer = client.post(reverse("login"), {"username": "sales1", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    client.post(reverse("logout"))
    assert client.get("/").status_code == 302


def test_foreign_address_after_sign_in_is_ignored(client, sales1):
    form = {"username": "sales1", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(reverse("login"), form).headers["Location"] == "/"


def test_five_failures_lock_the_name_even_for_the_right_password(client, sales1):
    for _ in range(5):
        client.post(reverse("login"), {"username": "sales1", "password": "wrong"})
    answer = client.post(reverse("login"), {"username": "sales1", "password": PASSWORD})
    assert answer.status_code == 429
    assert client.get("/").status_code == 302


def test_password_is_changed_and_other_sessions_end(client, sales1):
    other = type(client)()
    other.force_login(sales1)
    client.force_login(sales1)
    form = {"old_password": PASSWORD, "new_password1": "Songhua-River-88", "new_password2": "Songhua-River-88"}
    assert client.post(reverse("password_change"), form).status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_language_and_theme_are_kept_for_the_person(client, sales1):
    client.force_login(sales1)
    assert '<html lang="zh-hans"' in client.get("/").content.decode()
    client.post(reverse("users:language"), {"language": "en", "next": "/customers/leads/"})
    client.post(reverse("users:theme"), {"theme": "dark"})
    page = client.get(reverse("customers:lead_list")).content.decode()
    assert '<html lang="en"' in page
    assert "Leads" in page
    sales1.refresh_from_db()
    assert (sales1.language, sales1.theme) == ("en", "dark")


def test_browser_language_does_not_decide(client):
    page = client.get(reverse("login"), headers={"accept-language": "en-US,en"})
    assert 'lang="zh-hans"' in page.content.decode()


def test_unknown_language_changes_nothing(client, sales1):
    client.force_login(sales1)
    client.post(reverse("users:language"), {"language": "xx", "next": "//evil.example"})
    sales1.refresh_from_db()
    assert sales1.language == "zh-hans"


def test_moving_a_unit_moves_all_below_it(director, manager, dealer, manager2):
    deep = make_unit(unit=dealer.unit)
    actions.change_unit(
        dealer.unit_id, by=director, name="哈尔滨店", code="D-HRB01", kind="dealer", parent=manager2.unit
    )
    deep.refresh_from_db()
    dealer.unit.refresh_from_db()
    assert dealer.unit.path == f"{manager2.unit.path}{dealer.unit_id}/"
    assert deep.path == f"{dealer.unit.path}{deep.pk}/"


def test_unit_is_not_placed_below_itself(director, manager, dealer):
    with pytest.raises(RuleBroken, match="below itself|自己"):
        actions.change_unit(manager.unit_id, by=director, name="x", code="NORTH", kind="region", parent=dealer.unit)


def test_there_is_one_headquarters(cast):
    field = Unit._meta.get_field("kind")
    assert Unit.objects.filter(kind=field.choices[0][0]).count() == 1


def test_roles_follow_the_table_again_after_somebody_meddled(cast):
    group = Group.objects.get(name="salesman")
    group.permissions.clear()
    actions.sync_roles()
    codes = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
    assert codes == permissions_of("salesman")
    assert Group.objects.filter(name__in=ROLES).count() == len(ROLES)


def test_security_administrator_grants_roles_to_others_only(client, security, sales1):
    client.force_login(security)
    page = reverse("users:user_roles", args=[sales1.pk])
    assert client.post(page, {"roles": ["salesman", "trainee"]}).status_code == 302
    assert User.objects.get(pk=sales1.pk).role_names == {"salesman", "trainee"}
    own = client.post(reverse("users:user_roles", args=[security.pk]), {"roles": ["director"]})
    assert own.status_code == 200
    assert User.objects.get(pk=security.pk).role_names == {"security_administrator"}


def given_password(client, person, password, repeated=None):
    form = {"new_password1": password, "new_password2": repeated or password}
    return client.post(reverse("users:user_password", args=[person.pk]), form)


def test_newcomer_signs_in_with_the_password_the_security_administrator_set(client, security):
    newcomer = make_user(username="newcomer")
    client.force_login(security)
    record = client.get(reverse("users:user_detail", args=[newcomer.pk])).content.decode()
    assert reverse("users:user_password", args=[newcomer.pk]) in record
    assert given_password(client, newcomer, "Songhua-River-88").status_code == 302
    told = client.get(reverse("users:user_timeline", args=[newcomer.pk]))
    assert [item.by for item in told.context["timeline"].items] == [security.name]
    client.logout()
    answer = client.post(reverse("login"), {"username": "newcomer", "password": "Songhua-River-88"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_new_password_opens_a_locked_sign_in_and_ends_old_sessions(client, security, sales1):
    old, boss = type(client)(), type(client)()
    old.force_login(sales1)
    for _ in range(6):
        locked = client.post(reverse("login"), {"username": "sales1", "password": "wrong"})
    assert locked.status_code == 429
    boss.force_login(security)
    given_password(boss, sales1, "Songhua-River-88")
    assert old.get("/").status_code == 302
    answer = client.post(reverse("login"), {"username": "sales1", "password": "Songhua-River-88"})
    assert answer.status_code == 302


@pytest.mark.parametrize(("password", "repeated"), [("12345678", None), ("Songhua-River-88", "Songhua-River-89")])
def test_weak_or_mistyped_password_is_refused(client, security, sales1, password, repeated):
    client.force_login(security)
    answer = given_password(client, sales1, password, repeated)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert User.objects.get(pk=sales1.pk).check_password(PASSWORD)


def test_action_itself_refuses_a_weak_password(security, sales1):
    with pytest.raises(RuleBroken):
        actions.set_password(sales1.pk, by=security, password="12345678")


def test_nobody_else_sets_passwords_and_nobody_his_own(client, security, sysadmin, director, sales1):
    for person in (sysadmin, director):
        client.force_login(person)
        assert given_password(client, sales1, "Songhua-River-88").status_code == 403
    assert User.objects.get(pk=sales1.pk).check_password(PASSWORD)
    client.force_login(security)
    assert given_password(client, security, "Songhua-River-88").status_code == 200
    assert User.objects.get(pk=security.pk).check_password(PASSWORD)


def test_administrators_posts_are_kept_apart(security, sysadmin):
    with pytest.raises(RuleBroken):
        actions.grant_roles(sysadmin.pk, by=security, roles=["system_administrator", "director"])


def test_system_administrator_adds_people_but_grants_no_roles(client, sysadmin, sales1):
    client.force_login(sysadmin)
    form = {"username": "newcomer", "name": "新人", "unit": sales1.unit_id, "is_active": "on"}
    assert client.post(reverse("users:user_add"), form).status_code == 302
    assert User.objects.get(username="newcomer").role_names == frozenset()
    assert client.get(reverse("users:user_roles", args=[sales1.pk])).status_code == 403


def test_who_held_which_role_is_remembered(security, sales1):
    events = Membership.pgh_event_model.objects
    before = events.count()
    actions.grant_roles(sales1.pk, by=security, roles=["trainee"])
    labels = list(events.order_by("pgh_id").values_list("pgh_label", flat=True))[before:]
    assert sorted(labels) == ["delete", "insert"]


def test_every_member_of_the_cast_has_one_role(cast):
    for part in CAST:
        assert cast[part.username].role_names == {part.role}


def test_form_offers_only_units_the_editor_may_see(client, manager, sysadmin):
    stranger = make_user()
    client.force_login(sysadmin)
    form = client.get(reverse("users:user_edit", args=[stranger.pk])).context["form"]
    assert form.fields["unit"].queryset.count() == Unit.objects.count()


def test_people_are_filtered_by_a_role_as_users_call_it(client, sysadmin, sales1):
    client.force_login(sysadmin)
    page = client.get(reverse("users:user_list"), {"groups": "salesman"})
    assert sales1.pk in {row.pk for row in page.context["rows"]}
    assert not {row.pk for row in page.context["rows"]} & {sysadmin.pk}
    assert [chip.value for chip in page.context["chips"]] == ["销售员"]

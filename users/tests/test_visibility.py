import pytest
from django.apps import apps

from customers.models import Lead
from customers.tests.factories import make_lead
from users.access import ACCESS, ROLES, Role, Scope, permissions_of, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads(sales1, sales2, manager2, dealer_sales, dealer2):
    owners = (sales1, sales2, manager2, dealer_sales, dealer2)
    return {owner.username: make_lead(unit=owner.unit, owner=owner) for owner in owners}


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        ("director", {"sales1", "sales2", "manager2", "dealer_sales", "dealer2"}),
        ("manager", {"sales1", "sales2", "dealer_sales"}),
        ("manager2", {"manager2", "dealer2"}),
        ("sales1", {"sales1"}),
        ("sales2", {"sales2"}),
        ("dealer", {"dealer_sales"}),
        ("dealer_sales", {"dealer_sales"}),
        ("dealer2", {"dealer2"}),
        ("finance", set()),
        ("sysadmin", set()),
        ("auditor", set()),
    ],
)
def test_each_sees_his_leads_and_no_others(cast, leads, reader, sees):
    visible = set(Lead.objects.visible_to(cast[reader]))
    assert visible == {leads[name] for name in sees}


def test_unassigned_lead_is_seen_by_managers_only(cast, dealer):
    lead = make_lead(unit=dealer.unit, owner=None)
    readers = {name for name in cast if Lead.objects.visible_to(cast[name]).filter(pk=lead.pk).exists()}
    assert readers == {"director", "manager", "dealer"}


def test_inactive_person_sees_nothing(director, leads):
    director.is_active = False
    assert not Lead.objects.visible_to(director).exists()


def test_two_roles_give_the_wider_scope():
    assert scope_of(frozenset({Role.SALESMAN}), "customers.lead") is Scope.OWN
    assert scope_of(frozenset({Role.SALESMAN, Role.REGIONAL_MANAGER}), "customers.lead") is Scope.SUBTREE


def test_scope_ends_at_the_border_of_a_key_and_not_of_its_digits(cast, manager):
    """/1/2/ must not contain /1/21/."""
    assert not manager.unit.contains(cast["manager2"].unit)
    neighbour = type(manager.unit)(path=manager.unit.path[:-1] + "1/")
    assert not manager.unit.contains(neighbour)


def test_every_role_may_do_something_and_administrators_see_no_business():
    for role in ROLES:
        assert permissions_of(role), role
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR):
        assert not [
            name for name in permissions_of(role) if name.split(".")[0] in ("customers", "contracts", "aftersales")
        ]


def test_table_names_only_models_that_exist():
    known = {model._meta.label_lower for model in apps.get_models()}
    assert not set(ACCESS) - known

import pytest
from django.db.models import F
from django.utils import timezone

from contracts.actions import open_receivable
from contracts.models import Order, OrderLine, ReceivableEntry
from contracts.tests.factories import make_order
from core.search import matching
from customers.models import Contact, Customer, Lead, Opportunity
from customers.tests.factories import make_contact, make_customer, make_lead, make_opportunity
from hafei_crm.demo.multiplying import MULTIPLIED, multiply
from inventory.models import Vehicle
from inventory.tests.factories import make_vehicle

pytestmark = pytest.mark.django_db


@pytest.fixture
def multiplied(sales1, sales2):
    customer = make_customer(owner=sales2, unit=sales2.unit, name="张伟", phone="13804518821")
    make_contact(customer=customer)
    make_lead(owner=sales2, unit=sales2.unit)
    for _ in range(2):
        make_opportunity(customer=customer)
    make_order(owner=sales2, unit=sales2.unit)
    make_vehicle()
    before = {model: model._base_manager.count() for model in MULTIPLIED}
    multiply(3, busiest=sales1.pk)
    return before


def test_there_is_three_times_of_everything(multiplied):
    assert {model: model._base_manager.count() for model in MULTIPLIED} == {
        model: count * 3 for model, count in multiplied.items()
    }


def test_each_copy_hangs_together(multiplied):
    assert Contact.objects.filter(customer__name="张伟").values("customer").distinct().count() == 3
    assert Order.objects.count() == OrderLine.objects.values("order").distinct().count()
    assert not Opportunity.objects.exclude(owner=F("customer__owner")).exclude(owner__username="sales1").exists()


def test_copies_have_numbers_phones_and_vins_of_their_own_and_are_found_by_them(multiplied):
    for model, name in ((Customer, "number"), (Customer, "phone"), (Lead, "phone"), (Vehicle, "vin")):
        assert model.objects.values(name).distinct().count() == model.objects.count(), (model, name)
    newest = Customer.objects.filter(name="张伟").latest("pk")
    assert list(matching(Customer.objects.all(), newest.phone, phone_parts=True)) == [newest]
    assert list(matching(Customer.objects.all(), newest.number)) == [newest]


def test_copies_are_of_the_same_kinds(sales2):
    order = make_order(owner=sales2, unit=sales2.unit)
    open_receivable(order, by=sales2, on=timezone.localdate())
    multiply(3, busiest=sales2.pk)
    assert list(ReceivableEntry.objects.values_list("kind", flat=True)) == ["opened"] * 3


def test_half_of_the_copied_open_opportunities_go_to_the_busiest(multiplied, sales1):
    assert Opportunity.objects.filter(owner=sales1).count() == 2

"""Production, the ledger, the stock counts and the pages of cars."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, connection
from django.urls import reverse

from core.errors import RuleBroken
from core.periods import period_of
from inventory import actions, queries
from inventory.models import Certificate, Movement, Vehicle, Warehouse
from inventory.tests.factories import make_vehicle, make_warehouse, next_vin
from products.tests.factories import make_sku
from users.tests.factories import make_unit

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


def wholesale(vehicle, unit, on):
    (vehicle,) = actions.invoice_vehicles([vehicle.pk], by=None, on=on, dealer=None, unit=unit)
    return vehicle


def test_cars_off_the_line_have_certificate_and_ledger(production):
    vins = [next_vin(), next_vin()]
    warehouse = make_warehouse()
    cars = actions.produce_vehicles(
        by=production,
        sku=make_sku(),
        vins=[f" {vins[0].lower()} ", vins[1]],
        produced_on=SEPTEMBER,
        warehouse=warehouse,
    )
    assert [car.vin for car in cars] == vins
    assert {car.state for car in cars} == {Vehicle.State.IN_FACTORY}
    assert Certificate.objects.filter(vehicle__in=cars, holder="factory").count() == 2
    assert set(Movement.objects.values_list("kind", "to_state", "by")) == {("produced", "in_factory", production.pk)}


def test_a_known_or_doubled_vin_stops_the_whole_batch(cast):
    known = make_vehicle()
    fresh = next_vin()
    batch = {"by": None, "sku": known.sku, "produced_on": SEPTEMBER, "warehouse": known.warehouse}
    with pytest.raises(RuleBroken, match=known.vin):
        actions.produce_vehicles(vins=[fresh, known.vin], **batch)
    with pytest.raises(RuleBroken, match=fresh):
        actions.produce_vehicles(vins=[fresh, fresh], **batch)
    assert Vehicle.objects.count() == 1


def test_ledger_rows_are_never_changed(cast):
    movement = make_vehicle().movements.get()
    with pytest.raises(InternalError):
        Movement.objects.filter(pk=movement.pk).update(note="x")


def test_a_car_is_not_moved_from_a_stock_it_is_not_in(cast):
    car = make_vehicle()
    with pytest.raises(RuleBroken, match=car.vin):
        actions.receive_vehicles([car.pk], by=None, on=SEPTEMBER)
    wholesale(car, make_unit(), SEPTEMBER)
    with pytest.raises(RuleBroken, match=car.vin):
        wholesale(car, make_unit(), SEPTEMBER)


def test_a_blocked_car_is_not_invoiced_and_one_without_certificate_not_shipped(cast, stock):
    car = make_vehicle()
    actions.change_vehicle(car.pk, by=stock, sale_block="召回检查")
    with pytest.raises(RuleBroken, match="召回检查"):
        wholesale(car, make_unit(), SEPTEMBER)
    actions.change_vehicle(car.pk, by=stock, sale_block="")
    wholesale(car, make_unit(), SEPTEMBER)
    Certificate.objects.filter(vehicle=car).delete()
    with pytest.raises(RuleBroken, match=car.vin):
        actions.ship_vehicles([car.pk], by=None, on=SEPTEMBER)


def test_a_certificate_at_the_bank_stays_there_when_the_car_moves(cast):
    pledged, own = make_vehicle(), make_vehicle()
    actions.hand_certificate(pledged.certificate.pk, by=None, holder="bank", held_since_on=SEPTEMBER)
    for car in (pledged, own):
        wholesale(car, make_unit(), SEPTEMBER)
        actions.ship_vehicles([car.pk], by=None, on=SEPTEMBER)
        actions.receive_vehicles([car.pk], by=None, on=SEPTEMBER)
    assert Certificate.objects.get(vehicle=pledged).holder == "bank"
    assert Certificate.objects.get(vehicle=own).holder == "dealer"


def test_stock_counts_volumes_and_identities(cast):
    """Five made, three wholesaled, two received, one retailed."""
    unit = make_unit()
    cars = [make_vehicle() for _ in range(5)]
    ids = [car.pk for car in cars]
    actions.invoice_vehicles(ids[:3], by=None, on=date(2026, 9, 10), dealer=None, unit=unit)
    actions.ship_vehicles(ids[:2], by=None, on=date(2026, 9, 12))
    actions.receive_vehicles(ids[:2], by=None, on=date(2026, 9, 15))
    actions.retail_vehicle(ids[0], by=None, on=date(2026, 10, 2))
    now = queries.stock_counts(Vehicle.objects.all())
    assert (now.factory, now.in_transit, now.at_dealers, now.retailed) == (2, 1, 1, 1)
    assert (now.channel, now.produced) == (2, 5)
    september = queries.volumes(Movement.objects.all(), period_of("month", SEPTEMBER))
    assert (september.production, september.wholesale, september.retail) == (5, 3, 0)
    end = queries.stock_at(Vehicle.objects.all(), date(2026, 9, 30))
    assert (end.factory, end.in_transit, end.at_dealers, end.retailed) == (2, 1, 2, 0)
    october = queries.volumes(Movement.objects.all(), period_of("month", date(2026, 10, 1)))
    assert now.factory == end.factory + october.production - october.wholesale
    assert now.channel == end.channel + october.wholesale - october.retail


def test_stock_age_counts_from_receipt_at_a_dealer_and_from_the_warehouse_before(cast):
    today = date(2026, 11, 22)
    old = make_vehicle(produced_on=today - timedelta(days=200))
    make_vehicle(produced_on=today - timedelta(days=31))
    wholesale(old, make_unit(), today - timedelta(days=40))
    actions.ship_vehicles([old.pk], by=None, on=today - timedelta(days=38))
    actions.receive_vehicles([old.pk], by=None, on=today - timedelta(days=30))
    make_vehicle(produced_on=today - timedelta(days=181))
    ages = queries.stock_age(Vehicle.objects.all(), today)
    assert [(age.label, age.count) for age in ages] == [
        ("0-30", 1),
        ("31-60", 1),
        ("61-90", 0),
        ("91-180", 0),
        (">180", 1),
    ]


def test_free_stock_is_first_in_first_out(cast):
    sku = make_sku()
    young = make_vehicle(sku=sku, produced_on=date(2026, 9, 3))
    old = make_vehicle(sku=sku, produced_on=date(2026, 9, 1))
    make_vehicle(sku=sku, produced_on=date(2026, 8, 1), sale_block="质损")
    assert list(queries.free_factory_stock(sku.pk)) == [old, young]


@pytest.mark.parametrize("length", [6, 8])
def test_a_car_is_found_by_the_end_of_its_vin(client, stock, length):
    car, other = make_vehicle(), make_vehicle()
    client.force_login(stock)
    page = client.get(reverse("inventory:vehicle_list"), {"q": car.vin[-length:]})
    assert [row.pk for row in page.context["rows"]] == [car.pk]
    assert other.vin not in page.content.decode()


def test_the_dealer_sees_his_car_coming_and_nobody_elses(client, dealer, dealer2):
    car = make_vehicle()
    url = reverse("inventory:vehicle_detail", args=[car.pk])
    client.force_login(dealer)
    assert client.get(url).status_code == 404
    wholesale(car, dealer.unit, SEPTEMBER)
    assert car.vin in client.get(url).content.decode()
    client.force_login(dealer2)
    assert client.get(url).status_code == 404


def test_the_stock_keeper_blocks_a_car_in_the_browser_and_the_list_finds_it(client, stock):
    car = make_vehicle()
    client.force_login(stock)
    form = {"engine_number": "DA465-1", "warehouse": car.warehouse_id, "sale_block": "等待复检"}
    assert client.post(reverse("inventory:vehicle_edit", args=[car.pk]), form).status_code == 302
    page = client.get(reverse("inventory:vehicle_list"), {"is_blocked": "true"})
    assert [row.pk for row in page.context["rows"]] == [car.pk]


def test_warehouse_of_a_dealer_needs_the_dealer(client, stock):
    client.force_login(stock)
    url = reverse("inventory:warehouse_add")
    refused = client.post(url, {"code": "W1", "name": "展厅", "kind": "dealer"})
    assert refused.status_code == 200
    assert refused.context["form"].errors["dealer"]
    assert client.post(url, {"code": "W1", "name": "平房二库", "kind": "factory"}).status_code == 302
    assert Warehouse.objects.get(code="W1").unit == stock.unit


def test_the_record_page_costs_few_queries(client, stock, django_assert_max_num_queries):
    car = make_vehicle()
    client.force_login(stock)
    url = reverse("inventory:vehicle_detail", args=[car.pk])
    client.get(url)
    with django_assert_max_num_queries(16, connection=connection):
        client.get(url)

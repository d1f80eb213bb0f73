"""Launch and end of sale, the line of models, the next model year, pictures, margin."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.attachments import attach_file
from core.errors import RuleBroken
from core.tests.crowd import done_and_refused
from products import actions, queries, rules
from products.actions.features import Entry
from products.models import Configuration, Price, SaleState, Sku
from products.tests.factories import (
    make_configuration,
    make_feature,
    make_option,
    make_price,
    make_series,
    make_sku,
    make_vehiclemodel,
)

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.mark.parametrize(
    ("launches", "ends", "expected"),
    [
        ([None, None, None], [None, None, None], (True, False)),
        ([date(2026, 5, 1), None, None], [None, None, None], (True, False)),
        ([None, date(2026, 5, 2), None], [None, None, None], (False, False)),
        ([None, None, None], [None, None, date(2026, 5, 1)], (True, False)),
        ([None, None, None], [date(2026, 4, 30), None, None], (True, True)),
    ],
)
def test_launch_and_last_day_belong_to_the_sale(launches, ends, expected):
    day = date(2026, 5, 1)
    assert (rules.is_launched(launches, day), rules.is_ended(ends, day)) == expected


@pytest.mark.parametrize(
    ("launched_in", "ends_in", "state"),
    [(0, 0, "on_sale"), (1, None, "coming"), (None, -1, "ended"), (-5, -1, "ended"), (None, None, "on_sale")],
)
def test_the_list_says_whether_a_car_is_sold_today_whatever_level_says_so(client, sales1, launched_in, ends_in, state):
    today = timezone.localdate()
    days = {
        "launched_on": None if launched_in is None else today + launched_in * ONE_DAY,
        "end_of_sale_on": None if ends_in is None else today + ends_in * ONE_DAY,
    }
    of_model = make_sku(configuration=make_configuration(vehicle_model=make_vehiclemodel(**days)))
    of_year = make_sku(configuration=make_configuration(**days))
    series = make_series(launched_on=days["launched_on"], ended_on=days["end_of_sale_on"])
    of_series = make_sku(configuration=make_configuration(vehicle_model=make_vehiclemodel(series=series)))
    client.force_login(sales1)
    rows = client.get(reverse("products:sku_list"), {"sale_state": state}).context["rows"]
    assert {row.pk for row in rows} == {of_model.pk, of_year.pk, of_series.pk}
    assert Sku.objects.on_sale().count() == (3 if state == "on_sale" else 0)
    label = SaleState(state).label
    for address in ("products:sku_list", "products:configuration_list"):
        assert str(label) in client.get(reverse(address)).content.decode()


def test_the_record_page_warns_and_shows_predecessor_and_successor(client, sales1):
    today = timezone.localdate()
    old = make_vehiclemodel(end_of_sale_on=today - ONE_DAY)
    present = make_vehiclemodel(predecessor=old)
    new = make_vehiclemodel(predecessor=present, launched_on=today + ONE_DAY)
    client.force_login(sales1)
    for model, state in ((old, "ended"), (present, "on_sale"), (new, "coming")):
        page = client.get(reverse("products:vehiclemodel_detail", args=[model.pk]))
        assert (page.context["line"], page.context["sale"]) == ([old, present, new], state)
        assert page.content.decode().count("alert-") == (0 if state == "on_sale" else 1)


def test_no_model_follows_itself_over_others(planner):
    first = make_vehiclemodel()
    second = make_vehiclemodel(predecessor=first)
    for model, before in ((first, first), (first, second)):
        with pytest.raises(RuleBroken):
            actions.change_vehicle_model(model.pk, by=planner, predecessor=before)


def test_the_next_model_year_takes_over_sheet_options_skus_and_prices(client, planner):
    today, feature = timezone.localdate(), make_feature()
    former = make_configuration(model_year=2026)
    actions.fill_sheet(former, [Entry(feature, "standard")], by=planner)
    make_option(configuration=former, name="电动天窗")
    sku, dead = make_sku(configuration=former, code="LB-W"), make_sku(configuration=former, is_orderable=False)
    make_price(configuration=former, amount=Decimal("42800"))
    launch = today + 30 * ONE_DAY
    client.force_login(planner)
    form = {"model_year": 2027, "launched_on": launch.isoformat(), "code_ending": "-27"}
    address = reverse("products:configuration_model_year", args=[former.pk])
    assert client.post(address, form).status_code == 302
    new = Configuration.objects.get(model_year=2027)
    former.refresh_from_db()
    assert (new.predecessor, new.launched_on, former.end_of_sale_on) == (former, launch, launch - ONE_DAY)
    assert [made.code for made in new.skus.all()] == ["LB-W-27"]
    assert new.skus.get().exterior == sku.exterior and dead.pk
    assert new.feature_values.get().availability == "standard" and new.options.get().name == "电动天窗"
    assert queries.price_on(new.pk, Price.Kind.GUIDE, launch) == Decimal("42800")
    assert queries.price_on(new.pk, Price.Kind.GUIDE, launch - ONE_DAY) is None
    again = client.post(address, form | {"model_year": 2028})
    assert again.status_code == 200 and "2027" in str(again.context["form"].non_field_errors())


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"model_year": "2026"}, "model_year"),
        ({"launched_on": "2026-01-01"}, "launched_on"),
        ({"launched_on": "x"}, "launched_on"),
        ({"launched_on": "0001-01-01"}, "launched_on"),
        ({"launched_on": "9999-12-31"}, "launched_on"),
    ],
)
def test_a_model_year_that_does_not_follow_is_refused(client, planner, form, field):
    former = make_configuration(model_year=2026, launched_on=date(2026, 1, 1))
    client.force_login(planner)
    whole = {"model_year": "2027", "launched_on": "2027-01-01", "code_ending": "-27"} | form
    response = client.post(reverse("products:configuration_model_year", args=[former.pk]), whole)
    assert response.status_code == 200 and response.context["form"].errors[field]
    assert Configuration.objects.count() == 1


@pytest.mark.parametrize("level", ["vehicle_model", "series"])
def test_no_sale_is_ended_before_it_began_or_in_the_past(planner, level):
    today = timezone.localdate()
    launched = {"launched_on": today + 30 * ONE_DAY}
    model = (
        make_vehiclemodel(**launched) if level == "vehicle_model" else make_vehiclemodel(series=make_series(**launched))
    )
    future, open_one = make_configuration(vehicle_model=model), make_configuration()
    for former, day in ((future, launched["launched_on"]), (open_one, date(1950, 1, 1)), (open_one, today - ONE_DAY)):
        with pytest.raises(RuleBroken) as refusal:
            actions.start_model_year(former.pk, by=planner, model_year=2027, launched_on=day, code_ending="-27")
        assert list(refusal.value.message_dict) == ["launched_on"]
    actions.start_model_year(open_one.pk, by=planner, model_year=2027, launched_on=today, code_ending="-27")


def test_the_next_model_year_takes_over_announced_prices_and_no_sale_ended_earlier_goes_on(planner):
    launch = timezone.localdate() + 30 * ONE_DAY
    former = make_configuration(end_of_sale_on=launch - 9 * ONE_DAY)
    rise, end = launch + 40 * ONE_DAY, launch + 90 * ONE_DAY
    for day, until, amount in ((date(2026, 1, 1), None, "50000"), (rise, end, "52000")):
        make_price(configuration=former, valid_from=day, valid_until=until, amount=Decimal(amount))
    new = actions.start_model_year(former.pk, by=planner, model_year=2027, launched_on=launch, code_ending="-27")
    found = new.prices.order_by("valid_from").values_list("valid_from", "valid_until", "amount")
    assert list(found) == [(launch, rise, Decimal("50000")), (rise, end, Decimal("52000"))]
    former.refresh_from_db()
    assert former.end_of_sale_on == launch - 9 * ONE_DAY


@pytest.mark.parametrize(("kind", "make"), [("series", make_series), ("vehiclemodel", make_vehiclemodel)])
def test_pictures_are_a_gallery_with_one_main_picture_and_brochures_stay_files(client, cast, planner, kind, make):
    record = make()
    first, second = (attach_file(record, SimpleUploadedFile(f"{n}.png", PNG + n.encode()), by=planner) for n in "ab")
    attach_file(record, SimpleUploadedFile("brochure.pdf", b"%PDF-1.7 x"), by=planner)
    address = reverse(f"products:{kind}_detail", args=[record.pk])
    client.force_login(planner)
    page = client.get(address)
    assert (page.context["main_picture"], page.context["pictures"]) == (first, [first, second])
    assert page.content.decode().count("<img") == 3 and "brochure.pdf" in page.content.decode()
    choose = reverse(f"products:{kind}_picture", args=[record.pk])
    client.force_login(cast["sales1"])
    assert client.post(choose, {"picture": second.pk}).status_code == 403
    assert "picture/" not in client.get(address).content.decode()
    client.force_login(planner)
    client.post(choose, {"picture": second.pk})
    assert client.get(address).context["main_picture"] == second
    strange = attach_file(make(), SimpleUploadedFile("c.png", PNG + b"c"), by=planner)
    client.post(choose, {"picture": strange.pk})
    assert client.get(address).context["main_picture"] == second


def test_a_picture_with_code_inside_is_not_taken(client, planner):
    record = make_series()
    client.force_login(planner)
    address = reverse("core:attachment_add", args=["products", "series", record.pk])
    for name, content in (("x.svg", b"<svg onload=alert(1)>"), ("x.png", b"<script>alert(1)</script>")):
        client.post(address, {"file": SimpleUploadedFile(name, content)})
    assert client.get(reverse("products:series_detail", args=[record.pk])).context["pictures"] == []


def test_margin_is_shown_with_the_right_to_see_costs_only(client, cast):
    configuration = make_configuration()
    for kind, amount in ((Price.Kind.GUIDE, "50000"), (Price.Kind.WHOLESALE, "46000"), (Price.Kind.COST, "40000")):
        make_price(configuration=configuration, kind=kind, amount=Decimal(amount))
    for username in ("director", "planner", "finance", "manager", "sales1", "dealer"):
        client.force_login(cast[username])
        page = client.get(reverse("products:configuration_detail", args=[configuration.pk]))
        found = [(margin.amount, margin.share) for margin in page.context["margins"]]
        sees = cast[username].has_perm("products.see_cost_price")
        assert found == (
            [(Decimal("10000"), Decimal("0.2")), (Decimal("6000"), Decimal("6000") / 46000)] if sees else []
        )
        assert ("40,000.00" in page.content.decode()) is sees


def test_the_record_page_costs_no_more_for_a_long_sheet(client, planner, django_assert_max_num_queries):
    few, many = make_configuration(), make_configuration()
    features = [make_feature() for _ in range(40)]
    actions.fill_sheet(few, [Entry(features[0], "standard")], by=planner)
    actions.fill_sheet(many, [Entry(feature, "standard") for feature in features], by=planner)
    client.force_login(planner)
    client.get(reverse("products:configuration_list"))
    for configuration in (few, many):
        with django_assert_max_num_queries(20):
            client.get(reverse("products:configuration_detail", args=[configuration.pk]))


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_start_the_next_model_year_together_one_does(cast):
    former = make_configuration(model_year=2026)
    make_sku(configuration=former)

    def start():
        actions.start_model_year(
            former.pk, by=cast["planner"], model_year=2027, launched_on=date(2027, 1, 1), code_ending="-27"
        )

    assert done_and_refused([start] * 20) == (1, 19)
    assert Configuration.objects.count() == 2 and Sku.objects.count() == 2

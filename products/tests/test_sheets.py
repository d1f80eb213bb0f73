"""Specification sheets: filled in, compared, exported and taken in again."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from core.importing import import_file
from products import actions, sheets
from products.actions.features import Entry
from products.imports import SHEETS
from products.models import Availability, Feature, FeatureValue
from products.tests.factories import (
    make_competitormodel,
    make_configuration,
    make_feature,
    make_option,
    make_price,
    make_vehiclemodel,
)

pytestmark = pytest.mark.django_db
STANDARD, OPTIONAL, ABSENT = Availability.STANDARD, Availability.OPTIONAL, Availability.ABSENT


@pytest.fixture
def length():
    return make_feature(
        name="车长", group=Feature.Group.DIMENSIONS, kind=Feature.Kind.MEASURE, measure="mm", position=1
    )


@pytest.fixture
def airbag():
    return make_feature(name="驾驶座安全气囊", position=2)


@pytest.fixture
def ours(length, airbag):
    configuration = make_configuration()
    actions.fill_sheet(configuration, [Entry(length, text="3588"), Entry(airbag, STANDARD, "双")], by=None)
    return configuration


@pytest.fixture
def theirs(length, airbag):
    rival = make_competitormodel(guide_price_amount=Decimal("39800"))
    actions.fill_sheet(rival, [Entry(length, text="3550"), Entry(airbag, STANDARD, "双")], by=None)
    return rival


def compared(client, ours=(), theirs=(), **query):
    query |= {"pk": [one.pk for one in ours], "rival": [one.pk for one in theirs]}
    return client.get(reverse("products:comparison"), query)


def row_of(response, label: str):
    rows = [row for group in response.context["groups"] for row in group.rows]
    return next((row for row in rows if row.label == label), None)


def test_planner_fills_in_the_sheet_and_the_record_page_shows_it_by_groups(client, planner, length, airbag):
    configuration = make_configuration()
    client.force_login(planner)
    form = {f"text-{length.pk}": "3588", f"has-{airbag.pk}": OPTIONAL, f"text-{airbag.pk}": "含侧气囊"}
    response = client.post(reverse("products:configuration_sheet", args=[configuration.pk]), form)
    assert response.status_code == 302
    page = client.get(reverse("products:configuration_detail", args=[configuration.pk]))
    (dimensions, safety) = page.context["sheet"]
    assert [(row.label, row.unit, row.cells) for row in dimensions.rows] == [("车长", "mm", ["3588"])]
    assert safety.rows[0].cells == ["○ 含侧气囊"] and "○ 含侧气囊" in page.content.decode()
    client.post(reverse("products:configuration_sheet", args=[configuration.pk]), {f"text-{length.pk}": "3588"})
    assert FeatureValue.objects.count() == 1


def test_who_may_not_change_products_does_not_fill_in_sheets(client, cast, ours):
    for username, code in (("sales1", 403), ("dealer", 403), ("planner", 200)):
        client.force_login(cast[username])
        assert client.get(reverse("products:configuration_sheet", args=[ours.pk])).status_code == code


def test_comparison_marks_what_differs_and_can_show_nothing_else(client, sales1, ours, theirs):
    make_price(configuration=ours, amount=Decimal("42800"), valid_from=date(2026, 1, 1))
    client.force_login(sales1)
    page = compared(client, [ours], [theirs])
    assert row_of(page, "车长").cells == ["3588", "3550"] and row_of(page, "车长").differs
    assert not row_of(page, "驾驶座安全气囊").differs
    text = page.content.decode()
    assert "42,800.00" in text and "39,800.00" in text
    only = compared(client, [ours], [theirs], differences="1")
    assert row_of(only, "车长") and row_of(only, "驾驶座安全气囊") is None


def test_what_is_not_known_of_a_rival_is_no_difference(client, sales1, ours):
    rival = make_competitormodel()
    client.force_login(sales1)
    assert not row_of(compared(client, [ours], [rival]), "车长").differs


def test_options_stand_with_their_price_per_configuration(client, sales1, ours):
    other = make_configuration()
    make_option(configuration=ours, name="电动天窗", price_amount=Decimal("3000"))
    make_option(configuration=other, name="电动天窗", price_amount=Decimal("2800"))
    make_option(configuration=other, name="倒车影像", price_amount=Decimal("900"), is_offered=False)
    client.force_login(sales1)
    page = compared(client, [ours, other])
    assert row_of(page, "电动天窗").cells == ["+3,000.00", "+2,800.00"] and row_of(page, "倒车影像") is None


def test_no_more_than_five_cars_stand_side_by_side(client, sales1):
    configurations = [make_configuration() for _ in range(6)]
    client.force_login(sales1)
    page = compared(client, configurations)
    assert len(page.context["subjects"]) == 5 and not page.context["has_room"]


@pytest.mark.parametrize("query", ["pk=abc", "pk=999999", "pk=&rival=", "pk=1e9&rival=' OR 1=1", "pk=" + "9" * 40])
def test_an_address_nobody_wrote_shows_an_empty_page(client, sales1, query):
    client.force_login(sales1)
    response = client.get(f"{reverse('products:comparison')}?{query}")
    assert response.status_code == 200 and response.context["subjects"] == []


def test_rows_chosen_in_the_lists_are_compared(client, planner, ours, theirs):
    other = make_configuration()
    client.force_login(planner)
    address = reverse("products:configuration_bulk", args=["compare"])
    page = client.post(address, {"pk": [ours.pk, other.pk]}, follow=True)
    assert [subject.record for subject, _without in page.context["subjects"]] == [ours, other]
    address = reverse("products:competitormodel_bulk", args=["compare"])
    page = client.post(address, {"pk": [theirs.pk]}, follow=True)
    assert [subject.record for subject, _without in page.context["subjects"]] == [theirs]


def test_a_series_is_compared_with_its_rivals(client, sales1, ours):
    series = ours.vehicle_model.series
    rival = make_competitormodel(rival_of=series)
    client.force_login(sales1)
    links = dict(client.get(reverse("products:series_detail", args=[series.pk])).context["links"])
    (address,) = links.values()
    page = client.get(address)
    assert [subject.record for subject, _without in page.context["subjects"]] == [ours, rival]


def test_five_cars_cost_as_many_queries_as_one(client, sales1, ours, django_assert_max_num_queries):
    others = [make_configuration() for _ in range(4)]
    client.force_login(sales1)
    compared(client)
    for cars in ([ours], [ours, *others]):
        with django_assert_max_num_queries(11):
            compared(client, cars)


def sheet_of(response) -> list[tuple]:
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def as_file(rows) -> SimpleUploadedFile:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return SimpleUploadedFile("sheets.xlsx", content.getvalue())


def test_the_exported_sheets_come_in_again_and_change_nothing(client, planner, ours, theirs):
    client.force_login(planner)
    rows = sheet_of(client.get(reverse("products:comparison_export")))
    assert [row[1] for row in rows[1:]] == ["车长", "驾驶座安全气囊"]
    report = import_file(SHEETS, as_file(rows), by=planner)
    assert (report.errors, report.created, report.updated, report.skipped) == ([], 0, 0, 4)
    comparison = sheet_of(client.get(reverse("products:comparison_export"), {"pk": ours.pk, "rival": theirs.pk}))
    report = import_file(SHEETS, as_file(comparison), by=planner)
    assert not report.errors and not report.created


def test_a_sheet_from_a_file_reports_each_wrong_cell_and_saves_nothing(planner, ours, theirs, length, airbag):
    ours_title = sheets.Subject(ours).title
    head = ["项目", ours_title, str(theirs)]
    rows = [["车长", "3600", ""], ["驾驶座安全气囊", "也许", "无"], ["不存在的项目", "1", "2"], ["车长", "9" * 61, ""]]
    report = import_file(SHEETS, as_file([head, *rows]), by=planner)
    assert {(error.row, error.column) for error in report.errors} >= {(3, ours_title), (5, ours_title)}
    assert any(error.row == 4 and "不存在的项目" in error.message for error in report.errors)
    assert FeatureValue.objects.get(configuration=ours, feature=length).text == "3588"
    good = [["车长", "3600", ""], ["驾驶座安全气囊", "标配", "选装 1200元"]]
    report = import_file(SHEETS, as_file([head, *good]), by=planner)
    assert (report.errors, report.updated) == ([], 3)
    assert FeatureValue.objects.get(competitor_model=theirs, feature=airbag).shown == "○ 1200元"
    assert FeatureValue.objects.get(competitor_model=theirs, feature=length).text == "3550"


def test_cars_of_one_name_have_headings_of_their_own(planner, length):
    model = make_vehiclemodel()
    twins = [make_configuration(vehicle_model=model, name="1.1 舒适型", code=code) for code in ("MT", "AT")]
    for car, size in zip(twins, ("3588", "3600"), strict=True):
        import_file(SHEETS, as_file([["项目", sheets.Subject(car).title], ["车长", size]]), by=planner)
    assert [FeatureValue.objects.get(configuration=car).text for car in twins] == ["3588", "3600"]


@pytest.mark.parametrize("heading", ["赛豹 不存在", "奇瑞 QQ3", "HFJ7133 1.1 舒适型 2026"])
def test_a_column_that_is_no_car_or_may_be_two_is_an_error(planner, length, heading):
    for name in ("QQ3", "QQ3(新)"):
        make_competitormodel(maker="奇瑞", name=name)
    report = import_file(SHEETS, as_file([["项目", heading], ["车长", "3588"]]), by=planner)
    assert [heading in error.message for error in report.errors] == [True] and not FeatureValue.objects.exists()


def test_without_the_right_to_export_there_is_no_file(client, cast, ours):
    for person in cast.values():
        client.force_login(person)
        may = person.has_perm("core.export_rows") and person.has_perm("products.view_configuration")
        assert client.get(reverse("products:comparison_export")).status_code == (200 if may else 403)

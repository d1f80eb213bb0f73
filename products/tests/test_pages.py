import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from products.models import Colour, Price, Sku
from products.tests.factories import make_colour, make_configuration, make_price, make_sku

pytestmark = pytest.mark.django_db
COST_AMOUNT = Decimal("31234.00")


@pytest.fixture
def cost(cast):
    guide = make_price(valid_from=date(2026, 1, 1))
    return make_price(configuration=guide.configuration, kind=Price.Kind.COST, amount=COST_AMOUNT)


def exported(client) -> str:
    response = client.get(reverse("products:price_export"))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)), read_only=True)
    return str(list(book.worksheets[0].iter_rows(values_only=True)))


@pytest.mark.parametrize("username", ["planner", "director", "finance"])
def test_cost_prices_are_shown_to_those_who_may_see_them(client, cast, cost, username):
    client.force_login(cast[username])
    assert "31,234.00" in client.get(reverse("products:price_list")).content.decode()
    assert "31234" in exported(client)
    assert client.get(reverse("products:price_detail", args=[cost.pk])).status_code == 200


@pytest.mark.parametrize("username", ["manager", "sales1", "dealer", "dealer2"])
def test_cost_prices_are_absent_for_everybody_else(client, cast, cost, username):
    client.force_login(cast[username])
    page = client.get(reverse("products:price_list"))
    assert "31,234.00" not in page.content.decode() and len(page.context["rows"]) == 1
    assert "cost" not in [value for value, _label in page.context["filter"].form.fields["kind"].choices]
    assert client.get(reverse("products:price_list"), {"kind": "cost"}).context["rows"] == []
    assert "31234" not in exported(client)
    assert client.get(reverse("products:price_detail", args=[cost.pk])).status_code == 404
    record = client.get(reverse("products:configuration_detail", args=[cost.configuration_id]))
    assert "31,234.00" not in record.content.decode() and "42,800.00" in record.content.decode()


def test_planner_enters_a_new_price_over_the_open_one(client, planner):
    old = make_price(valid_from=date(2026, 1, 1))
    client.force_login(planner)
    start = timezone.localdate() + timedelta(days=30)
    form = {"configuration": old.configuration_id, "kind": "guide", "valid_from": start, "amount": "39800"}
    response = client.post(reverse("products:price_add"), form)
    assert response.status_code == 302
    old.refresh_from_db()
    assert old.valid_until == start


def test_an_overlap_is_answered_on_the_form(client, planner):
    old = make_price(valid_from=date(2026, 3, 1))
    client.force_login(planner)
    form = {"configuration": old.configuration_id, "kind": "guide", "valid_from": "2026-02-01", "amount": "39800"}
    response = client.post(reverse("products:price_add"), form)
    assert response.status_code == 200 and response.context["form"].non_field_errors()
    assert Price.objects.count() == 1


def test_salesman_may_not_add_products(client, sales1):
    client.force_login(sales1)
    assert client.get(reverse("products:sku_add")).status_code == 403
    configuration = make_configuration()
    page = client.get(reverse("products:configuration_detail", args=[configuration.pk]))
    assert reverse("products:sku_add") not in page.content.decode()


def test_sku_is_named_and_found_by_its_parts(client, planner):
    configuration = make_configuration(name="1.1 舒适型")
    exterior = make_colour(name="水晶银")
    interior = make_colour(name="黑", kind=Colour.Kind.INTERIOR)
    client.force_login(planner)
    form = {"code": "lb-11-sy", "configuration": configuration.pk, "exterior": exterior.pk, "interior": interior.pk}
    client.post(reverse("products:sku_add"), form | {"is_orderable": "on"})
    sku = Sku.objects.get()
    assert sku.code == "LB-11-SY"
    assert sku.name == f"{configuration.vehicle_model.sales_name} 1.1 舒适型 水晶银/黑"
    for query in ("水晶银", "lb-11", configuration.vehicle_model.code):
        assert len(client.get(reverse("products:sku_list"), {"q": query}).context["rows"]) == 1
    assert client.get(reverse("products:sku_list"), {"q": "宝石红"}).context["rows"] == []


def test_interior_colour_is_no_exterior(client, planner):
    sku = make_sku()
    client.force_login(planner)
    form = {"code": "X1", "configuration": sku.configuration_id, "exterior": sku.interior_id}
    response = client.post(reverse("products:sku_add"), form | {"interior": sku.interior_id})
    assert response.status_code == 200 and "exterior" in response.context["form"].errors


def test_a_renamed_configuration_renames_its_skus(client, planner):
    sku = make_sku()
    configuration = sku.configuration
    client.force_login(planner)
    form = {"vehicle_model": configuration.vehicle_model_id, "code": configuration.code, "name": "1.4 豪华型"}
    response = client.post(reverse("products:configuration_edit", args=[configuration.pk]), form | {"model_year": 2027})
    assert response.status_code == 302
    sku.refresh_from_db()
    assert "1.4 豪华型" in sku.name and "豪华" in sku.search_text


def test_series_cannot_end_before_its_launch(client, planner):
    model = make_configuration().vehicle_model
    client.force_login(planner)
    form = {"series": model.series_id, "code": model.code, "sales_name": "路宝", "launched_on": "2026-05-01"}
    address = reverse("products:vehiclemodel_edit", args=[model.pk])
    response = client.post(address, form | {"end_of_sale_on": "2026-04-01"})
    assert response.status_code == 200 and "end_of_sale_on" in response.context["form"].errors

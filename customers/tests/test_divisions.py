import pytest
from django.urls import reverse

from customers.divisions import Place, children, code_of, code_of_city, deepest, names, place_of, way_to
from customers.models import Customer
from customers.tests.factories import make_customer


def test_the_table_is_whole():
    assert len(children("")) == 34
    assert all(len(code) == 6 and code.isdecimal() and name for code, name in names().items())
    reached = {code for province, _ in children("") for code, _ in children(province)}
    reached |= {code for city in reached for code, _ in children(city)} | {code for code, _ in children("")}
    assert reached == set(names())


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("230109", Place("黑龙江", "哈尔滨", "松北区")),
        ("230100", Place("黑龙江", "哈尔滨", "")),
        ("110105", Place("北京", "北京", "朝阳区")),
        ("500000", Place("重庆", "重庆", "")),
        ("429004", Place("湖北", "仙桃", "")),  # below the province, without a city
        ("441900", Place("广东", "东莞", "")),  # a city without districts
        ("450102", Place("广西", "南宁", "兴宁区")),
        ("222401", Place("吉林", "延边朝鲜族自治州", "延吉市")),
        ("000000", Place("", "", "")),
        ("", Place("", "", "")),
    ],
)
def test_a_code_gives_the_names_people_write(code, place):
    assert place_of(code) == place


@pytest.mark.parametrize(
    ("names", "code"),
    [(("黑龙江", "哈尔滨"), "230100"), (("黑龙江省", "哈尔滨市"), "230100"), (("北京", "北京"), "110000"),
     (("广西", ""), "450000"), (("黑龙江", "大连"), ""), (("", "哈尔滨"), "")],
)  # fmt: skip
def test_names_give_the_code(names, code):
    assert code_of(*names) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("哈尔滨", "230100"), (" 哈尔滨市", "230100"), ("黑龙江省哈尔滨市", "230100"), ("黑龙江大庆", "230600"),
     ("北京", "110000"), ("北京市朝阳区", "110105"), ("吉林市", "220200"), ("仙桃", "429004"),
     ("和平区", ""), ("黑龙江大连", ""), ("柏林", ""), (" ", "")],
)  # fmt: skip
def test_a_city_gives_its_code_without_its_province(typed, code):
    assert code_of_city(typed) == code


@pytest.mark.parametrize(
    ("chosen", "code"),
    [(["230000", "230100", "230109"], "230109"), (["230000", "", ""], "230000"), (["", "230100", "230109"], ""),
     (["210000", "230100", "230109"], "210000"), (["110000", "110105"], "110105"), (["999999"], "")],
)  # fmt: skip
def test_only_what_lies_below_the_choice_above_counts(chosen, code):
    assert deepest(chosen) == code


def test_the_way_to_a_county_leads_over_its_city():
    assert way_to("230109") == ["230000", "230100", "230109"]
    assert way_to("110105") == ["110000", "110105"]


@pytest.mark.django_db
def test_choosing_a_province_offers_its_cities(client, sales1):
    client.force_login(sales1)
    page = client.get(reverse("customers:division_choices"), {"division_0": "230000"}).content.decode()
    assert "齐齐哈尔市" in page and "松北区" not in page
    page = client.get(reverse("customers:division_choices"), {"division_0": "230000", "division_1": "230100"})
    assert "松北区" in page.content.decode()


@pytest.mark.django_db
def test_the_code_is_stored_and_the_names_follow_it(client, sales1):
    customer = make_customer(owner=sales1, province="黑龙江", city="哈尔滨")
    client.force_login(sales1)
    url = reverse("customers:customer_edit", args=[customer.pk])
    assert client.get(url).context["form"]["division"].value() == "230100"
    form = {"name": customer.name, "kind": "taxi", "phone": customer.phone, "level": "c", "care_level": "standard"}
    chosen = {"division_0": "210000", "division_1": "210200", "division_2": "210202"}
    client.post(url, form | chosen)
    customer.refresh_from_db()
    assert (customer.division, customer.province, customer.city, customer.district) == (
        "210202",
        "辽宁",
        "大连",
        "中山区",
    )
    assert "大连" in customer.search_text
    rows = client.get(reverse("customers:customer_list"), {"province": "21"}).context["rows"]
    assert [row.pk for row in rows] == [customer.pk]
    client.post(url, form | {"division_0": ""})
    assert Customer.objects.values_list("division", "province", "city").get() == ("", "", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "chosen", [{"division_0": "999999"}, {"division_0": "230000", "division_1": "239900"}, {"division": "123456"}]
)
def test_a_code_that_is_none_is_refused_with_a_sentence(client, sales1, chosen):
    client.force_login(sales1)
    form = {"name": "鸿运出租", "kind": "taxi", "phone": "13904510001", "level": "c", "care_level": "standard"}
    page = client.post(reverse("customers:customer_add"), form | chosen)
    assert "请重新选择省、市、县" in str(page.context["form"].errors["division"])
    assert not Customer.objects.exists()
    client.post(reverse("customers:customer_add"), form | {"division": "230109"})
    assert Customer.objects.get().district == "松北区"

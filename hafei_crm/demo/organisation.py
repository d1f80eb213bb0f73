"""Regions, dealers, service stations and their people, around the fixed cast."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from core.search import search_text
from dealers.models import Authorisation, Dealer, ServiceStation
from hafei_crm.demo import words
from hafei_crm.demo.world import Shop, World
from users.access import Role
from users.actions import add_unit
from users.cast import create_cast
from users.models import Unit, User

DEALERS = 60
OUTLETS = 8
CAST_DEALERS = {"D-HRB01": ("NORTH", "黑龙江", "哈尔滨"), "D-SH01": ("EAST", "上海", "上海")}


def make_organisation(world: World, password: str) -> None:
    cast = create_cast(password)
    world.people = {name: user.pk for name, user in cast.items()}
    for model in (Unit, User):
        world.copier.start_after(model)
    world.units = dict(Unit.objects.values_list("code", "pk"))
    _make_regions(world)
    _make_dealers(world)
    _make_stations(world)


def _make_regions(world: World) -> None:
    top = Unit.objects.get(code="HQ")
    for code, (name, _cities) in words.REGIONS.items():
        if code not in world.units:
            world.units[code] = add_unit(by=None, name=name, code=code, kind=Unit.Kind.REGION, parent=top).pk
            hire(world, code, Role.REGIONAL_MANAGER, f"{code.lower()}_manager")
        world.region_sellers[code] = [
            hire(world, code, Role.SALESMAN, f"{code.lower()}_sales{number}") for number in range(1, 4)
        ]
    world.region_sellers["NORTH"] += [world.people["sales1"], world.people["sales2"]]


def _make_dealers(world: World) -> None:
    places = [
        (region, province, city)
        for region, (_name, provinces) in words.REGIONS.items()
        for province, cities in provinces.items()
        for city in cities.split()
    ]
    rows = [_cast_dealer(world, code, *place) for code, place in CAST_DEALERS.items()]
    for number in range(DEALERS - len(rows)):
        region, province, city = places[number % len(places)]
        word = words.DEALER_WORDS[(number * 7) % len(words.DEALER_WORDS)]
        rows.append(_new_dealer(world, f"D-{number + 101}", f"{city}{word}汽车销售有限公司", region, province, city))
    world.copier.copy(Dealer, rows)
    world.copier.copy(Dealer, [_outlet(world, number) for number in range(OUTLETS)])
    world.copier.copy(Authorisation, (row for shop in world.shops for row in _authorisations(world, shop)))


def _cast_dealer(world: World, code: str, region: str, province: str, city: str) -> dict:
    unit = Unit.objects.get(code=code)
    manager = world.people["dealer" if region == "NORTH" else "dealer2"]
    sellers = [world.people["dealer_sales"]] if region == "NORTH" else []
    sellers += [hire(world, code, Role.DEALER_SALESMAN, f"{code.lower()}_s{n}") for n in range(1, 4 - len(sellers))]
    return _dealer_row(world, code, unit.name, unit.pk, region, province, city, manager, sellers, weight=2.0)


def _new_dealer(world: World, code: str, name: str, region: str, province: str, city: str) -> dict:
    above = Unit.objects.get(pk=world.units[region])
    world.units[code] = add_unit(by=None, name=name, code=code, kind=Unit.Kind.DEALER, parent=above).pk
    manager = hire(world, code, Role.DEALER_MANAGER, f"{code.lower()}_manager")
    sellers = [hire(world, code, Role.DEALER_SALESMAN, f"{code.lower()}_s{number}") for number in (1, 2)]
    weight = world.rng.lognormvariate(0, 0.55)
    return _dealer_row(world, code, name, world.units[code], region, province, city, manager, sellers, weight=weight)


def _dealer_row(world, code, name, unit, region, province, city, manager, sellers, *, weight: float) -> dict:
    rng, key = world.rng, world.copier.key(Dealer)
    pays_late = rng.random() < 0.1 and weight < 2
    level = "a" if weight > 1.5 else "b" if weight > 0.8 else "c"
    world.shops.append(Shop(key, unit, region, name, province, city, manager, sellers, weight, pays_late, level))
    return {
        "id": key,
        "code": code,
        "name": name,
        "unit_id": unit,
        "level": level,
        "province": province,
        "city": city,
        "state": "formal" if rng.random() < 0.95 else "trial",
        "credit_limit_amount": round(weight * 10) * 100_000,
        "phone": f"0451-8{rng.randint(1000000, 9999999)}",
        "address": f"{city}市{rng.choice(words.STREETS)}{rng.randint(1, 400)}号",
        "search_text": search_text(name, code, city),
    }


def _outlet(world: World, number: int) -> dict:
    """A second-tier outlet in the country below one of the first dealers, who is invoiced for it."""
    shop = world.shops[number * 3]
    code, name = f"D-{number + 501}", f"{shop.city}{words.DEALER_WORDS[number]}二级网点"
    unit = add_unit(by=None, name=name, code=code, kind=Unit.Kind.DEALER, parent=Unit.objects.get(pk=shop.unit))
    key = world.outlets[shop.key] = world.copier.key(Dealer)
    return {
        "id": key,
        "code": code,
        "name": name,
        "unit_id": unit.pk,
        "parent_id": shop.key,
        "level": "c",
        "province": shop.province,
        "city": shop.city,
        "state": "formal",
        "search_text": search_text(name, code, shop.city),
    }


def _authorisations(world: World, shop: Shop) -> list[dict]:
    years = range(world.today.year - 2, world.today.year + 1)
    return [
        {
            "dealer_id": shop.key,
            "number": world.number("authorisation", "SQ", date(year, 1, 1)),
            "starts_on": f"{year}-01-01",
            "ends_on": f"{year + 1}-01-01",
            "annual_target_count": round(shop.weight * 40),
            "status": "signed" if year == world.today.year else "expired",
        }
        for year in years
    ]


def _make_stations(world: World) -> None:
    rows = []
    for number, shop in enumerate([None, *world.shops[::3]]):
        code = "S-HRB01" if shop is None else f"S-{number + 100}"
        city = "哈尔滨" if shop is None else shop.city
        name = "哈尔滨道里特约服务站" if shop is None else f"{city}{words.DEALER_WORDS[number % 20]}特约服务站"
        if shop is not None:
            above = Unit.objects.get(pk=world.units[shop.region])
            world.units[code] = add_unit(by=None, name=name, code=code, kind=Unit.Kind.STATION, parent=above).pk
            hire(world, code, Role.SERVICE_STATION, f"{code.lower()}_clerk")
        key = world.copier.key(ServiceStation)
        world.stations.append((key, world.units[code]))
        rows.append(
            {
                "id": key,
                "code": code,
                "name": name,
                "unit_id": world.units[code],
                "city": city,
                "dealer_id": shop.key if shop else None,
                "station_class": "abc"[number % 3],
                "search_text": search_text(name, code, city),
            }
        )
    world.copier.copy(ServiceStation, rows)


_UNUSABLE = make_password(None)


def hire(world: World, unit_code: str, role: str, username: str) -> int:
    """Somebody who exists but cannot sign in: demo logins are the cast alone."""
    user = User.objects.create(
        username=username, name=words.person(world.rng), unit_id=world.units[unit_code], password=_UNUSABLE
    )
    user.groups.add(Group.objects.get(name=role))
    world.people[username] = user.pk
    return user.pk

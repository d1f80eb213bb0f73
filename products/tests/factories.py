"""Products for tests, with chosen values. They belong to nobody: ``unit`` and ``owner`` are taken and not used."""

from datetime import date
from decimal import Decimal
from itertools import count

from products import actions
from products.models import (
    Brand,
    Colour,
    CompetitorModel,
    Configuration,
    Feature,
    Option,
    Price,
    Series,
    Sku,
    VehicleModel,
)

serial = count(1)


def make_brand(*, unit=None, owner=None, **fields) -> Brand:
    number = next(serial)
    return actions.add_brand(by=owner, **{"code": f"HF{number}", "name": f"哈飞{number}"} | fields)


def make_series(*, unit=None, owner=None, **fields) -> Series:
    number = next(serial)
    values = {"code": f"LB{number}", "name": f"路宝{number}", "body": "两厢"}
    return actions.add_series(by=owner, brand=fields.pop("brand", None) or make_brand(), **values | fields)


def make_vehiclemodel(*, unit=None, owner=None, **fields) -> VehicleModel:
    number = next(serial)
    values = {"code": f"HFJ7{number:03d}", "sales_name": f"路宝{number}"}
    return actions.add_vehicle_model(by=owner, series=fields.pop("series", None) or make_series(), **values | fields)


def make_configuration(*, unit=None, owner=None, **fields) -> Configuration:
    number = next(serial)
    values = {"code": f"C{number}", "name": f"1.1 舒适型{number}", "model_year": 2026, "engine": "DA468Q"}
    model = fields.pop("vehicle_model", None) or make_vehiclemodel()
    return actions.add_configuration(by=owner, vehicle_model=model, **values | fields)


def make_colour(*, unit=None, owner=None, **fields) -> Colour:
    number = next(serial)
    values = {"code": f"Y{number}", "name": f"水晶银{number}", "kind": Colour.Kind.EXTERIOR}
    return actions.add_colour(by=owner, **values | fields)


def make_sku(*, unit=None, owner=None, **fields) -> Sku:
    parts = {
        "code": f"SKU{next(serial)}",
        "configuration": fields.pop("configuration", None) or make_configuration(),
        "exterior": fields.pop("exterior", None) or make_colour(),
        "interior": fields.pop("interior", None) or make_colour(kind=Colour.Kind.INTERIOR, name="黑"),
    }
    return actions.add_sku(by=owner, **parts | fields)


def make_price(*, unit=None, owner=None, **fields) -> Price:
    values = {"kind": Price.Kind.GUIDE, "valid_from": date(2026, 1, 1), "amount": Decimal("42800.00")}
    configuration = fields.pop("configuration", None) or make_configuration()
    return actions.add_price(by=owner, configuration=configuration, **values | fields)


def make_competitormodel(*, unit=None, owner=None, **fields) -> CompetitorModel:
    values = {"maker": "奇瑞", "name": f"QQ{next(serial)}", "guide_price_amount": Decimal("39800.00")}
    return actions.add_competitor_model(by=owner, **values | fields)


def make_feature(*, unit=None, owner=None, **fields) -> Feature:
    values = {"group": Feature.Group.SAFETY, "name": f"气囊{next(serial)}", "kind": Feature.Kind.EQUIPMENT}
    return actions.add_feature(by=owner, **values | fields)


def make_option(*, unit=None, owner=None, **fields) -> Option:
    values = {"name": f"天窗{next(serial)}", "price_amount": Decimal("3000.00")}
    configuration = fields.pop("configuration", None) or make_configuration()
    return actions.add_option(by=owner, configuration=configuration, **values | fields)

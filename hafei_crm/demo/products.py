"""The series of Hafei with their models, configurations, colours, SKUs and prices.

Announcement models marked HFJ71xx and HFJ63xx follow the real pattern; configurations and prices are made up.
"""

from dataclasses import replace
from datetime import date, timedelta

from core.search import search_text
from hafei_crm.demo.world import Item, World
from products.models import Brand, Colour, CompetitorModel, Configuration, Price, Series, Sku, VehicleModel

SERIES = (
    ("lobo", "路宝", "两厢轿车", ("HFJ7113", "HFJ7103"), ("1.1L 基本型", "1.0L 标准型"), (35_800, 32_800), 1.6),
    ("saima", "赛马", "三厢轿车", ("HFJ7133", "HFJ7163"), ("1.3L 舒适型", "1.6L 豪华型"), (56_800, 66_800), 0.9),
    ("saibao", "赛豹", "三厢轿车", ("HFJ7161", "HFJ7181"), ("1.6L 舒适型", "1.8L 豪华型"), (69_800, 85_800), 0.7),
    ("minyi", "民意", "微型客车", ("HFJ6351", "HFJ6371"), ("1.0L 七座", "1.0L 八座加长"), (36_800, 39_800), 1.8),
    ("zhongyi", "中意", "微型客车", ("HFJ6391", "HFJ6380"), ("1.3L 舒适型", "1.1L 标准型"), (45_800, 41_800), 1.2),
    ("bailii", "百利", "两厢轿车", ("HFJ7090", "HFJ7081"), ("0.9L 基本型", "0.8L 经济型"), (30_800, 28_800), 0.5),
    ("luzun", "路尊", "商务客车", ("HFJ6403", "HFJ6450"), ("1.5L 七座", "1.5L 九座"), (58_800, 63_800), 0.6),
    ("junyi", "骏意", "微型客车", ("HFJ6400", "HFJ6402"), ("1.2L 舒适型", "1.2L 豪华型"), (46_800, 51_800), 0.8),
)
EXTERIORS = (("W", "珍珠白", 0.42), ("S", "星光银", 0.28), ("B", "宝石蓝", 0.16), ("R", "中国红", 0.14))
RIVALS = (
    ("奇瑞", "QQ", 35_900, "lobo"),
    ("吉利", "熊猫", 39_800, "bailii"),
    ("五菱", "荣光", 42_800, "minyi"),
    ("五菱", "宏光", 49_800, "junyi"),
    ("长安", "之星", 39_900, "zhongyi"),
    ("比亚迪", "F3", 65_900, "saima"),
    ("吉利", "远景", 69_900, "saibao"),
    ("东风", "菱智", 72_900, "luzun"),
)


def make_products(world: World) -> None:
    copier = world.copier
    copier.copy(Brand, [{"id": copier.key(Brand), "code": "hafei", "name": "哈飞"}])
    colours = {code: copier.key(Colour) for code, _name, _share in (*EXTERIORS, ("G", "灰色", 1))}
    copier.copy(Colour, [{"id": colours[c], "code": c, "name": name, "kind": "exterior"} for c, name, _s in EXTERIORS])
    copier.copy(Colour, [{"id": colours["G"], "code": "G", "name": "灰色", "kind": "interior"}])
    tables: dict[type, list[dict]] = {model: [] for model in (Series, VehicleModel, Configuration, Sku, Price)}
    for row in SERIES:
        _add_series(world, tables, colours, *row)
    for model, rows in tables.items():
        copier.copy(model, rows)
    _add_neighbours_in_time(world, tables)
    series = {row["code"]: row["id"] for row in tables[Series]}
    copier.copy(
        CompetitorModel,
        (
            {"maker": maker, "name": name, "guide_price_amount": price, "rival_of_id": series[code]}
            for maker, name, price, code in RIVALS
        ),
    )


def _add_series(world, tables, colours, code, name, body, models, trims, prices, weight) -> None:
    series, launched_on = world.copier.key(Series), date(2002 + len(tables[Series]), 9, 1)
    tables[Series].append(
        {"id": series, "brand_id": 1, "code": code, "name": name, "body": body, "launched_on": launched_on}
    )
    for model_code, trim, guide in zip(models, trims, prices, strict=True):
        model, configuration = world.copier.key(VehicleModel), world.copier.key(Configuration)
        tables[VehicleModel].append(
            {"id": model, "series_id": series, "code": model_code, "sales_name": name, "launched_on": launched_on}
        )
        tables[Configuration].append(
            {
                "id": configuration,
                "vehicle_model_id": model,
                "code": trim[:4],
                "name": f"{name} {trim}",
                "model_year": world.today.year,
                "engine": trim.split()[0],
                "gearbox": "5MT",
                "emission_standard": "国六",
            }
        )
        tables[Price] += _prices(world, configuration, guide)
        chance = weight * (1.0 if trim == trims[0] else 0.6)
        item = Item(0, configuration, series, name, f"{name} {trim}", guide, round(guide * 0.92), chance)
        _add_skus(world, tables, colours, f"{model_code}-{trim[:4]}", item)


def _add_neighbours_in_time(world: World, tables: dict) -> None:
    """Before the first model one whose sale has ended, after it one that is coming; both stand in no order."""
    copier, first, trim = world.copier, tables[VehicleModel][0], tables[Configuration][0]
    launch = world.today + timedelta(days=60)
    about = {"series_id": first["series_id"], "sales_name": first["sales_name"]}
    old, new = copier.key(VehicleModel), copier.key(VehicleModel)
    ended = {"id": old, "code": "HFJ7110", "launched_on": date(2002, 9, 1), "end_of_sale_on": date(2012, 6, 30)}
    coming = {"id": new, "code": "HFJ7115", "launched_on": launch, "predecessor_id": first["id"]}
    copier.copy(VehicleModel, [about | ended, about | coming])
    VehicleModel.objects.filter(pk=first["id"]).update(predecessor=old)
    for model, year in ((old, 2012), (new, launch.year)):
        key = copier.key(Configuration)
        copier.copy(Configuration, [trim | {"id": key, "vehicle_model_id": model, "model_year": year}])
        sku = next(row for row in tables[Sku] if row["configuration_id"] == trim["id"])
        code = f"{'HFJ7110' if model == old else 'HFJ7115'}-1.1L-WG"
        copier.copy(Sku, [sku | {"id": copier.key(Sku), "code": code, "configuration_id": key}])


def _add_skus(world: World, tables: dict, colours: dict[str, int], code: str, item: Item) -> None:
    """One SKU per colour of a configuration."""
    for colour, colour_name, share in EXTERIORS:
        key, name = world.copier.key(Sku), f"{item.name} {colour_name}"
        tables[Sku].append(
            {
                "id": key,
                "code": f"{code}-{colour}G",
                "configuration_id": item.configuration,
                "name": name,
                "exterior_id": colours[colour],
                "interior_id": colours["G"],
                "search_text": search_text(name, f"{code}-{colour}G"),
            }
        )
        world.items.append(replace(item, key=key, name=name, weight=item.weight * share))


def _prices(world: World, configuration: int, guide: int) -> list[dict]:
    """A price before the first order and the present one, wholesale at 92 %, cost at 79 % of the guide price."""
    change = date(world.today.year - 4, 1, 1)
    start = date(world.today.year - 6, 1, 1)
    rows = []
    for kind, share in (("guide", 1.0), ("wholesale", 0.92), ("cost", 0.79)):
        for valid_from, valid_until, level in ((start, change, 1.05), (change, None, 1.0)):
            rows.append(
                {
                    "configuration_id": configuration,
                    "kind": kind,
                    "valid_from": valid_from,
                    "valid_until": valid_until,
                    "amount": round(guide * share * level),
                }
            )
    return rows

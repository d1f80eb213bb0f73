"""Charts on the page, and how their drawings are kept."""

from django.template import Context, Template
from django.test import override_settings
from django.utils.translation import override
from redis.exceptions import ConnectionError as RedisConnectionError

from core.charts import BarChart, Mark, Unit, cached_svg, caching


def drawing() -> BarChart:
    return BarChart(title="销量", unit=Unit("台"), marks=[Mark("一月", 120)])


def test_the_page_shows_chart_note_and_linked_table():
    chart = BarChart(
        title="销量",
        unit=Unit("台"),
        marks=[Mark("一月", 1200, "/contracts/?a=1&b=2")],
        note="口径 <script>alert(1)</script>",
    )
    with override("en"):
        page = Template("{% load charts %}{% chart drawing 'sales' %}").render(Context({"drawing": chart}))
    assert "Show the figures as a table" in page
    assert '<a href="/contracts/?a=1&amp;b=2">1,200</a>' in page
    assert '<svg class="chart chart-wide"' in page
    assert "口径 &lt;script&gt;" in page


@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}})
def test_a_drawing_is_kept_for_its_data_version_scope_and_language():
    drawn = []

    def build():
        drawn.append(1)
        return drawing().svg("a")

    first = cached_svg(["v1", "unit 3"], build)
    again = cached_svg(["v1", "unit 3"], build)
    assert (len(drawn), again) == (1, first)
    assert hasattr(again, "__html__")
    cached_svg(["v2", "unit 3"], build)
    cached_svg(["v2", "unit 4"], build)
    with override("en"):
        cached_svg(["v2", "unit 4"], build)
    assert len(drawn) == 4


def test_charts_are_drawn_while_the_cache_is_down(monkeypatch, caplog):
    def fail(*_arguments):
        raise RedisConnectionError("no connection")

    monkeypatch.setattr(caching, "cache", type("Cache", (), {"get": fail, "set": fail})())
    assert cached_svg(["v1"], lambda: drawing().svg("a")).startswith("<svg")
    assert "drawing anew" in caplog.text


def test_a_drawing_is_shown_though_it_cannot_be_kept(monkeypatch, caplog):
    def fail(*_arguments):
        raise RedisConnectionError("no connection")

    monkeypatch.setattr(caching, "cache", type("Cache", (), {"get": lambda *_: None, "set": fail})())
    assert cached_svg(["v1"], lambda: drawing().svg("a")).startswith("<svg")
    assert "not kept" in caplog.text

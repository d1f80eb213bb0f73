from django import template

from core.charts import Chart, cached_svg

register = template.Library()


@register.inclusion_tag("core/_chart.html")
def chart(drawing: Chart, ident: str) -> dict[str, object]:
    """{% chart monthly_sales "monthly-sales" %}: the drawing, its note and its figures as a table."""
    # Keyed by the figures themselves: what the viewer may not see cannot be in his key, and nothing goes stale.
    svg = cached_svg([ident, drawing], lambda: drawing.svg(ident))
    return {"chart": drawing, "svg": svg, "table": drawing.table}

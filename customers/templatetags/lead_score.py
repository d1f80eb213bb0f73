from django import template

from customers.actions import explained_score
from customers.models import Lead

register = template.Library()


@register.inclusion_tag("customers/_lead_score.html")
def lead_score(lead: Lead) -> dict:
    """The rules that give the lead its points; asked now, so that they add up to the score of this moment."""
    parts = explained_score(lead)
    return {"parts": parts, "score": sum(points for _rule, points in parts)}

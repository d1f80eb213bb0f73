from django import template
from django.urls import reverse

from analytics.models import RetailFinding

register = template.Library()


@register.filter
def evidence(finding: RetailFinding, user) -> list[tuple[str, str]]:
    """The rows that speak against a sale, each with its page for those who may open such pages."""
    return [(row["text"], _address(row, user)) for row in finding.evidence]


def _address(row: dict, user) -> str:
    app, _colon, model = row["page"].partition(":")
    return reverse(f"{row['page']}_detail", args=[row["key"]]) if user.has_perm(f"{app}.view_{model}") else ""

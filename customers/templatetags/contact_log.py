from django import template
from django.db import models

from customers.contact_log import form_context
from customers.forms import LogContactForm
from customers.timeline import ICONS

register = template.Library()


@register.inclusion_tag("customers/_log_form.html", takes_context=True)
def log_form(context, record: models.Model) -> dict:
    """The form in place, for those who log contacts."""
    request = context["request"]
    if not request.user.has_perm("customers.add_contactrecord"):
        return {}
    form = LogContactForm(user=request.user, record=record)
    around = form_context(record, request.user, back=request.path)
    return {"form": form, "csrf_token": context.get("csrf_token"), **around}


@register.filter
def contact_icon(kind: str) -> str:
    return ICONS[kind]

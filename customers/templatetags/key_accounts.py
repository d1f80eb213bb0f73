from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone

from customers import queries
from customers.models import AnnualFrame, Customer, PricePolicy, PurchaseRecord

register = template.Library()


@register.inclusion_tag("customers/_key_account.html", takes_context=True)
def key_account(context, customer: Customer) -> dict:
    """Of a company: its place in the account tree, what it and the group bought, its policy and frames of today."""
    user, today = context["request"].user, timezone.localdate()
    if customer.is_person or not user.has_perm("customers.view_purchaserecord"):
        return {}
    records, visible = PurchaseRecord.objects.all(), Customer.objects.visible_to(user)
    policies = PricePolicy.objects.visible_to(user).on(today).filter(customer=customer)
    frames = AnnualFrame.objects.visible_to(user).on(today).filter(customer=customer)
    return {
        "customer": customer,
        "parent": visible.filter(pk=customer.parent_id).first(),
        "subsidiaries": visible.filter(parent=customer).count(),
        "subsidiaries_url": f"{reverse('customers:customer_list')}?{urlencode({'parent': customer.pk})}",
        "own": queries.bought(records.of_customer(customer.pk), user=user, customer=customer.pk),
        "group": queries.bought(records.of_group(customer.pk), user=user, group=customer.pk),
        "policy": policies.prefetch_related("tiers").first(),
        "frames": [(frame, queries.fulfilment(frame, user=user)) for frame in frames],
        "may_add_policy": user.has_perm("customers.add_pricepolicy"),
        "may_add_frame": user.has_perm("customers.add_annualframe"),
    }


@register.inclusion_tag("customers/_fulfilment.html", takes_context=True)
def fulfilment(context, frame: AnnualFrame) -> dict:
    return {"frame": frame, "done": queries.fulfilment(frame, user=context["request"].user)}


@register.filter
def share_of(part, whole) -> str:
    """80 % of what was agreed; nothing where nothing was."""
    return f"{part / whole:.0%}" if whole else "–"

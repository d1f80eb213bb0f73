from django import template

from customers.models import Consent, Customer, Purpose

register = template.Library()


@register.inclusion_tag("customers/_consents.html", takes_context=True)
def consents(context, customer: Customer) -> dict:
    """What the customer agreed to, purpose by purpose, with the button that takes it back."""
    user = context["request"].user
    if not user.has_perm("customers.view_consent"):
        return {}
    told = Consent.objects.visible_to(user).of_customer(customer.pk).latest_of_each().select_related("text", "by")
    by_purpose = {consent.text.purpose: consent for consent in told}
    return {
        "customer": customer,
        "purposes": [(value, label, by_purpose.get(value)) for value, label in Purpose.choices],
        "may_record": user.has_perm("customers.add_consent")
        and Customer.objects.changeable_by(user).filter(pk=customer.pk).exists(),
        "csrf_token": context.get("csrf_token"),
    }

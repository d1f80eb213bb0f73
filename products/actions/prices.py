from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from products import rules
from products.models import Configuration, Price
from users.models import User


@transaction.atomic
def add_price(
    *,
    by: User,
    configuration: Configuration,
    kind: str,
    valid_from: date,
    amount: Decimal,
    valid_until: date | None = None,
) -> Price:
    """A new price ends the open one of its kind on the day it begins, not before today; other overlaps are refused."""
    _lock_prices_of(configuration.pk)
    _refuse_end_before_begin(valid_from, valid_until)
    prices = Price.objects.filter(configuration=configuration, kind=kind)
    open_price = prices.filter(valid_until=None, valid_from__lt=valid_from).first()
    if open_price:
        _refuse_past_days(open_price, valid_from)
        open_price.valid_until = valid_from
        open_price.save(update_fields=["valid_until"])
    _refuse_overlap(prices, valid_from, valid_until)
    return Price.objects.create(
        configuration=configuration, kind=kind, valid_from=valid_from, valid_until=valid_until, amount=amount
    )


@transaction.atomic
def change_price(
    price_id: int, *, by: User, valid_from: date, amount: Decimal, valid_until: date | None = None
) -> Price:
    """A price that holds already was quoted and invoiced: it may be ended, from today on, and nothing else."""
    price = Price.objects.get(pk=price_id)
    _lock_prices_of(price.configuration_id)
    price = Price.objects.select_for_update(of=("self",)).get(pk=price_id)
    today = timezone.localdate()
    if price.valid_from <= today:
        if (valid_from, amount) != (price.valid_from, price.amount):
            raise RuleBroken(
                _("This price holds since %(day)s, so day and amount stay as they are. Add a new price instead.")
                % {"day": price.valid_from}
            )
        if valid_until != price.valid_until and (valid_until or price.valid_until) < today:
            raise RuleBroken({"valid_until": _("A price cannot be ended in the past. Choose today or later.")})
    _refuse_end_before_begin(valid_from, valid_until)
    others = Price.objects.filter(configuration=price.configuration_id, kind=price.kind).exclude(pk=price.pk)
    _refuse_overlap(others, valid_from, valid_until)
    price.valid_from, price.valid_until, price.amount = valid_from, valid_until, amount
    price.save(update_fields=["valid_from", "valid_until", "amount"])
    return price


def _lock_prices_of(configuration_id: int) -> None:
    """Prices of one configuration are written one after the other."""
    Configuration.objects.select_for_update(of=("self",)).get(pk=configuration_id)


def _refuse_end_before_begin(valid_from: date, valid_until: date | None) -> None:
    if valid_until and valid_until <= valid_from:
        raise RuleBroken({"valid_until": _("The price ends before it begins. Choose a later day or leave it empty.")})


def _refuse_past_days(price: Price, valid_from: date) -> None:
    """What was quoted and invoiced by a price stays explained by it."""
    if valid_from < timezone.localdate():
        raise RuleBroken(
            {
                "valid_from": _("On this day a price holds already: %(amount)s yuan. Choose today or later.")
                % {"amount": f"{price.amount:,.2f}"}
            }
        )


def _refuse_overlap(prices, valid_from: date, valid_until: date | None) -> None:
    for price in prices.order_by("valid_from"):
        if rules.overlap(price.valid_from, price.valid_until, valid_from, valid_until):
            period = (
                _("from %(start)s until %(end)s") % {"start": price.valid_from, "end": price.valid_until}
                if price.valid_until
                else _("from %(start)s on") % {"start": price.valid_from}
            )
            raise RuleBroken(
                _(
                    "The %(kind)s of %(amount)s yuan holds %(period)s, which overlaps. "
                    "Choose days outside it, or end that price first."
                )
                % {"kind": price.get_kind_display(), "amount": f"{price.amount:,.2f}", "period": period}
            )

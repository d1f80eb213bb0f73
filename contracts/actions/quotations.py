from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Quotation, QuotationLine
from contracts.pricing import PricedLine, priced_lines, total_of
from core.errors import RuleBroken
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from customers.models import Customer
from products.models import Price
from users.models import User


@transaction.atomic
def add_quotation(*, by: User, customer: Customer, valid_until: date, lines: Iterable[dict], **fields) -> Quotation:
    """A quotation belongs to whoever makes it, in the customer's unit."""
    today = timezone.localdate()
    _refuse_past(valid_until, today)
    priced = priced_lines(lines, unit_price_kind=Price.Kind.GUIDE, day=today)
    number = next_number("quotation", prefix="BJ", on=today)
    quotation = Quotation.objects.create(
        number=number,
        customer=customer,
        valid_until=valid_until,
        total_amount=total_of(priced),
        owner=by,
        unit=customer.unit,
        search_text=search_text(number, customer.name),
        **fields,
    )
    _write_lines(quotation, priced)
    log_status(quotation, by=by, step="add", before="", after=quotation.status)
    return quotation


@transaction.atomic
def change_quotation(quotation_id: int, *, by: User, lines: Iterable[dict], **fields) -> Quotation:
    quotation = Quotation.objects.select_for_update(of=("self",)).get(pk=quotation_id)
    if quotation.status not in Quotation.CHANGEABLE:
        raise RuleBroken(
            _("“%(record)s” is %(status)s and can no longer be changed.")
            % {"record": quotation, "status": quotation.get_status_display()}
        )
    if "valid_until" in fields:
        _refuse_past(fields["valid_until"], timezone.localdate())
    priced = priced_lines(lines, unit_price_kind=Price.Kind.GUIDE, day=quotation.quoted_on)
    for name, value in fields.items():
        setattr(quotation, name, value)
    quotation.total_amount = total_of(priced)
    quotation.search_text = search_text(quotation.number, quotation.customer.name)
    quotation.save(update_fields=[*fields, "total_amount", "search_text"])
    quotation.lines.all().delete()
    _write_lines(quotation, priced)
    return quotation


def _write_lines(quotation: Quotation, priced: list[PricedLine]) -> None:
    QuotationLine.objects.bulk_create(
        QuotationLine(quotation=quotation, sku=line.sku, quantity=line.quantity, unit_price_amount=line.unit_price)
        for line in priced
    )


def _refuse_past(valid_until: date, today: date) -> None:
    if valid_until < today:
        raise RuleBroken({"valid_until": _("The offer would already have ended. Choose today or later.")})

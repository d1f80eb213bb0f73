from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contracts.actions.contracts import add_contract
from contracts.models import Contract, Order, Quotation, QuotationLine
from contracts.pricing import QuotedLine, offers_of, quoted_lines, sum_of, total_of
from core.errors import RuleBroken
from core.models import ExportLog
from core.notices import notify
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from customers.models import Customer
from users.models import User

SALE_RUNS = 90  # days a contract made from a quotation runs unless changed
Status = Quotation.Status


@transaction.atomic
def add_quotation(*, by: User, customer: Customer, valid_until: date, lines: Iterable[dict], **fields) -> Quotation:
    """A quotation belongs to whoever makes it, in the customer's unit."""
    today = timezone.localdate()
    _refuse_past(valid_until, today)
    quoted = quoted_lines(lines, day=today)
    quotation = Quotation(
        number=next_number("quotation", prefix="BJ", on=today),
        customer=customer,
        quoted_on=today,
        valid_until=valid_until,
        owner=by,
        unit=customer.unit,
        **fields,
    )
    _check_opportunity(quotation)
    return _enter(quotation, quoted, by=by)


@transaction.atomic
def change_quotation(quotation_id: int, *, by: User, lines: Iterable[dict], **fields) -> Quotation:
    quotation = Quotation.objects.select_for_update(of=("self",)).get(pk=quotation_id)
    if quotation.status not in Quotation.CHANGEABLE:
        raise RuleBroken(
            _("“%(record)s” is %(status)s and can no longer be changed. Revise it: that makes its next version.")
            % {"record": quotation, "status": quotation.get_status_display()}
        )
    today = timezone.localdate()
    if "valid_until" in fields:
        _refuse_past(fields["valid_until"], today)
    quoted = quoted_lines(lines, day=today)
    for name, value in fields.items():
        setattr(quotation, name, value)
    quotation.unit, quotation.quoted_on = quotation.customer.unit, today
    _check_opportunity(quotation)
    sums = _take_sums(quotation, quoted)
    quotation.save(update_fields=[*fields, *sums, "unit", "quoted_on", "search_text"])
    quotation.lines.all().delete()
    _write_lines(quotation, quoted)
    return quotation


def price_as_of(today: date, quotation: Quotation) -> None:
    """A draft of an earlier day leaves the house at the prices of today, or, where the list has changed, not at all."""
    if quotation.quoted_on == today:
        return
    lines = list(quotation.lines.select_related("sku").order_by("pk"))
    quoted = quoted_lines(offers_of(lines, today), day=today)
    if [line.list_price for line in quoted] != [line.list_price_amount for line in lines]:
        raise RuleBroken(
            _("The guide prices have changed since “%(quotation)s” was priced on %(day)s. Edit and save it first.")
            % {"quotation": quotation, "day": quotation.quoted_on}
        )
    quotation.quoted_on = today
    quotation.save(update_fields=["quoted_on", *_take_sums(quotation, quoted)])


def revise_quotation(quotation: Quotation, *, by: User) -> Quotation:
    """The next version of a locked quotation, which is superseded by it.

    A price stays as it was while the guide price is the same; otherwise the discount is taken off the new one.
    """
    today = timezone.localdate()
    term = quotation.valid_until - quotation.quoted_on
    quotation.status = Status.SUPERSEDED
    quotation.save(update_fields=["status"])
    offers = offers_of(quotation.lines.select_related("sku").order_by("pk"), today)
    revision = Quotation(
        number=quotation.number,
        version=quotation.version + 1,
        revises=quotation,
        customer=quotation.customer,
        opportunity=quotation.opportunity,
        quoted_on=today,
        valid_until=today + term,
        owner=quotation.owner,
        unit=quotation.unit,
        note=quotation.note,
    )
    return _enter(revision, quoted_lines(offers, day=today), by=by)


def contract_from(quotation: Quotation, *, by: User) -> Contract:
    """The contract that a locked, accepted quotation becomes; there is never a second one."""
    made = Contract.objects.filter(quotation=quotation).first()
    if made:
        return made
    today = timezone.localdate()
    return add_contract(
        by=by,
        kind=Contract.Kind.SINGLE_SALE,
        customer=quotation.customer,
        quotation=quotation,
        starts_on=today,
        ends_on=today + timedelta(days=SALE_RUNS),
        agreed_count=sum(quotation.lines.values_list("quantity", flat=True)),
        agreed_amount=quotation.total_amount,
        note=quotation.note,
    )


@transaction.atomic
def expire_quotations(today: date) -> int:
    """Close what nobody accepted in time, and tell whoever offered it; another run finds nothing left."""
    lapsed = list(Quotation.objects.select_for_update(of=("self",), skip_locked=True).lapsed(today).order_by("pk"))
    for quotation in lapsed:
        before, quotation.status = quotation.status, Status.EXPIRED
        quotation.save(update_fields=["status"])
        log_status(quotation, by=None, step="expire", before=before, after=quotation.status)
        if quotation.owner_id:
            notify(
                [quotation.owner_id],
                gettext_noop("The quotation %(quotation)s ended on %(day)s without an answer. You can revise it."),
                url=reverse("contracts:quotation_detail", args=[quotation.pk]),
                quotation=str(quotation),
                day=quotation.valid_until.isoformat(),
            )
    return len(lapsed)


def log_printing(document: Quotation | Contract | Order, *, by: User) -> None:
    """A document that leaves the house stands in the same log as a list that does."""
    ExportLog.objects.create(
        by=by,
        list_name=f"contracts:{document._meta.model_name}_list",
        query=f"pdf={document}",
        columns=[],
        row_count=1,
    )


def _enter(quotation: Quotation, quoted: list[QuotedLine], *, by: User) -> Quotation:
    _take_sums(quotation, quoted)
    quotation.save()
    _write_lines(quotation, quoted)
    log_status(quotation, by=by, step="add", before="", after=quotation.status)
    return quotation


def _take_sums(quotation: Quotation, quoted: list[QuotedLine]) -> list[str]:
    """Fill in what follows from the lines; answers the names of these fields."""
    sums = {
        "total_amount": total_of(quoted),
        "list_amount": sum_of(line.list_amount for line in quoted),
        "largest_discount_percent": max(line.discount for line in quoted),
        "is_below_cost": any(line.is_below_cost for line in quoted),
    }
    for name, value in sums.items():
        setattr(quotation, name, value)
    quotation.search_text = search_text(quotation.number, quotation.customer.name)
    return list(sums)


def _write_lines(quotation: Quotation, quoted: list[QuotedLine]) -> None:
    QuotationLine.objects.bulk_create(
        QuotationLine(
            quotation=quotation,
            sku=line.sku,
            quantity=line.quantity,
            list_price_amount=line.list_price,
            discount_percent=line.discount,
            unit_price_amount=line.unit_price,
        )
        for line in quoted
    )


def _refuse_past(valid_until: date, today: date) -> None:
    if valid_until < today:
        raise RuleBroken({"valid_until": _("The offer would already have ended. Choose today or later.")})


def _check_opportunity(quotation: Quotation) -> None:
    opportunity = quotation.opportunity
    if opportunity is not None and opportunity.customer_id != quotation.customer_id:
        raise RuleBroken(
            {
                "opportunity": _("“%(opportunity)s” is about %(customer)s. Choose one of this customer, or none.")
                % {"opportunity": opportunity, "customer": opportunity.customer}
            }
        )

"""The schedule of a locked receivable, and the day on which its next unpaid part falls due."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import accumulate

from django.db.models import F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from contracts import schedules
from contracts.models import Contract, Instalment, Receivable
from contracts.schedules import Part, Terms


def terms_of(contract: Contract) -> Terms:
    return Terms(contract.deposit_percent, contract.deposit_days, contract.payment_days, contract.instalment_count)


def shift_schedule(receivable: Receivable, difference: Decimal, *, on: date) -> None:
    """Let the parts follow what was taken off or added; what was told of a part stays told."""
    before = list(receivable.instalments.order_by("number"))
    parts = [instalment.part for instalment in before]
    if difference < 0:
        parts = schedules.lowered(parts, -difference) if parts else []
    else:
        parts = schedules.raised(parts, difference, terms_of(receivable.order.contract), on=on)
    receivable.instalments.all().delete()
    write_schedule(receivable, parts, told={(part.kind, part.due_on): part.told_days for part in before})


def write_schedule(
    receivable: Receivable, parts: list[Part], *, told: Mapping[tuple[str, date], int | None] | None = None
) -> None:
    sums = accumulate(part.amount for part in parts)
    Instalment.objects.bulk_create(
        Instalment(
            receivable=receivable,
            number=number,
            kind=part.kind,
            amount=part.amount,
            through_amount=through,
            due_on=part.due_on,
            told_days=(told or {}).get((part.kind, part.due_on)),
        )
        for number, (part, through) in enumerate(zip(parts, sums, strict=True), start=1)
    )


def refresh_due_days(receivables: Iterable[Receivable]) -> None:
    """``due_on`` is the day of the earliest part not paid in full, of a settled receivable that of its last."""
    parts = Instalment.objects.filter(receivable=OuterRef("pk")).order_by().values("receivable")
    unpaid = parts.filter(through_amount__gt=OuterRef("received_amount"))
    Receivable.objects.filter(pk__in=[receivable.pk for receivable in receivables]).update(
        due_on=Coalesce(
            Subquery(unpaid.annotate(day=Min("due_on")).values("day")),
            Subquery(parts.annotate(day=Max("due_on")).values("day")),
            F("due_on"),
        )
    )

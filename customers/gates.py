"""What has to be known about an opportunity before it may enter a stage, asked of the records themselves."""

from collections.abc import Callable

from django.db.models import Q

from customers.models import ContactRecord, Opportunity, Stage

R = Stage.Requirement


def _has_contact(kind: str | None = None) -> Callable[[Opportunity], bool]:
    """With the customer, or with him when he was still a lead."""

    def is_met(opportunity: Opportunity) -> bool:
        about = Q(customer=opportunity.customer_id) | Q(lead__customer=opportunity.customer_id)
        records = ContactRecord.objects.filter(about, binned_at=None)
        return (records.filter(kind=kind) if kind else records).exists()

    return is_met


def _has_quotation(opportunity: Opportunity) -> bool:
    return opportunity.contact_records.filter(kind="quotation", binned_at=None).exists()


CHECKS: dict[str, Callable[[Opportunity], bool]] = {
    R.SERIES: lambda opportunity: opportunity.series_id is not None,
    R.AMOUNT: lambda opportunity: opportunity.amount > 0,
    R.CLOSE_DAY: lambda opportunity: opportunity.expected_close_on is not None,
    R.PRODUCTS: lambda opportunity: opportunity.lines.exists(),
    R.COMPETITOR: lambda opportunity: opportunity.competitors.exists(),
    R.CONTACT: _has_contact(),
    R.SHOWROOM: _has_contact("showroom"),
    R.TEST_DRIVE: _has_contact("test_drive"),
    R.QUOTATION: _has_quotation,
}


def missing_for(opportunity: Opportunity, stage: Stage) -> list[str]:
    """What is still missing, in words; a stage passed over asks for its own as well. Whoever wins passes all."""
    passed = opportunity.pipeline.stages.open()
    if stage.kind == Stage.Kind.OPEN:
        passed = passed.filter(Q(position__lt=stage.position) | Q(position=stage.position, pk__lt=stage.pk))
    wanted = {name for one in (*passed, stage) for name in one.required}
    return [str(R(name).label) for name in R.values if name in wanted and not CHECKS[name](opportunity)]

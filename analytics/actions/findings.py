from datetime import date

from django.db import transaction

from analytics.models import RetailFinding
from analytics.truth import doubts


@transaction.atomic
def check_retails(today: date) -> int:
    """New findings of the night; a sale is doubted once for a reason, whatever was decided."""
    before = RetailFinding.objects.count()
    RetailFinding.objects.bulk_create(
        (
            RetailFinding(retail_id=doubt.retail_id, kind=doubt.kind, evidence=doubt.evidence, found_on=today)
            for doubt in doubts(today)
        ),
        ignore_conflicts=True,
        batch_size=2_000,
    )
    return RetailFinding.objects.count() - before

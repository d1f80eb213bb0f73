from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dealers.models import AccountEntry
from users.models import User


def post_entry(
    dealer_id: int,
    *,
    account: str,
    kind: str,
    amount: Decimal,
    on: date,
    source_key: str,
    text: str = "",
    by: User | None,
) -> None:
    """Post one cause to an account; the same cause again changes nothing."""
    post_entries(
        [
            AccountEntry(
                dealer_id=dealer_id,
                account=account,
                kind=kind,
                amount=amount,
                on=on,
                source_key=source_key,
                text=text,
                by=by,
            )
        ]
    )


def post_entries(entries: Iterable[AccountEntry]) -> None:
    """Many at once; those whose ``source_key`` was posted before are left out."""
    AccountEntry.objects.bulk_create(entries, ignore_conflicts=True, batch_size=5_000)

from datetime import date

from core.changes import changed
from dealers.models import Dealer, DealerTarget
from users.models import User


def add_target(*, by: User, dealer: Dealer, month: date, target_count: int) -> DealerTarget:
    return DealerTarget.objects.create(dealer=dealer, month=month, target_count=target_count)


def change_target(target_id: int, *, by: User, **fields) -> DealerTarget:
    return changed(DealerTarget, target_id, fields)

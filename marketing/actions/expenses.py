from django.db import transaction

from marketing.models import Campaign, Expense
from users.models import User


def add_expense(*, by: User, campaign: Campaign, **fields) -> Expense:
    """Bills come in after the last day too, so a finished campaign still takes expenses."""
    return Expense.objects.create(campaign=campaign, recorded_by=by, **fields)


@transaction.atomic
def change_expense(expense_id: int, *, by: User, **fields) -> Expense:
    expense = Expense.objects.select_for_update(of=("self",)).get(pk=expense_id)
    for name, value in fields.items():
        setattr(expense, name, value)
    expense.save(update_fields=list(fields))
    return expense

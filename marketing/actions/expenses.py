from core.changes import changed
from marketing.models import Campaign, Expense
from users.models import User


def add_expense(*, by: User, campaign: Campaign, **fields) -> Expense:
    """Bills come in after the last day too, so a finished campaign still takes expenses."""
    return Expense.objects.create(campaign=campaign, recorded_by=by, **fields)


def change_expense(expense_id: int, *, by: User, **fields) -> Expense:
    return changed(Expense, expense_id, fields)

from django.utils.translation import gettext_lazy

from core.workflow import Step
from customers import actions
from customers.models import CustomerMerge


def part(merge, *, by, note):
    actions.undo_merge(merge, by=by)


MERGE_STEPS = (
    Step(
        "undo",
        gettext_lazy("Undo the merge"),
        frozenset({CustomerMerge.Status.MERGED}),
        CustomerMerge.Status.UNDONE,
        "customers.undo_customermerge",
        part,
        tone="secondary",
    ),
)

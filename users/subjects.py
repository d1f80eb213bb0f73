"""What is approved by a flow: kinds of records by label, and the verb of who decides where a flow names nobody else."""

from django.apps import apps
from django.utils.functional import lazy

APPROVED_BY: dict[str, str] = {
    "contracts.quotation": "approve",
    "contracts.contract": "sign",
    "contracts.contractamendment": "approve",
    "contracts.order": "approve",
    "contracts.orderversion": "approve",
    "salesplan.salesplan": "approve",
    "customers.opportunity": "approve",
    "customers.keyaccountregistration": "register",
    "aftersales.claim": "approve",
    "dealers.creditlinechange": "approve",
    "contracts.rebateaccrual": "credit",
}


def permission_to_decide(subject: str) -> str:
    """ "contracts.approve_order" of "contracts.order"."""
    app, model = subject.split(".")
    return f"{app}.{APPROVED_BY[subject]}_{model}"


def subject_label(subject: str) -> str:
    return str(apps.get_model(subject)._meta.verbose_name)


SUBJECTS = [(subject, lazy(subject_label, str)(subject)) for subject in APPROVED_BY]

from contracts.models import ContractAmendment
from core.forms import RecordForm


class AmendmentForm(RecordForm):
    class Meta:
        model = ContractAmendment
        fields = [*ContractAmendment.TERMS, "reason"]

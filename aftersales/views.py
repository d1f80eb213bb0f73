"""The record page of a claim: beside its facts the warranty of the car and what the checks found."""

from django.utils import timezone

from aftersales import queries
from core.views import DetailPage


class ClaimPage(DetailPage):
    def get_queryset(self):
        return super().get_queryset().select_related("vehicle", "station")

    def get_context_data(self, **context) -> dict:
        claim = self.object
        status = queries.warranty_status(claim.vehicle_id, on=claim.repaired_on, mileage_km=claim.mileage_km)
        findings = queries.findings_of(claim, today=timezone.localdate())
        return super().get_context_data(warranty_status=status, findings=findings, **context)

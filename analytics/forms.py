from analytics.models import TrendScheme
from core.forms import RecordForm


class TrendSchemeForm(RecordForm):
    class Meta:
        model = TrendScheme
        fields = ["name", "measure", "source", "dimension", "horizon", "is_nightly"]

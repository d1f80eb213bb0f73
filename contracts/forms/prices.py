from django.utils.translation import gettext_lazy as _

from contracts.models import PriceCondition
from core.forms import RecordForm
from users.models import Unit


class PriceConditionForm(RecordForm):
    class Meta:
        model = PriceCondition
        fields = [
            "kind",
            "name",
            "price_kind",
            "percent",
            "amount",
            "valid_from",
            "valid_until",
            "region",
            "dealer_level",
            "series",
            "configuration",
            "is_combinable",
        ]
        help_texts = {
            "percent": _("Of what the step before has left: first region, then level, then promotions."),
            "amount": _("Per car; either percent or yuan."),
            "valid_until": _("This day counts too. Empty: until further notice."),
            "region": _("Units below it count too. Of several region prices the narrowest one counts."),
            "dealer_level": _("Empty: dealers of every level, and key accounts that buy direct."),
            "series": _("Neither series nor configuration: all cars."),
            "is_combinable": _(
                "Promotions only: all combinable ones of a day together, or one that is not, whichever is cheaper."
            ),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["region"].queryset = self.fields["region"].queryset.filter(kind=Unit.Kind.REGION)

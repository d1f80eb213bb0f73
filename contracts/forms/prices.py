from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models import Order, PriceCondition
from core.bulk import BulkForm
from core.forms import RecordForm
from dealers.models import Dealer
from products.models import Series
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
            "kind": _("A surcharge is added to urgent orders; everything else is taken off."),
            "percent": _("Of what the step before has left: first region, then level, promotions, surcharge."),
            "amount": _("Per car; either percent or yuan."),
            "valid_until": _("This day counts too. Empty: until further notice."),
            "region": _("Units below it count too. Of several region prices, or surcharges, the narrowest one counts."),
            "dealer_level": _("Empty: dealers of every level, and key accounts that buy direct."),
            "series": _("Neither series nor configuration: all cars."),
            "is_combinable": _(
                "Promotions only: all combinable ones of a day together, or one that is not, whichever is cheaper."
            ),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["region"].queryset = self.fields["region"].queryset.filter(kind=Unit.Kind.REGION)


class PriceListForm(BulkForm):
    """For whom and of which day the price list is shown; a dealer's people see their own dealer first."""

    dealer = forms.ModelChoiceField(label=_("Dealer"), queryset=Dealer.objects.all(), required=False)
    day = forms.DateField(label=_("Day"), required=False)
    price_kind = forms.ChoiceField(label=_("Price"), choices=PriceCondition.PRICE_KINDS, required=False)
    order_kind = forms.ChoiceField(label=_("Kind of order"), choices=Order.Kind.choices, required=False)
    series = forms.ModelChoiceField(label=_("Series"), queryset=Series.objects.all(), required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, user=user, **options)
        self.initial |= {"dealer": getattr(user.unit, "dealer", None), "day": timezone.localdate()}

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.credit import credit_of
from contracts.forms.fields import offer_only, price_field, quantity_field
from contracts.models import Allocation, Order, OrderVersion, Quotation, Retail
from contracts.needs import LineNeed, offered_cars
from contracts.queries import reserved_amount
from contracts.rules import CENT
from core.formats import money
from core.forms import LineForm, RecordForm, StepForm, lines_of
from customers.models import Customer
from dealers.models import Dealer
from inventory.models import Vehicle, Warehouse
from products.models import Sku
from users.models import Unit


class OrderForm(RecordForm):
    """People of a dealer order for that dealer; others name the buyer or take the partner of the contract."""

    class Meta:
        model = Order
        fields = [
            "contract",
            "kind",
            "buyer_dealer",
            "buyer_customer",
            "customer",
            "opportunity",
            "quotation",
            "note",
        ]
        help_texts = {
            "kind": _("For an urgent order there may be a surcharge: see the price list of the day."),
            "buyer_dealer": _("Who is invoiced. Empty: the partner of the contract."),
            "customer": _("Empty: for the dealer's own stock."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        contracts = self.fields["contract"].queryset
        self.fields["contract"].queryset = contracts.in_force() | contracts.filter(pk=self.instance.contract_id)
        self.fields["quotation"].queryset = self.fields["quotation"].queryset.filter(status=Quotation.Status.ACCEPTED)
        if self.user.unit is not None and self.user.unit.kind == Unit.Kind.DEALER:
            del self.fields["buyer_customer"]
            self.fields["buyer_dealer"].queryset = Dealer.objects.filter(unit=self.user.unit_id)
            self.fields["buyer_dealer"].initial = getattr(self.user.unit, "dealer", None)
            self.fields["buyer_dealer"].required = True
            self.fields["buyer_dealer"].help_text = _("Who is invoiced.")
        else:
            self.fields["buyer_dealer"].queryset = self.fields["buyer_dealer"].queryset.first_tier()

    def clean(self):
        cleaned = super().clean()
        contract = cleaned.get("contract")
        if contract and not cleaned.get("buyer_dealer") and not cleaned.get("buyer_customer"):
            cleaned |= {"buyer_dealer": contract.dealer, "buyer_customer": contract.customer}
        return cleaned


class OrderVersionForm(RecordForm):
    class Meta:
        model = OrderVersion
        fields = ["reason"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["reason"].required = True


class OrderLineForm(LineForm):
    """The dealer's people do not set the price they are invoiced: it comes from the price list."""

    sku = forms.ModelChoiceField(label=_("SKU"), queryset=Sku.objects.orderable())
    quantity = quantity_field()
    unit_price_amount = price_field(_("Unit price (empty: price list)"))
    retail_price_amount = price_field(_("Retail price (empty: guide price)"))

    def __init__(self, *args, user, **options):
        super().__init__(*args, user=user, **options)
        if user.unit is not None and user.unit.kind == Unit.Kind.DEALER:
            del self.fields["unit_price_amount"]


class OnDayForm(StepForm):
    on = forms.DateField(label=_("Date"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("on", timezone.localdate())

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future."))
        return self.cleaned_data["on"]


class CarsForm(OnDayForm):
    """Which of the cars that are ready; one car, or many orders at once, leave no choice."""

    ready = Allocation.Status.RESERVED

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        rows = Allocation.objects.filter(order_line__order=self.record).select_related("vehicle").order_by("pk")
        ready = list(rows.filter(status=self.ready)) if self.record else []
        if len(ready) > 1 or (ready and "cars" in self.data):
            self.fields["cars"] = forms.ModelMultipleChoiceField(
                label=_("Vehicles"),
                queryset=rows,
                initial=[allocation.pk for allocation in ready],
                widget=forms.CheckboxSelectMultiple,
            )
            offer_only(self.fields["cars"], ready)


class InvoiceForm(CarsForm):
    """``record`` is the order; says how much of the dealer's rebate its reserved cars may use."""

    rebate_amount = forms.DecimalField(
        label=_("Paid by rebate (yuan)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.record is None or self.record.is_direct:
            del self.fields["rebate_amount"]
            return
        credit, total = credit_of(self.record.buyer_dealer), reserved_amount(self.record)
        self.fields["rebate_amount"].help_text = _(
            "At most %(most)s: %(percent)s %% of %(total)s, and %(rebate)s on the account."
        ) % {
            "most": money(credit.usable_rebate(total)),
            "percent": credit.rebate_percent,
            "total": money(total),
            "rebate": money(credit.rebate),
        }


class ShipForm(CarsForm):
    ready = Allocation.Status.INVOICED
    carrier = forms.CharField(label=_("Carrier"), max_length=80, required=False)


class ReceiveForm(CarsForm):
    """The cars that came in, and which of them were damaged on the way."""

    ready = Allocation.Status.SHIPPED
    damage = forms.CharField(label=_("Transport damage"), max_length=200, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if cars := self.fields.get("cars"):
            self.fields["damaged"] = forms.ModelMultipleChoiceField(
                label=_("Damaged cars"), queryset=cars.queryset, widget=forms.CheckboxSelectMultiple, required=False
            )
            self.fields["damaged"].widget.choices = cars.widget.choices

    def clean(self):
        cleaned = super().clean()
        if "cars" not in self.fields:
            only = Allocation.objects.filter(order_line__order=self.record, status=self.ready)
            cleaned["damaged"] = list(only) if self.record and cleaned.get("damage") else []
        elif bool(cleaned.get("damage")) != bool(cleaned.get("damaged")):
            raise forms.ValidationError(_("Say which cars are damaged, and what the damage is."))
        elif set(cleaned.get("damaged") or ()) - set(cleaned.get("cars") or ()):
            raise forms.ValidationError(_("A damaged car has come in as well: choose it among the cars."))
        return cleaned


class AllocateForm(StepForm):
    """Cars of the free factory stock for one order line, the oldest ones preselected."""

    vehicles = forms.ModelMultipleChoiceField(
        label=_("Vehicles"), queryset=Vehicle.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reserved_until = forms.DateField(label=_("Reserved until"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Asked for where an older car of the same SKU stays behind."),
    )

    def __init__(self, *args, need: LineNeed, **options):
        super().__init__(*args, **options)
        self.offered = list(offered_cars(need))
        self.fields["vehicles"].queryset = Vehicle.objects.filter(sku=need.line.sku_id)
        offer_only(self.fields["vehicles"], self.offered)


class RetailForm(StepForm):
    """``record`` is the allocation of the car."""

    customer = forms.ModelChoiceField(label=_("Customer"), queryset=Customer.objects.all())
    outlet = forms.ModelChoiceField(
        label=_("Selling outlet"),
        queryset=Dealer.objects.none(),
        required=False,
        help_text=_("The second-tier outlet that hands the car over. Empty: the dealer himself."),
    )
    retailed_on = forms.DateField(label=_("Retailed on"))
    delivered_on = forms.DateField(
        label=_("Delivered on"), required=False, help_text=_("The warranty starts on this day. Empty: the same day.")
    )
    price_amount = forms.DecimalField(label=_("Retail price (yuan)"), min_value=CENT, max_digits=12, decimal_places=2)
    usage_kind = forms.ChoiceField(label=_("Use"), choices=Retail.UsageKind.choices)
    is_out_of_area = forms.BooleanField(label=_("Sold outside the area"), required=False)
    is_fleet = forms.BooleanField(label=_("Fleet sale"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        outlets = Dealer.objects.outlets_of(self.record.order_line.order.buyer_dealer).visible_to(self.user)
        self.fields["outlet"].queryset = outlets
        if not outlets.exists():
            del self.fields["outlet"]


class TakeBackForm(OnDayForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReturnCarForm(TakeBackForm):
    warehouse = forms.ModelChoiceField(
        label=_("Factory warehouse"), queryset=Warehouse.objects.filter(kind=Warehouse.Kind.FACTORY)
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("warehouse", self.fields["warehouse"].queryset.first())


class ReleaseForm(StepForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


OrderLines = lines_of(OrderLineForm)

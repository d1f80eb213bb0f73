"""Money that comes in is spread over what its payer owes; what is left is used later or goes back."""

from decimal import Decimal, InvalidOperation

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from contracts import actions, forms, pages, rules
from contracts.models import Receipt, Receivable
from contracts.pricing import LARGEST_TOTAL
from contracts.rules import CENT
from core.formats import money
from core.views import AddPage
from core.views.deeds import DeedPage
from core.views.page import Page
from customers.models import Customer
from dealers.models import Dealer
from users.models import User


def debts_of(payer: Dealer | Customer | None, reader: User):
    """Open receivables of a payer, the oldest first."""
    if payer is None:
        return Receivable.objects.none()
    return Receivable.objects.visible_to(reader).of(payer).oldest_first().select_related("order")


class _Debts:
    """Who pays and how much is read from what stands in the form."""

    def payer(self, typed) -> Dealer | Customer | None:
        for name, model in (("payer_dealer", Dealer), ("payer_customer", Customer)):
            key = typed.get(name, "")
            if key.isdecimal() and len(key) < 19:
                return model.objects.visible_to(self.request.user).filter(pk=int(key)).first()
        return None

    def debts_form(self, typed, data=None) -> forms.DebtsForm:
        debts = debts_of(self.payer(typed), self.request.user)[: forms.MOST_DEBTS]
        return forms.DebtsForm(data, debts=list(debts), money=_amount(typed.get("amount", "")))


class ReceiptAddPage(_Debts, AddPage):
    """Where no amounts per order were sent, as by a script, the oldest debts are paid first."""

    pages = pages.RECEIPTS

    @cached_property
    def is_spread(self) -> bool:
        return any(name.startswith("settle-") for name in self.request.POST)

    @cached_property
    def debts(self) -> forms.DebtsForm:
        if self.request.method == "POST":
            return self.debts_form(self.request.POST, self.request.POST if self.is_spread else None)
        return self.debts_form(self.request.GET)

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(debts=self.debts, **context)

    def form_valid(self, form):
        if self.is_spread and not self.debts.is_valid():
            return self.form_invalid(form)
        return super().form_valid(form)

    def act(self, fields: dict):
        if self.is_spread:
            return super().act(fields | {"settles": self.debts.settles})
        owed = debts_of(fields["payer_dealer"] or fields["payer_customer"], self.request.user)
        parts = rules.oldest_first(fields["amount"], owed.values_list("pk", "outstanding_amount"))
        return super().act(fields | {"settles": parts})

    def saved_message(self, receipt: Receipt) -> str:
        receipt.refresh_from_db()
        return _("Receipt %(number)s over %(amount)s yuan was entered; %(left)s yuan of it are a prepayment.") % {
            "number": receipt,
            "amount": money(receipt.amount),
            "left": money(receipt.prepaid_amount),
        }


class ReceiptDebtsPage(_Debts, Page, TemplateView):
    """What the chosen payer owes, put into the open form."""

    pages = pages.RECEIPTS
    verb = "add"
    template_name = "contracts/_debts.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(debts=self.debts_form(self.request.GET), **context)


class UsePrepaymentPage(DeedPage):
    pages = pages.RECEIPTS
    permission = "contracts.use_receipt"
    template_page = "use"

    @property
    def heading(self) -> str:
        return _("Use the prepayment")

    def get_queryset(self):
        return super().get_queryset().select_related("payer_dealer", "payer_customer")

    def get_form(self, form_class=None) -> forms.DebtsForm:
        debts = debts_of(self.object.payer, self.request.user)[: forms.MOST_DEBTS]
        data = self.request.POST if self.request.method == "POST" else None
        return forms.DebtsForm(data, debts=list(debts), money=self.object.prepaid_amount)

    def form_valid(self, form):
        self.settles = form.settles
        return super().form_valid(form)

    def act(self, fields: dict) -> str:
        rows = actions.use_prepayment(self.object.pk, by=self.request.user, settles=self.settles)
        used = sum((row.amount for row in rows), Decimal(0))
        return _("%(amount)s yuan of receipt %(number)s were used.") % {"amount": money(used), "number": self.object}


class RefundPage(DeedPage):
    pages = pages.RECEIPTS
    permission = "contracts.refund_receipt"
    form_class = forms.RefundForm

    @property
    def heading(self) -> str:
        return _("Refund")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"record": self.object}

    def get_initial(self) -> dict:
        return {"amount": self.object.prepaid_amount}

    def act(self, fields: dict) -> str:
        refund = actions.refund_receipt(self.object.pk, by=self.request.user, **fields)
        return _("Refund %(number)s over %(amount)s yuan was entered.") % {
            "number": refund,
            "amount": money(refund.amount),
        }


class WriteOffPage(DeedPage):
    pages = pages.RECEIVABLES
    permission = "contracts.writeoff_receivable"
    form_class = forms.WriteOffForm

    @property
    def heading(self) -> str:
        return _("Write off")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"record": self.object}

    def get_initial(self) -> dict:
        return {"amount": self.object.outstanding_amount}

    def act(self, fields: dict) -> str:
        entry = actions.write_off(self.object.pk, by=self.request.user, **fields)
        return _("%(amount)s yuan of “%(order)s” were written off.") % {
            "amount": money(-entry.amount),
            "order": self.object,
        }


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    is_money = amount.is_finite() and CENT.adjusted() <= amount.adjusted() <= LARGEST_TOTAL.adjusted()
    return amount if is_money else None

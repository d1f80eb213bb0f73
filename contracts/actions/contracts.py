from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contracts.models import Contract
from core.errors import RuleBroken
from core.notices import notify
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from customers.models import Customer
from dealers.models import Dealer
from users.models import User


@transaction.atomic
def add_contract(
    *, by: User, kind: str, dealer: Dealer | None = None, customer: Customer | None = None, **fields
) -> Contract:
    """The contract stands in the unit of its partner, so that the partner's people see it."""
    _check_partner(kind, dealer, customer)
    check_term(fields["starts_on"], fields["ends_on"])
    partner = dealer or customer
    number = next_number("contract", prefix="HT", on=timezone.localdate())
    contract = Contract.objects.create(
        number=number,
        kind=kind,
        dealer=dealer,
        customer=customer,
        owner=by,
        unit=partner.unit,
        search_text=search_text(number, partner.name),
        **fields,
    )
    log_status(contract, by=by, step="add", before="", after=contract.status)
    return contract


@transaction.atomic
def change_contract(contract_id: int, *, by: User, **fields) -> Contract:
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract_id)
    if contract.status not in Contract.CHANGEABLE:
        raise RuleBroken(
            _("“%(record)s” is %(status)s and can no longer be changed.")
            % {"record": contract, "status": contract.get_status_display()}
        )
    for name, value in fields.items():
        setattr(contract, name, value)
    _check_partner(contract.kind, contract.dealer, contract.customer)
    check_term(contract.starts_on, contract.ends_on)
    contract.unit = contract.partner.unit
    contract.search_text = search_text(contract.number, contract.partner.name)
    contract.save(update_fields=[*fields, "unit", "search_text"])
    return contract


@transaction.atomic
def remind_of_renewals(today: date) -> int:
    """Once for each contract that is about to end, its owner is told; another run finds nothing left."""
    ending = Contract.objects.select_for_update(of=("self",), skip_locked=True).to_be_renewed(today).order_by("pk")
    contracts = list(ending)
    for contract in contracts:
        contract.reminded_on = today
        contract.save(update_fields=["reminded_on"])
        if contract.owner_id:
            notify(
                [contract.owner_id],
                gettext_noop("The contract %(contract)s ends on %(day)s. Renew it in time."),
                url=reverse("contracts:contract_detail", args=[contract.pk]),
                contract=contract.number,
                day=contract.ends_on.isoformat(),
            )
    return len(contracts)


def check_first_tier(dealer: Dealer | None, field: str) -> None:
    """The company contracts with the first tier, ships to it and invoices it (DOMAIN 1.5)."""
    if dealer is not None and dealer.parent_id is not None:
        raise RuleBroken(
            {
                field: _("“%(outlet)s” is a second-tier outlet and buys from “%(dealer)s”. Choose that dealer instead.")
                % {"outlet": dealer, "dealer": dealer.parent}
            }
        )


def check_term(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RuleBroken({"ends_on": _("The last day lies before the first day.")})


def _check_partner(kind: str, dealer: Dealer | None, customer: Customer | None) -> None:
    check_first_tier(dealer, "dealer")
    if kind == Contract.Kind.ANNUAL_DEALER and (dealer is None or customer is not None):
        raise RuleBroken({"dealer": _("An annual dealer contract is made with a dealer, and with nobody else.")})
    if kind != Contract.Kind.ANNUAL_DEALER and (customer is None or dealer is not None):
        raise RuleBroken({"customer": _("This kind of contract is made with a customer, and with nobody else.")})

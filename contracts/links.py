"""Where one goes from a record: the next document, the next deed, the record it belongs to."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from contracts.models import (
    Allocation,
    AllocationProposal,
    Contract,
    ContractSeal,
    Order,
    ProposedCar,
    Quotation,
    RebateAccrual,
    Receipt,
    Receivable,
    Retail,
)
from core.periods import Period
from customers.models import Customer
from dealers.models import Dealer, RebatePolicy
from dealers.statements import dealers_with_open_accounts
from inventory.models import Vehicle
from users.visibility import reaches

Link = tuple[str, str]


def order_form(**initial) -> str:
    return f"{reverse('contracts:order_add')}?{urlencode({name: value for name, value in initial.items() if value})}"


def quotation_form(**initial) -> str:
    return f"{reverse('contracts:quotation_add')}?{urlencode(initial)}"


def receipt_form(payer: Dealer | Customer) -> str:
    name = "payer_dealer" if isinstance(payer, Dealer) else "payer_customer"
    return f"{reverse('contracts:receipt_add')}?{urlencode({name: payer.pk})}"


def counted_retails(period: Period, **filters) -> str:
    """The list of exactly the retail sales that a figure of the period counts."""
    chosen = {name: value for name, value in filters.items() if value}
    days = {"from_day": period.start, "to_day": period.last_day}
    return f"{reverse('contracts:retail_list')}?{urlencode(days | chosen | {'is_counted': 'true'})}"


def of_quotation(quotation: Quotation, user) -> Iterator[Link]:
    yield _("PDF"), reverse("contracts:quotation_pdf", args=[quotation.pk])
    if quotation.status != Quotation.Status.ACCEPTED:
        return
    contract = Contract.objects.visible_to(user).filter(quotation=quotation).first()
    if contract:
        yield _("Open the contract"), reverse("contracts:contract_detail", args=[contract.pk])
    if user.has_perm("contracts.add_order"):
        about = {"quotation": quotation.pk, "customer": quotation.customer_id, "opportunity": quotation.opportunity_id}
        yield _("Make an order"), order_form(**about)


def renewal_of(contract: Contract) -> str:
    """The form of a new contract of the same terms, which begins when this one ends."""
    starts_on = contract.ends_on + timedelta(days=1)
    names = ("kind", "agreed_count", "agreed_amount", "deposit_percent", "deposit_days", "payment_days")
    terms = {name: getattr(contract, name) for name in (*names, "instalment_count", "dealer_id", "customer_id")}
    terms |= {"starts_on": starts_on, "ends_on": starts_on + (contract.ends_on - contract.starts_on)}
    about = {name.removesuffix("_id"): value for name, value in terms.items() if value is not None}
    return f"{reverse('contracts:contract_add')}?{urlencode(about)}"


def of_contract(contract: Contract, user) -> Iterator[Link]:
    yield _("PDF"), reverse("contracts:contract_pdf", args=[contract.pk])
    if contract.status in Contract.IN_FORCE and reaches(user, Contract, contract.pk, "seal"):
        yield _("Seal the contract"), reverse("contracts:contract_seal", args=[contract.pk])
    quotation = contract.quotation
    if reaches(user, Quotation, contract.quotation_id):
        yield _("Open the quotation"), reverse("contracts:quotation_detail", args=[quotation.pk])
    may_amend = contract.status in Contract.IN_FORCE and user.has_perm("contracts.add_contractamendment")
    if may_amend and reaches(user, Contract, contract.pk, "change"):
        yield _("Amend the contract"), reverse("contracts:contract_amend", args=[contract.pk])
    if user.has_perm("contracts.add_order") and contract.status in Contract.IN_FORCE:
        about = {"contract": contract.pk, "buyer_dealer": contract.dealer_id}
        if quotation:
            about |= {"buyer_customer": contract.customer_id, "quotation": quotation.pk}
            about |= {"opportunity": quotation.opportunity_id}
        yield _("Make an order"), order_form(**about)


def of_contract_seal(seal: ContractSeal, user) -> Iterator[Link]:
    yield _("Sealed PDF"), reverse("contracts:contractseal_file", args=[seal.pk])
    yield _("Check a sealed file"), reverse("contracts:contractseal_check", args=[seal.pk])
    if reaches(user, Contract, seal.contract_id):
        yield _("Open the contract"), reverse("contracts:contract_detail", args=[seal.contract_id])


def of_order(order: Order, user) -> Iterator[Link]:
    yield _("PDF"), reverse("contracts:order_pdf", args=[order.pk])
    yield from change_of_order(order, user)
    has_open_lines = order.status in (Order.Status.APPROVED, Order.Status.ALLOCATED)
    if has_open_lines and reaches(user, Order, order.pk, "allocate"):
        yield _("Allocate cars"), reverse("contracts:order_allocate", args=[order.pk])
        if user.has_perm("contracts.add_allocationproposal"):
            yield _("Propose cars"), f"{reverse('contracts:allocationproposal_add')}?order={order.pk}"


def change_of_order(order: Order, user) -> Iterator[Link]:
    may_amend = order.status in Order.AMENDABLE and user.has_perm("contracts.add_orderversion")
    if may_amend and reaches(user, Order, order.pk, "change"):
        yield _("Change the order"), reverse("contracts:order_change", args=[order.pk])


def of_proposal(proposal: AllocationProposal, user) -> Iterator[Link]:
    yield _("All proposed cars"), f"{reverse('contracts:proposedcar_list')}?proposal={proposal.pk}"


def of_proposed_car(proposed: ProposedCar, user) -> Iterator[Link]:
    yield _("Open the proposal"), reverse("contracts:allocationproposal_detail", args=[proposed.proposal_id])
    yield from _order(proposed.order_line.order_id, user)


def of_allocation(allocation: Allocation, user) -> Iterator[Link]:
    order = allocation.order_line.order
    ready = Allocation.Status.SHIPPED if order.is_direct else Allocation.Status.RECEIVED
    if allocation.status == ready and reaches(user, Allocation, allocation.pk, "retail"):
        yield _("Enter the retail sale"), reverse("contracts:allocation_retail", args=[allocation.pk])
    if allocation.status == Allocation.Status.RESERVED and reaches(user, Allocation, allocation.pk, "release"):
        yield _("Give the car back"), reverse("contracts:allocation_release", args=[allocation.pk])
    if allocation.status in Allocation.WHOLESALED and reaches(user, Allocation, allocation.pk, "return"):
        yield _("Return the car to the factory"), reverse("contracts:allocation_return", args=[allocation.pk])
    yield from _order(order.pk, user)
    yield from _vehicle(allocation.vehicle_id, user)


def of_retail(retail: Retail, user) -> Iterator[Link]:
    if retail.is_live and reaches(user, Retail, retail.pk, "reverse"):
        yield _("Take the sale back"), reverse("contracts:retail_take_back", args=[retail.pk])
    if reaches(user, Retail, retail.reverses_id):
        yield _("Open the sale taken back"), reverse("contracts:retail_detail", args=[retail.reverses_id])
    yield from _vehicle(retail.vehicle_id, user)


def of_receivable(receivable: Receivable, user) -> Iterator[Link]:
    if user.has_perm("contracts.add_receipt") and receivable.outstanding_amount:
        yield _("Enter a receipt"), receipt_form(receivable.buyer)
    if receivable.outstanding_amount and reaches(user, Receivable, receivable.pk, "writeoff"):
        yield _("Write off"), reverse("contracts:receivable_write_off", args=[receivable.pk])
    yield from _order(receivable.order_id, user)


def of_rebate_accrual(accrual: RebateAccrual, user) -> Iterator[Link]:
    yield _("All rows"), f"{reverse('contracts:rebatebasis_list')}?accrual={accrual.pk}"
    if reaches(user, RebatePolicy, accrual.policy_id):
        yield _("Rebate policy"), reverse("dealers:rebatepolicy_detail", args=[accrual.policy_id])
    if dealers_with_open_accounts(user).filter(pk=accrual.dealer_id).exists():
        yield _("Rebate statement"), rebate_statement(accrual.dealer_id, accrual.month.year)


def rebate_statement(dealer_id: int, year: int) -> str:
    return f"{reverse('contracts:rebate_statement', args=[dealer_id])}?year={year}"


def of_receipt(receipt: Receipt, user) -> Iterator[Link]:
    if not receipt.prepaid_amount:
        return
    if reaches(user, Receipt, receipt.pk, "use"):
        yield _("Use the prepayment"), reverse("contracts:receipt_use", args=[receipt.pk])
    if reaches(user, Receipt, receipt.pk, "refund"):
        yield _("Refund"), reverse("contracts:receipt_refund", args=[receipt.pk])


def _order(key: int, user) -> Iterator[Link]:
    if reaches(user, Order, key):
        yield _("Open the order"), reverse("contracts:order_detail", args=[key])


def _vehicle(key: int, user) -> Iterator[Link]:
    if reaches(user, Vehicle, key):
        yield _("Open the vehicle"), reverse("inventory:vehicle_detail", args=[key])

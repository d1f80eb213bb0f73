from contracts.actions.accounts import post_invoices
from contracts.actions.allocations import allocate_vehicles, release_allocation, release_expired_allocations
from contracts.actions.amendments import propose_amendment
from contracts.actions.approvals import release_all_held_orders, release_held_orders
from contracts.actions.contracts import add_contract, change_contract, remind_of_renewals
from contracts.actions.deliveries import invoice_cars, receive_cars, ship_cars
from contracts.actions.discounts import add_discount_limit, change_discount_limit
from contracts.actions.order_versions import propose_version
from contracts.actions.orders import change_order, place_order, refresh_order_status
from contracts.actions.price_conditions import add_price_condition, change_price_condition
from contracts.actions.proposals import (
    apply_proposal,
    change_proposed_car,
    leave_out_cars,
    propose_allocation,
)
from contracts.actions.quotations import (
    add_quotation,
    change_quotation,
    contract_from,
    expire_quotations,
    log_printing,
    price_as_of,
    revise_quotation,
)
from contracts.actions.rebate_uses import return_rebate, use_rebate
from contracts.actions.rebates import accrue_rebates
from contracts.actions.receipts import record_receipt, refund_receipt, use_prepayment
from contracts.actions.receivables import (
    lower_receivable,
    open_receivable,
    raise_receivable,
    take_back_receivable,
    write_off,
)
from contracts.actions.reminders import remind_of_payments
from contracts.actions.retails import refute_retail, refute_returned_sale, retail_car
from contracts.actions.returns import return_car, take_back_retail
from contracts.actions.seals import check_sealed_file, seal_contract
from contracts.actions.terms import add_paper_terms, add_standard_terms, change_paper_terms

__all__ = [
    "propose_amendment",
    "accrue_rebates",
    "add_contract",
    "add_discount_limit",
    "add_paper_terms",
    "add_price_condition",
    "add_quotation",
    "add_standard_terms",
    "allocate_vehicles",
    "apply_proposal",
    "change_contract",
    "change_discount_limit",
    "change_order",
    "change_paper_terms",
    "change_price_condition",
    "change_proposed_car",
    "change_quotation",
    "check_sealed_file",
    "contract_from",
    "expire_quotations",
    "invoice_cars",
    "leave_out_cars",
    "log_printing",
    "lower_receivable",
    "open_receivable",
    "place_order",
    "post_invoices",
    "price_as_of",
    "propose_allocation",
    "propose_version",
    "raise_receivable",
    "receive_cars",
    "record_receipt",
    "refresh_order_status",
    "refund_receipt",
    "refute_retail",
    "refute_returned_sale",
    "release_all_held_orders",
    "release_allocation",
    "release_expired_allocations",
    "release_held_orders",
    "remind_of_payments",
    "remind_of_renewals",
    "retail_car",
    "return_car",
    "return_rebate",
    "revise_quotation",
    "seal_contract",
    "ship_cars",
    "take_back_receivable",
    "take_back_retail",
    "use_prepayment",
    "use_rebate",
    "write_off",
]

from customers.actions.activities import (
    add_timeline_entry,
    record_contact,
    record_milestone,
    withdraw_milestone,
)
from customers.actions.contacts import add_contact, change_contact, renew_birthdays
from customers.actions.customers import add_customer, change_customer, record_purchase, rewrite_id_numbers
from customers.actions.digests import send_digests
from customers.actions.key_accounts import change_registration, register_project
from customers.actions.leads import change_lead, convert_lead, record_lead
from customers.actions.opportunities import (
    add_competitor,
    add_opportunity,
    change_competitor,
    change_opportunity,
    close_as_lost,
    close_as_won,
    enter_stage,
    keep_open,
    note_loss,
    open_again,
    reopen_opportunity,
    undo_move,
    win_opportunity,
)
from customers.actions.pipelines import (
    add_pipeline,
    add_stage,
    add_standard_pipeline,
    change_pipeline,
    change_stage,
)
from customers.actions.sources import add_source, change_source

__all__ = [
    "add_competitor",
    "add_contact",
    "add_customer",
    "add_opportunity",
    "add_pipeline",
    "add_source",
    "add_stage",
    "add_standard_pipeline",
    "add_timeline_entry",
    "change_competitor",
    "change_contact",
    "change_customer",
    "change_lead",
    "change_opportunity",
    "change_pipeline",
    "change_registration",
    "change_source",
    "change_stage",
    "close_as_lost",
    "close_as_won",
    "convert_lead",
    "enter_stage",
    "keep_open",
    "note_loss",
    "open_again",
    "record_contact",
    "record_lead",
    "record_milestone",
    "record_purchase",
    "register_project",
    "renew_birthdays",
    "reopen_opportunity",
    "rewrite_id_numbers",
    "send_digests",
    "undo_move",
    "win_opportunity",
    "withdraw_milestone",
]

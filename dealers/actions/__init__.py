from dealers.actions.accounts import enter_by_hand, post_entries, post_entry
from dealers.actions.authorisations import add_authorisation, change_authorisation
from dealers.actions.credit import ask_for_credit_line, set_credit_line
from dealers.actions.dealers import add_dealer, change_dealer
from dealers.actions.papers import add_paper, change_paper, remind_of_papers
from dealers.actions.rebates import add_rebate_policy, change_rebate_policy, next_version
from dealers.actions.stations import add_station, change_station
from dealers.actions.targets import add_target, change_target

__all__ = [
    "add_authorisation",
    "add_dealer",
    "add_paper",
    "add_rebate_policy",
    "add_station",
    "add_target",
    "change_authorisation",
    "change_dealer",
    "ask_for_credit_line",
    "change_paper",
    "change_rebate_policy",
    "change_station",
    "change_target",
    "enter_by_hand",
    "next_version",
    "remind_of_papers",
    "set_credit_line",
    "post_entries",
    "post_entry",
]

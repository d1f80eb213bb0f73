from dealers.models.accounts import AccountEntry
from dealers.models.credit import CreditLineChange
from dealers.models.network import Authorisation, Dealer, ServiceStation
from dealers.models.papers import DealerPaper
from dealers.models.rebates import RebatePolicy, RebateTier
from dealers.models.targets import DealerTarget

__all__ = [
    "AccountEntry",
    "Authorisation",
    "CreditLineChange",
    "Dealer",
    "DealerPaper",
    "DealerTarget",
    "RebatePolicy",
    "RebateTier",
    "ServiceStation",
]

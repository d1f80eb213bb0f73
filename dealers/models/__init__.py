from dealers.models.accounts import AccountEntry
from dealers.models.network import Authorisation, Dealer, ServiceStation
from dealers.models.rebates import RebatePolicy, RebateTier
from dealers.models.targets import DealerTarget

__all__ = [
    "AccountEntry",
    "Authorisation",
    "Dealer",
    "DealerTarget",
    "RebatePolicy",
    "RebateTier",
    "ServiceStation",
]

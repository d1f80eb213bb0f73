from dealers.actions.authorisations import add_authorisation, change_authorisation
from dealers.actions.dealers import add_dealer, change_dealer
from dealers.actions.stations import add_station, change_station

__all__ = [
    "add_authorisation",
    "add_dealer",
    "add_station",
    "change_authorisation",
    "change_dealer",
    "change_station",
]

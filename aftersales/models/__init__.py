from aftersales.models.claims import Claim, ClaimLine
from aftersales.models.prices import LabourOperation, LabourRate, Part
from aftersales.models.requests import ServiceRequest

__all__ = ["Claim", "ClaimLine", "LabourOperation", "LabourRate", "Part", "ServiceRequest"]

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales import queries
from aftersales.models import ServiceRequest
from core.errors import RuleBroken
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from customers.rules import plain_phone
from users.models import User


@transaction.atomic
def add_service_request(*, by: User, caller_name: str, phone: str, complaint: str, vin: str = "") -> ServiceRequest:
    """The car's last buyer is taken for the customer; without a VIN the request stands alone."""
    request = ServiceRequest(
        number=next_number("service_request", prefix="FW", on=timezone.localdate()),
        caller_name=caller_name.strip(),
        phone=plain_phone(phone),
        complaint=complaint,
        owner=by,
        unit=by.unit,
    )
    _name_vehicle(request, vin)
    request.save()
    log_status(request, by=by, step="add", before="", after=request.status)
    return request


@transaction.atomic
def change_service_request(
    request_id: int, *, by: User, caller_name: str, phone: str, complaint: str, vin: str = ""
) -> ServiceRequest:
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.status not in ServiceRequest.CHANGEABLE:
        raise RuleBroken(
            _("“%(request)s” is %(status)s and can no longer be changed.")
            % {"request": request, "status": request.get_status_display()}
        )
    request.caller_name, request.phone, request.complaint = caller_name.strip(), plain_phone(phone), complaint
    _name_vehicle(request, vin)
    request.save(update_fields=["caller_name", "phone", "complaint", "vehicle", "customer", "search_text"])
    return request


def _name_vehicle(request: ServiceRequest, vin: str) -> None:
    request.vehicle = queries.vehicle_with(vin) if vin.strip() else None
    retail = queries.retail_of(request.vehicle.pk) if request.vehicle else None
    request.customer = retail.customer if retail else None
    numbers = [request.number] + ([request.vehicle.vin] if request.vehicle else [])
    request.search_text = search_text(request.caller_name, *numbers, phones=[request.phone])

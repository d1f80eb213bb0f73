import pytest
from django.urls import reverse

from aftersales import workflow
from aftersales.models import ServiceRequest
from aftersales.tests.factories import make_labourrate, make_part, make_servicerequest
from contracts.tests.factories import make_retail
from core.errors import RuleBroken
from core.workflow import take
from users.access import Role
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db
R = ServiceRequest.Status
WAYS = {("answer", R.OPEN): R.ANSWERED, ("close", R.ANSWERED): R.CLOSED}


@pytest.mark.parametrize("status", R.values)
@pytest.mark.parametrize("name", [step.name for step in workflow.SERVICE_REQUEST_STEPS])
def test_each_step_is_open_from_its_statuses_only(cast, status, name):
    request = make_servicerequest()
    ServiceRequest.objects.filter(pk=request.pk).update(status=status, answer="已答复")
    step = next(step for step in workflow.SERVICE_REQUEST_STEPS if step.name == name)
    data = {"answer": "请到站检查"} if name == "answer" else {}
    by = make_user(roles=[Role.CLAIMS_OFFICER])
    if (name, status) in WAYS:
        taken = take(step, request.pk, ServiceRequest, by=by, **data)
        assert taken.status == WAYS[name, status]
        return
    with pytest.raises(RuleBroken):
        take(step, request.pk, ServiceRequest, by=by, **data)


def test_station_records_a_call_and_the_buyer_of_the_car_is_named(client, station):
    sold = make_retail()
    client.force_login(station)
    posted = {"caller_name": "刘洋", "phone": "13612345678", "complaint": "异响", "vin": sold.vehicle.vin}
    assert client.post(reverse("aftersales:servicerequest_add"), posted).status_code == 302
    request = ServiceRequest.objects.get()
    assert (request.customer, request.vehicle, request.unit) == (sold.customer, sold.vehicle, station.unit)
    edit = reverse("aftersales:servicerequest_edit", args=[request.pk])
    assert sold.vehicle.vin in client.get(edit).content.decode()


def test_call_without_a_vin_stands_alone_and_a_wrong_vin_is_refused(client, station):
    client.force_login(station)
    posted = {"caller_name": "刘洋", "phone": "13612345678", "complaint": "咨询保养", "vin": ""}
    url = reverse("aftersales:servicerequest_add")
    assert client.post(url, posted).status_code == 302
    assert ServiceRequest.objects.get().vehicle is None
    assert "vin" in client.post(url, posted | {"vin": "LKHGF1AH6TA999999"}).context["form"].errors


def test_answer_is_kept_and_closes_the_request_for_changes(client, claims):
    request = make_servicerequest()
    client.force_login(claims)
    step = reverse("aftersales:servicerequest_step", args=[request.pk, "answer"])
    assert client.post(step, {"answer": ""}).context["form"].errors
    assert client.post(step, {"answer": "请到站检查"}).status_code == 302
    request.refresh_from_db()
    assert (request.status, request.answer) == (R.ANSWERED, "请到站检查")
    posted = {"caller_name": "刘洋", "phone": "13612345678", "complaint": "异响", "vin": ""}
    edit = reverse("aftersales:servicerequest_edit", args=[request.pk])
    assert client.post(edit, posted).context["form"].non_field_errors()


def test_technician_keeps_the_parts_and_settlement_the_rates(client, technician, settlement, station):
    part, rate = make_part(), make_labourrate()
    part_url = reverse("aftersales:part_edit", args=[part.pk])
    rate_url = reverse("aftersales:labourrate_edit", args=[rate.pk])
    for person, may_part, may_rate in ((technician, 200, 403), (settlement, 403, 200), (station, 403, 403)):
        client.force_login(person)
        assert client.get(part_url).status_code == may_part
        assert client.get(rate_url).status_code == may_rate


def test_part_is_priced_and_found_by_its_number(client, technician):
    client.force_login(technician)
    posted = {
        "number": "3501-77",
        "name": "前制动盘",
        "assembly": "brakes",
        "price_amount": "320",
        "handling_percent": "10",
    }
    assert client.post(reverse("aftersales:part_add"), posted).status_code == 302
    listed = client.get(reverse("aftersales:part_list"), {"q": "3501-77"})
    assert len(listed.context["rows"]) == 1

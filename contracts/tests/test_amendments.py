"""The terms of a contract in force, changed by a version that somebody else approves."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from contracts import actions
from contracts.models import Contract, ContractAmendment
from contracts.tests.factories import clerk, make_contract, make_contractamendment, signed_contract
from contracts.workflow import AMENDMENT_STEPS
from core.errors import RuleBroken
from core.workflow import take
from users.tests.factories import make_approvalflow

pytestmark = pytest.mark.django_db


def decide(amendment: ContractAmendment, name: str, **data) -> ContractAmendment:
    step = next(step for step in AMENDMENT_STEPS if step.name == name)
    return take(step, amendment.pk, ContractAmendment, by=data.pop("by", clerk("approver")), **data)


def test_an_amendment_holds_once_somebody_else_has_approved_it(cast):
    amendment = make_contractamendment()
    assert Contract.objects.get(pk=amendment.contract_id).agreed_count == 300
    with pytest.raises(RuleBroken):
        decide(amendment, "approve", by=clerk())
    decide(amendment, "approve")
    assert Contract.objects.get(pk=amendment.contract_id).agreed_count == 400
    assert (amendment.version, amendment.former_agreed_count) == (2, 300)


def test_a_rejected_amendment_changes_nothing(cast):
    amendment = make_contractamendment()
    decide(amendment, "reject", note="无依据")
    assert Contract.objects.get(pk=amendment.contract_id).agreed_count == 300


def test_the_salesman_asks_for_it_on_the_page_of_the_contract(client, sales1, cast):
    contract = signed_contract(unit=sales1.unit, owner=sales1)
    client.force_login(sales1)
    url = reverse("contracts:contract_amend", args=[contract.pk])
    page = client.get(reverse("contracts:contract_detail", args=[contract.pk]))
    assert url in [link for _label, link in page.context["links"]]
    terms = {"ends_on": "2099-12-31", "agreed_count": 300, "agreed_amount": contract.agreed_amount, "payment_days": 30}
    assert "agreed_count" in client.get(url).context["form"].initial
    assert client.post(url, terms | {"reason": "无变化"}).status_code == 200
    assert client.post(url, terms | {"ends_on": "2025-01-01", "reason": "提前"}).status_code == 200
    assert client.post(url, terms | {"ends_on": "2098-12-31", "reason": "提前"}).status_code == 302
    amendment = contract.amendments.get()
    assert (amendment.former_ends_on, amendment.ends_on) == (date(2099, 12, 31), date(2098, 12, 31))
    assert client.post(url, terms | {"ends_on": "2097-12-31", "reason": "再提前"}).status_code == 200


def test_a_colleagues_contract_offers_no_amendment(client, sales1, sales2, manager):
    contract = signed_contract(unit=sales1.unit, owner=sales2)
    url = reverse("contracts:contract_amend", args=[contract.pk])
    for reader, may in ((sales1, False), (sales2, True), (manager, True)):
        client.force_login(reader)
        page = client.get(reverse("contracts:contract_detail", args=[contract.pk]))
        assert (url in [link for _label, link in page.context["links"]]) is may
        assert client.get(url).status_code == (200 if may else 404)


def test_a_draft_is_edited_not_amended(client, sales1, cast):
    contract = make_contract(unit=sales1.unit, owner=sales1)
    client.force_login(sales1)
    page = client.get(reverse("contracts:contract_detail", args=[contract.pk]))
    assert reverse("contracts:contract_amend", args=[contract.pk]) not in [url for _label, url in page.context["links"]]


def test_an_amendment_passes_the_bands_of_its_new_amount(sales1, manager, director):
    manager_step = {"kind": "role", "role": "regional_manager"}
    director_step = {"kind": "role", "role": "director", "min_amount": 100_000_000}
    make_approvalflow(manager_step, director_step, subject="contracts.contractamendment")
    contract = signed_contract(unit=sales1.unit, owner=sales1)
    terms = {name: getattr(contract, name) for name in ContractAmendment.TERMS} | {
        "agreed_amount": Decimal("100000000")
    }
    amendment = actions.propose_amendment(contract.pk, by=sales1, reason="增量", **terms)
    assert decide(amendment, "approve", by=manager).status == "submitted"
    assert decide(amendment, "approve", by=director).status == "approved"
    contract.refresh_from_db()
    assert contract.agreed_amount == 100_000_000

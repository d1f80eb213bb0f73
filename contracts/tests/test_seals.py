"""Contracts on paper and under seal: who seals what, the file that is kept, and how it is known again."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from contracts import actions, seals
from contracts.models import Contract, ContractSeal
from contracts.papers import contract_pdf
from contracts.tests.factories import clerk, make_contract, make_contractamendment, quotation_at, signed_contract
from contracts.tests.test_amendments import decide
from core.errors import RuleBroken
from core.models import ExportLog
from core.tests.pdf_text import pages_of
from customers.tests.factories import make_customer
from dealers.tests.factories import make_dealer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def contract(cast):
    return signed_contract(
        dealer=make_dealer(unit=cast["dealer"].unit), agreed_amount="12600000.00", deposit_percent=20, note="含赠品"
    )


def seal(contract: Contract, **fields) -> ContractSeal:
    return actions.seal_contract(contract.pk, **{"by": clerk(), "purpose": "年度签约"} | fields)


def fetched(client, name: str, pk: int) -> bytes:
    answer = client.get(reverse(f"contracts:{name}", args=[pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    return b"".join(answer.streaming_content)


def test_a_contract_is_printed_with_both_sides_and_what_is_agreed(client, dealer, contract):
    client.force_login(dealer)
    (page,) = pages_of(fetched(client, "contract_pdf", contract.pk))
    agreed = ("300", "12,600,000.00", "壹仟贰佰陆拾万元整", "20.00%", "含赠品", "V1")
    for words in ("经销商年度合同", "哈飞汽车销售公司", contract.dealer.name, contract.number, "2026-01-01", *agreed):
        assert words in page.replace(" %", "%"), words
    assert ExportLog.objects.get().query == f"pdf={contract}"


@pytest.mark.parametrize(
    ("status", "mark"), [("draft", "尚未签订"), ("void", "已失效"), ("terminated", "已失效"), ("signed", "")]
)
def test_a_contract_not_in_force_says_so_across_the_page(cast, status, mark):
    contract = make_contract()
    contract.status = status
    (page,) = pages_of(contract_pdf(contract))
    assert [word for word in ("尚未签订", "已失效") if word in page] == ([mark] if mark else [])


def test_finance_seals_a_signed_contract_and_its_file_is_fetched_and_checked(client, finance, dealer, contract):
    client.force_login(finance)
    assert reverse("contracts:contract_seal", args=[contract.pk]) in record_page(client, contract)
    client.post(reverse("contracts:contract_seal", args=[contract.pk]), {"purpose": "年度签约"})
    sealed = ContractSeal.objects.get()
    assert (sealed.contract, sealed.version, sealed.sealed_by, sealed.gateway) == (contract, 1, finance, "local")
    client.force_login(dealer)
    content = fetched(client, "contractseal_file", sealed.pk)
    assert hashlib.sha256(content).hexdigest() == sealed.sha256
    (page,) = pages_of(content)
    rim, today = "\n".join("哈飞汽车销售公司"), timezone.localdate().isoformat()
    assert rim in page and today in page
    assert rim not in pages_of(contract_pdf(contract))[0]


def record_page(client, contract) -> str:
    return client.get(reverse("contracts:contract_detail", args=[contract.pk])).content.decode()


def test_a_file_is_the_sealed_one_byte_for_byte_or_refused(client, dealer, contract):
    sealed = seal(contract)
    address = reverse("contracts:contractseal_check", args=[sealed.pk])
    with sealed.file.open("rb") as kept:
        content = kept.read()
    client.force_login(dealer)
    assert client.post(address, {}).status_code == 302
    assert client.post(address, {"file": SimpleUploadedFile("a.pdf", content)}).status_code == 302
    forged = content.replace(b"/Title", b"/Titel")
    assert len(forged) == len(content)
    refused = client.post(address, {"file": SimpleUploadedFile("a.pdf", forged)})
    assert refused.status_code == 200 and sealed.contract.number in str(refused.context["form"].errors)


def test_a_kept_file_that_was_touched_is_found_out(contract):
    sealed = seal(contract)
    with open(sealed.file.path, "ab") as kept:
        kept.write(b"\n")
    with pytest.raises(RuleBroken):
        actions.check_sealed_file(sealed, sealed.file)


def test_who_may_not_seal_sees_no_button_and_is_refused(client, dealer, manager, sales1, contract):
    for person in (dealer, manager, sales1):
        client.force_login(person)
        address = reverse("contracts:contract_seal", args=[contract.pk])
        assert address not in record_page(client, contract)
        assert client.post(address, {"purpose": "x"}).status_code == 403
    assert not ContractSeal.objects.exists()


@pytest.mark.parametrize("status", ["draft", "submitted", "suspended", "terminated", "completed", "void"])
def test_only_a_contract_in_force_is_sealed(contract, status):
    Contract.objects.filter(pk=contract.pk).update(status=status)
    with pytest.raises(RuleBroken, match=contract.number):
        seal(contract)


def test_a_version_is_sealed_once_and_an_amended_one_anew(director):
    amendment = make_contractamendment()
    contract = amendment.contract
    assert seal(contract).version == 1
    with pytest.raises(RuleBroken, match=clerk().name):
        seal(contract)
    decide(amendment, "approve")
    assert seal(contract).version == 2


def test_what_a_dealer_sold_in_his_own_name_he_seals_himself(dealer):
    customer = make_customer(unit=dealer.unit, owner=dealer)
    quotation = quotation_at("accepted", owner=dealer, customer=customer)
    contract = signed_contract(customer=customer, kind=Contract.Kind.SINGLE_SALE, quotation=quotation)
    (page,) = pages_of(contract_pdf(contract))
    assert dealer.unit.name in page and quotation.lines.get().sku.code in page
    with pytest.raises(RuleBroken, match=dealer.unit.name):
        seal(contract)


def test_the_register_is_never_changed(contract):
    sealed = seal(contract)
    for change in (lambda rows: rows.update(sha256="1" * 64), lambda rows: rows.delete()):
        with pytest.raises(InternalError, match="contracts_contractseal"), transaction.atomic():
            change(ContractSeal.objects.filter(pk=sealed.pk))


class OutsideSeal:
    """As a service for electronic signatures would answer: the plain paper with a signature of its own."""

    name = "outside"

    def seal(self, paper: seals.Paper) -> bytes:
        return paper.printed(None) + f"% signed {paper.number} {paper.company}".encode()


def test_another_gateway_is_set_by_its_name(settings, contract):
    settings.SEAL_GATEWAY = f"{__name__}.OutsideSeal"
    sealed = seal(contract)
    with sealed.file.open("rb") as kept:
        assert kept.read().endswith(f"% signed {contract} V1 哈飞汽车销售公司".encode())
    assert sealed.gateway == "outside"

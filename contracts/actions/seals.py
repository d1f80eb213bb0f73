import uuid

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import seals
from contracts.models import Contract, ContractSeal
from contracts.papers import contract_pdf, seller_of
from contracts.queries import version_of
from core.attachments import sha256_of
from core.errors import RuleBroken
from users.models import Unit, User


@transaction.atomic
def seal_contract(contract_id: int, *, by: User, purpose: str) -> ContractSeal:
    """The company seals each version of a contract in force once; the file is kept with its digest."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract_id)
    version, company = version_of(contract), seller_of(contract)
    _check(contract, version, company)
    gateway, seal = seals.gateway(), ContractSeal(contract=contract, version=version, purpose=purpose, sealed_by=by)
    paper = seals.Paper(
        number=str(seal),
        company=company,
        day=timezone.localdate(),
        printed=lambda stamp: contract_pdf(contract, stamp=stamp),
    )
    content = ContentFile(gateway.seal(paper))
    seal.gateway, seal.sha256 = gateway.name, sha256_of(content)
    seal.file.save(f"{uuid.uuid4().hex}.pdf", content, save=False)
    seal.save()
    return seal


def check_sealed_file(seal: ContractSeal, file: File) -> None:
    """Refused unless it is, byte for byte, the file that was sealed."""
    if sha256_of(file) != seal.sha256:
        raise RuleBroken(
            _("This file is not “%(seal)s” as it was sealed: its digest is another. Use the file kept here.")
            % {"seal": seal}
        )


def _check(contract: Contract, version: int, company: str) -> None:
    if contract.status not in Contract.IN_FORCE:
        raise RuleBroken(
            _("“%(contract)s” is %(status)s; a contract is sealed once it is signed.")
            % {"contract": contract, "status": contract.get_status_display()}
        )
    if company != Unit.objects.get(kind=Unit.Kind.HEADQUARTERS).name:
        raise RuleBroken(
            _("“%(contract)s” is a contract of %(seller)s, who seals it himself.")
            % {"contract": contract, "seller": company}
        )
    if sealed := contract.seals.filter(version=version).select_related("sealed_by").first():
        raise RuleBroken(
            _("“%(seal)s” was sealed by %(name)s on %(day)s. Use that file; a new version is sealed anew.")
            % {"seal": sealed, "name": sealed.sealed_by.name, "day": timezone.localdate(sealed.sealed_at)}
        )

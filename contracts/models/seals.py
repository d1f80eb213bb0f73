from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models.contracts import Contract
from core.history import append_only
from users.models import User
from users.visibility import OwnedQuerySet


class ContractSealQuerySet(OwnedQuerySet):
    owner_field = "contract__owner"
    unit_field = "contract__unit"


class ContractSeal(models.Model):
    """A version of a contract as it was sealed (用印登记): the file, and the digest by which it is known again."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="seals", verbose_name=_("Contract"))
    version = models.PositiveSmallIntegerField(_("Version"))
    purpose = models.CharField(_("Sealed for"), max_length=200)
    sealed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Sealed by"))
    sealed_at = models.DateTimeField(_("Sealed at"), default=timezone.now)
    gateway = models.CharField(_("Sealed through"), max_length=40)
    sha256 = models.CharField(_("Digest (SHA-256)"), max_length=64)
    file = models.FileField(upload_to="seals", max_length=200)

    objects = ContractSealQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sealed contract")
        verbose_name_plural = _("Sealed contracts")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["contract", "version"], name="contract_version_sealed_once")]
        triggers = [append_only("contract_seal_append_only")]

    def __str__(self) -> str:
        return f"{self.contract} V{self.version}"

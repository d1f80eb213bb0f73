from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Binned(models.Model):
    """Records that are put into the recycle bin instead of being deleted; nobody's lists show what lies there.

    ``KEPT_BY`` names the relations whose rows keep a record out of the bin, ``KEPT_IN`` the statuses in which it waits
    for a decision or others have acted on it; what other apps hold on to keeps it anyway.
    """

    KEPT_IN: ClassVar[tuple[str, ...]] = ()
    KEPT_BY: ClassVar[tuple[str, ...]] = ()

    binned_at = models.DateTimeField(_("Put in the recycle bin at"), null=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("By")
    )

    class Meta:
        abstract = True

    @property
    def is_kept(self) -> bool:
        return getattr(self, "status", None) in self.KEPT_IN

from datetime import date
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.access import Scope
from users.models import User
from users.visibility import OwnedQuerySet


class CustomerShareQuerySet(OwnedQuerySet):
    owner_field = "customer__owner"
    unit_field = "customer__unit"

    def in_force(self, today: date):
        return self.filter(ended_at=None, until__gte=today)


class CustomerShare(models.Model):
    """A customer shown to somebody who does not own him, until a day or until it is ended by hand."""

    class Access(models.TextChoices):
        READ = "read", _("May read")
        EDIT = "edit", _("May read and edit")

    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, related_name="shares", verbose_name=_("Customer")
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Shared with"))
    access = models.CharField(_("Access"), max_length=10, choices=Access, default=Access.READ)
    until = models.DateField(_("Until"))
    note = models.CharField(_("Reason"), max_length=200, blank=True)
    shared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Shared by"))
    shared_at = models.DateTimeField(_("Shared at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")

    objects = CustomerShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("Share of a customer")
        verbose_name_plural = _("Shares of customers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person"], condition=Q(ended_at=None), name="shares_in_force_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "person"], condition=Q(ended_at=None), name="customer_is_shared_once_per_person"
            ),
            models.CheckConstraint(condition=Q(access__in=["read", "edit"]), name="share_access_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.customer} → {self.person}"


class IsAnyOf(Func):
    """A key among those of a query, asked as an array: unlike EXISTS and IN it leaves other indexes usable in an OR."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()

    def __init__(self, field: str, keys: models.QuerySet, **options):
        super().__init__(F(field), ArraySubquery(keys), **options)


class SharedQuerySet(OwnedQuerySet):
    """Customers and what hangs on them: whoever the customer is shared with sees the row too."""

    is_shared = True
    customer_field = "customer"
    is_edited_with_customer = False

    def _in_scope(self, user, verb: str) -> Self:
        """What hangs on a customer is asked of the customers: an OR over two tables would leave every index unused."""
        hangs_on_customer = self.owner_field == f"{self.customer_field}__owner"
        if not hangs_on_customer or user.scope_of(self.model, verb) is not Scope.OWN:
            return super()._in_scope(user, verb)
        customers = self.model._meta.get_field(self.customer_field).related_model._base_manager
        his = customers.filter(Q(owner=user.pk) | self._shared(user, verb, "pk"))
        return self.filter(**{f"{self.customer_field}__in": his})

    def _shared(self, user, verb: str, key: str = "") -> Q:
        edits = [CustomerShare.Access.EDIT] if self.is_edited_with_customer else []
        access = {"view": CustomerShare.Access.values, "change": edits}.get(verb)
        if not access:
            return Q()
        shares = CustomerShare.objects.in_force(timezone.localdate()).filter(person=user.pk, access__in=access)
        return Q(IsAnyOf(key or self.customer_field, shares.values("customer")))

"""Which rows a person sees and may change: the one definition for lists, details, exports, charts and choices."""

from typing import Self

from django.db import models
from django.db.models import Q

from core.models import Binned
from users.access import Scope


class OwnedQuerySet(models.QuerySet):
    """Rows with an owner and a unit. Both may be reached through relations ("order__unit")."""

    owner_field = "owner"
    unit_field = "unit"
    is_shared = False

    def visible_to(self, user) -> Self:
        return self.within(user, "view")

    def changeable_by(self, user) -> Self:
        return self.within(user, "change")

    def within(self, user, verb: str) -> Self:
        """The rows on which the access table lets this person do this; what lies in the recycle bin is none of them."""
        rows = self.filter(binned_at=None) if issubclass(self.model, Binned) else self
        return rows._in_scope(user, verb)

    def binned_within(self, user) -> Self:
        """What this person may fetch back from the recycle bin, the last thrown away first."""
        return self.filter(binned_at__isnull=False)._in_scope(user, "bin").order_by("-binned_at", "-pk")

    def _in_scope(self, user, verb: str) -> Self:
        scope = user.scope_of(self.model, verb)
        if scope is Scope.ALL:
            return self
        if scope is None or user.unit_id is None:
            return self.none()
        return self.filter(self._condition(user, scope) | self._shared(user, verb))

    def _shared(self, user, verb: str) -> Q:
        """Rows beyond the scope that somebody has shared with this person; for most models there are none."""
        return Q()

    def _condition(self, user, scope: Scope) -> Q:
        if scope is Scope.SUBTREE:
            return Q(**{f"{self.unit_field}__path__startswith": user.unit.path})
        if scope is Scope.UNIT:
            return Q(**{self.unit_field: user.unit_id})
        return Q(**{self.owner_field: user.pk})


class UnitQuerySet(OwnedQuerySet):
    """Units themselves: a person's own, those below, or all."""

    owner_field = "people"

    def _condition(self, user, scope: Scope) -> Q:
        return Q(path__startswith=user.unit.path) if scope is Scope.SUBTREE else Q(pk=user.unit_id)

    def below(self, unit) -> Self:
        return self.filter(path__startswith=unit.path)


class UserQuerySet(OwnedQuerySet):
    owner_field = "pk"

    def on_duty(self) -> Self:
        return self.filter(is_active=True)

    def in_role(self, role: str) -> Self:
        return self.filter(groups__name=role)

    def holding(self, permission: str) -> Self:
        """Whom one of his roles gives a permission such as "contracts.sign_contract"."""
        app, _dot, codename = permission.partition(".")
        given = {"content_type__app_label": app, "codename": codename}
        return self.filter(**{f"groups__permissions__{name}": value for name, value in given.items()}).distinct()

    def reached_by(self, user, model: type[models.Model], verb: str = "view") -> Self:
        """The people in whose rows of a model this person may do this; he himself is always one of them."""
        scope = user.scope_of(model, verb)
        if scope is Scope.ALL:
            return self.exclude(unit=None)
        if scope is None or user.unit_id is None:
            return self.filter(pk=user.pk)
        return self.filter(self._condition(user, scope) | Q(pk=user.pk))


class ReferenceQuerySet(models.QuerySet):
    """Rows that belong to nobody (products, sources, courses): whoever may look sees all of them."""

    def visible_to(self, user) -> Self:
        return self.within(user, "view")

    def changeable_by(self, user) -> Self:
        return self.within(user, "change")

    def within(self, user, verb: str) -> Self:
        return self if user.scope_of(self.model, verb) is not None else self.none()


def reaches(user, model: type[models.Model], key: int | None, verb: str = "view") -> bool:
    """Whether this person may do this to this very record: what a button or a link to its page asks."""
    return key is not None and model._default_manager.within(user, verb).filter(pk=key).exists()

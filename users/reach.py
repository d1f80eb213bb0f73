"""Whose tasks or calendar is looked at: one's own, or that of somebody in one's reach."""

from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from users.models import User


def people_to_choose(user: User, model: type[models.Model]) -> QuerySet[User]:
    return User.objects.reached_by(user, model).on_duty().order_by("name", "pk")


def chosen_person(request: HttpRequest, model: type[models.Model]) -> User:
    """``?person=`` of the address; somebody out of reach does not exist for the reader."""
    key = request.GET.get("person", "")
    if not key:
        return request.user
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    person = User.objects.reached_by(request.user, model).filter(pk=key).first()
    if person is None:
        raise Http404
    return person

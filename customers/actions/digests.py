"""In the morning: how many follow-ups have been let go, told to who should have made them and to who leads them."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_noop

from customers.models import Lead
from users.access import Role
from users.actions import tell
from users.models import Task, User

YOURS = gettext_noop("Good morning: %(leads)d follow-ups and %(tasks)d tasks of yours are overdue.")
OF_YOUR_PEOPLE = gettext_noop("%(leads)d follow-ups of you and your people are overdue; most: %(people)s.")
NAMED = 5


@transaction.atomic
def send_digests(today: date) -> None:
    leads, tasks = _by_owner(Lead.objects.overdue(today)), _by_owner(Task.objects.overdue(today))
    owners = User.objects.on_duty().filter(pk__in={*leads, *tasks}).select_related("unit").order_by("pk")
    people = {person.pk: person for person in owners}
    for person in people.values():
        overdue_leads = f"{reverse('customers:lead_list')}?overdue=true&owner={person.pk}"
        url = overdue_leads if leads[person.pk] else reverse("users:my_tasks")
        tell([person], YOURS, url=url, leads=leads[person.pk], tasks=tasks[person.pk])
    _tell_managers(people, today)


def _by_owner(rows) -> Counter[int]:
    return Counter(dict(rows.exclude(owner=None).order_by().values_list("owner").annotate(count=Count("pk"))))


def _tell_managers(people: dict[int, User], today: date) -> None:
    """What the list behind the link holds in their rights, and those with the most in it first."""
    managers = User.objects.on_duty().filter(groups__name__in=[Role.REGIONAL_MANAGER, Role.DEALER_MANAGER])
    for manager in managers.exclude(unit=None).select_related("unit").distinct().order_by("pk"):
        overdue = Lead.objects.visible_to(manager).overdue(today)
        by_owner = _by_owner(overdue)
        if set(by_owner) - {manager.pk}:
            most = [(people[key].name, number) for key, number in by_owner.most_common() if key in people][:NAMED]
            named = "、".join(f"{name} {number}" for name, number in most)
            url = f"{reverse('customers:lead_list')}?overdue=true"
            tell([manager], OF_YOUR_PEOPLE, url=url, leads=overdue.count(), people=named)

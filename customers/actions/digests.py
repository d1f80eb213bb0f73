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
OF_YOUR_PEOPLE = gettext_noop("%(leads)d follow-ups of your people are overdue; most: %(people)s.")
NAMED = 5


@transaction.atomic
def send_digests(today: date) -> None:
    leads, tasks = _by_owner(Lead.objects.overdue(today)), _by_owner(Task.objects.overdue(today))
    owners = User.objects.on_duty().filter(pk__in={*leads, *tasks}).select_related("unit").order_by("pk")
    people = {person.pk: person for person in owners}
    for person in people.values():
        url = reverse("users:my_tasks") if not leads[person.pk] else f"{reverse('customers:lead_list')}?due={today}"
        tell([person], YOURS, url=url, leads=leads[person.pk], tasks=tasks[person.pk])
    _tell_managers(leads, people, today)


def _by_owner(rows) -> Counter[int]:
    return Counter(dict(rows.exclude(owner=None).order_by().values_list("owner").annotate(count=Count("pk"))))


def _tell_managers(leads: Counter[int], people: dict[int, User], today: date) -> None:
    """The people of a manager's unit and below it, those with the most first."""
    managers = User.objects.on_duty().filter(groups__name__in=[Role.REGIONAL_MANAGER, Role.DEALER_MANAGER])
    for manager in managers.exclude(unit=None).select_related("unit").distinct().order_by("pk"):
        own = Counter({
            key: number for key, number in leads.items()
            if key != manager.pk and key in people and people[key].unit and manager.unit.contains(people[key].unit)
        })  # fmt: skip
        if own:
            named = "、".join(f"{people[key].name} {number}" for key, number in own.most_common(NAMED))
            url = f"{reverse('customers:lead_list')}?due={today}"
            tell([manager], OF_YOUR_PEOPLE, url=url, leads=own.total(), people=named)

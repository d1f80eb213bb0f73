"""What ./run shows at its first start."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from hafei_crm.demo.load import load_demo
from hafei_crm.wiring import BOOK_CHECKS
from salesplan.models import WorkReport
from users.models import ApprovalCase, CalendarEntry, User

# Emptied by TRUNCATE: what a rolled back load leaves behind would slow down every test after it.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PLANNED = {
    (CalendarEntry, "starts_at"),
    (CalendarEntry, "ends_at"),
    (ApprovalCase, "remind_at"),
    (ApprovalCase, "escalate_at"),
}


def moments() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            yield from ((model, one.name) for one in model._meta.fields if isinstance(one, models.DateTimeField))


def still_to_come() -> dict[str, int]:
    now = timezone.now()
    counted = {
        f"{model._meta.label}.{name}": model._base_manager.filter(**{f"{name}__gt": now}).count()
        for model, name in moments()
        if (model, name) not in PLANNED
    }
    return {name: count for name, count in counted.items() if count}


def test_nothing_has_yet_to_happen_and_the_books_agree(client):
    load_demo(scale=1, seed=1, today=timezone.localdate(), password="hafei-demo", progress=lambda *_said: None)
    assert still_to_come() == {}
    breaches = {str(check.label): check.look().breaches for check in BOOK_CHECKS}
    assert not any(breaches.values()), breaches
    seller = User.objects.get(username="sales1")
    contacted = WorkReport.objects.filter(owner=seller, kind="day", figures__contacts__gt=0)
    assert contacted.count() > WorkReport.objects.filter(owner=seller, kind="day").count() / 2
    client.force_login(seller)
    assert client.get("/").status_code == 200

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken
from core.models import Notice, UndoOffer
from users import actions
from users.models import Task
from users.tests.factories import make_task
from users.views import tasks as tasks_views

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def test_a_task_is_added_done_and_reopened_with_one_click_each(client, sales1):
    client.force_login(sales1)
    client.post(reverse("users:my_tasks"), {"title": "给马经理送报价", "due_on": today()})
    task = Task.objects.get(owner=sales1)
    assert (task.due_on, task.created_by, task.unit) == (today(), sales1, sales1.unit)
    client.post(reverse("users:task_finish", args=[task.pk]))
    task.refresh_from_db()
    assert (task.done_by, task.done_at is not None) == (sales1, True)
    client.post(reverse("users:task_reopen", args=[task.pk]))
    task.refresh_from_db()
    assert (task.done_by, task.done_at) == (None, None)


def test_a_second_click_keeps_the_first_one(sales1, manager):
    task = make_task(owner=sales1)
    first = actions.finish_task(task.pk, by=sales1).done_at
    again = actions.finish_task(task.pk, by=manager)
    assert (again.done_at, again.done_by) == (first, sales1)


def test_my_tasks_are_sorted_into_overdue_today_and_later(client, sales1):
    for days in (-1, 0, 3):
        make_task(owner=sales1, title=f"第{days}天", due_on=today() + timedelta(days=days))
    client.force_login(sales1)
    groups = client.get(reverse("users:my_tasks")).context["groups"]
    assert [(group["name"], [task.title for task in group["tasks"]]) for group in groups] == [
        ("overdue", ["第-1天"]),
        ("today", ["第0天"]),
        ("later", ["第3天"]),
    ]


def test_a_manager_gives_a_task_to_his_salesman_who_is_told(client, manager, sales1):
    client.force_login(manager)
    form = {"title": "核对出租车公司名单", "due_on": today(), "priority": "high", "owner": sales1.pk}
    assert client.post(reverse("users:task_add"), form).status_code == 302
    task = Task.objects.get(owner=sales1)
    assert task.created_by == manager
    assert "核对出租车公司名单" in Notice.objects.get(user=sales1).text


def test_a_salesman_gives_no_task_to_his_colleague(client, sales1, sales2):
    with pytest.raises(RuleBroken):
        actions.add_task(by=sales1, title="替我跑一趟", due_on=today(), owner=sales2)
    client.force_login(sales1)
    form = {"title": "替我跑一趟", "due_on": today(), "priority": "normal", "owner": sales2.pk}
    assert client.post(reverse("users:task_add"), form).context["form"].errors["owner"]
    assert not Task.objects.exists()


def test_a_manager_sees_the_tasks_of_his_people_and_a_colleague_does_not(client, manager, manager2, sales1, sales2):
    task = make_task(owner=sales1)
    seen = {
        person.username: Task.objects.visible_to(person).filter(pk=task.pk).exists()
        for person in (manager, manager2, sales1, sales2)
    }
    assert seen == {"manager": True, "manager2": False, "sales1": True, "sales2": False}
    client.force_login(manager)
    page = client.get(reverse("users:my_tasks"), {"person": sales1.pk})
    assert task.title in page.content.decode()
    client.force_login(sales2)
    assert client.get(reverse("users:my_tasks"), {"person": sales1.pk}).status_code == 404
    assert client.post(reverse("users:task_finish", args=[task.pk])).status_code == 404


@pytest.mark.parametrize("person", ["abc", "-1", "0", "9" * 30, "' OR 1=1"])
def test_an_unreadable_person_is_not_found(client, sales1, person):
    client.force_login(sales1)
    assert client.get(reverse("users:my_tasks"), {"person": person}).status_code == 404


def test_a_day_that_has_passed_is_refused(client, sales1):
    client.force_login(sales1)
    answer = client.post(reverse("users:my_tasks"), {"title": "回访", "due_on": today() - timedelta(days=1)})
    assert "due_on" in answer.context["form"].errors
    assert not Task.objects.exists()


def test_a_task_that_is_done_is_not_changed(sales1):
    task = make_task(owner=sales1)
    actions.finish_task(task.pk, by=sales1)
    with pytest.raises(RuleBroken):
        actions.change_task(task.pk, by=sales1, title="别的事")


def test_a_new_moment_of_the_reminder_is_reminded_again(sales1):
    task = make_task(owner=sales1, remind_at=timezone.now())
    Task.objects.filter(pk=task.pk).update(reminded_at=timezone.now())
    changed = actions.change_task(task.pk, by=sales1, remind_at=timezone.now() + timedelta(hours=1))
    assert changed.reminded_at is None


def test_my_tasks_cost_the_same_queries_for_5_and_50(client, sales1, django_assert_num_queries):
    for number in range(5):
        make_task(owner=sales1, due_on=today(), target=sales1.unit if number else None)
    client.force_login(sales1)
    client.get(reverse("users:my_tasks"))
    with django_assert_num_queries(10):
        client.get(reverse("users:my_tasks"))
    for _ in range(45):
        make_task(owner=sales1, due_on=today(), target=sales1.unit)
    with django_assert_num_queries(10):
        client.get(reverse("users:my_tasks"))


def test_the_moment_of_a_task_is_in_the_companys_time(sales1):
    task = make_task(owner=sales1, due_on=date(2026, 12, 1), due_time="09:30")
    task.refresh_from_db()
    assert task.due_at.isoformat() == "2026-12-01T09:30:00+08:00"


def test_a_task_ticked_off_by_mistake_is_taken_back_from_the_message(client, sales1):
    task = make_task(owner=sales1)
    client.force_login(sales1)
    client.post(reverse("users:task_finish", args=[task.pk]))
    page = client.get(reverse("users:my_tasks")).content.decode()
    offer = UndoOffer.objects.get(by=sales1)
    assert reverse("undo", args=[offer.pk]) in page
    client.post(reverse("undo", args=[offer.pk]))
    task.refresh_from_db()
    assert task.done_at is None


def test_of_many_tasks_the_first_are_shown_and_all_are_counted_and_listed(client, sales1, monkeypatch):
    monkeypatch.setattr(tasks_views, "ROWS", 2)
    for _ in range(3):
        make_task(owner=sales1, due_on=timezone.localdate())
    client.force_login(sales1)
    (group,) = client.get(reverse("users:my_tasks")).context["groups"]
    assert (len(group["tasks"]), group["count"]) == (2, 3)
    assert client.get(group["more"]).context["page"].count == 3

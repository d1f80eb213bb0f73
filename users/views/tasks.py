"""My tasks on one page, done and reopened with one click."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from core.addresses import back_address
from core.errors import RuleBroken
from core.targets import visible_targets
from core.undo import offers_made
from core.views.undo import done_message
from users import actions
from users.forms import QuickTaskForm
from users.models import Task
from users.reach import chosen_person, people_to_choose

ROWS = 100
ONE_DAY = timedelta(days=1)
DONE_SINCE = timedelta(days=7)


@method_decorator(never_cache, name="dispatch")
class MyTasksPage(PermissionRequiredMixin, FormView):
    """Overdue, today, later, done lately; a manager looks at his people's."""

    permission_required = "users.view_task"
    raise_exception = True
    template_name = "users/my_tasks.html"
    form_class = QuickTaskForm

    @cached_property
    def person(self):
        return chosen_person(self.request, Task)

    def get_initial(self) -> dict:
        return {"due_on": timezone.localdate()}

    def get_context_data(self, **context) -> dict:
        user, today = self.request.user, timezone.localdate()
        groups = [group for group in self.groups(today) if group["tasks"]]
        shown = [task for group in groups for task in group["tasks"]]
        targets = visible_targets(shown, user)
        for task in shown:
            task.seen_target = targets.get((task.content_type_id, task.object_id))
        people = people_to_choose(user, Task)
        return super().get_context_data(person=self.person, people=people, groups=groups, today=today, **context)

    def groups(self, today: date) -> list[dict]:
        tasks = Task.objects.visible_to(self.request.user).filter(owner=self.person).select_related("created_by")
        opened = tasks.open()
        done = tasks.filter(done_at__gte=timezone.now() - DONE_SINCE).order_by("-done_at", "-pk")
        parts = (
            (_("Overdue"), "overdue", opened.filter(due_on__lt=today), {"due_until": today - ONE_DAY}),
            (_("Today"), "today", opened.filter(due_on=today), {"due_from": today, "due_until": today}),
            (_("Later"), "later", opened.filter(due_on__gt=today), {"due_from": today + ONE_DAY}),
            (_("Done in the last 7 days"), "done", done, {"is_done": "true"}),
        )
        return [self.group(label, name, rows, chosen) for label, name, rows, chosen in parts]

    def group(self, label: str, name: str, rows: QuerySet[Task], chosen: dict) -> dict:
        """The first rows; where there are more, how many, and the list that has them all."""
        tasks = list(rows[: ROWS + 1])
        query = urlencode({"owner": self.person.pk, "is_done": "false"} | chosen)
        more = f"{reverse('users:task_list')}?{query}" if len(tasks) > ROWS else ""
        return {
            "label": label,
            "name": name,
            "tasks": tasks[:ROWS],
            "count": rows.count() if more else len(tasks),
            "more": more,
        }

    def form_valid(self, form):
        if not self.request.user.has_perm("users.add_task"):
            return self.handle_no_permission()
        try:
            actions.add_task(by=self.request.user, owner=self.person, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("The task was added."))
        return redirect(self.request.get_full_path())


class TaskChange(PermissionRequiredMixin, View):
    """What one click does to a task; it leads back to the page it was clicked on."""

    permission_required = "users.change_task"
    raise_exception = True
    http_method_names = ("post",)

    def post(self, request, pk: int):
        get_object_or_404(Task.objects.changeable_by(request.user), pk=pk)
        with offers_made() as offers:
            task = type(self).act(pk, by=request.user)
        done_message(request, self.done() % {"task": task}, offers)
        return redirect(back_address(request, otherwise=reverse("users:my_tasks")))


class FinishTask(TaskChange):
    act = staticmethod(actions.finish_task)

    def done(self) -> str:
        return _("“%(task)s” is done.")


class ReopenTask(TaskChange):
    act = staticmethod(actions.reopen_task)

    def done(self) -> str:
        return _("“%(task)s” is open again.")

from datetime import date, datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.constraints import present, said_at
from core.history import tracked
from core.models import Binned
from core.periods import FIRST_YEAR, LAST_YEAR
from core.targets import TargetedQuerySet
from users.models.people import Owned, User
from users.visibility import OwnedQuerySet


class TaskQuerySet(TargetedQuerySet, OwnedQuerySet):
    def open(self):
        return self.filter(done_at=None, binned_at=None)

    def done(self):
        return self.filter(done_at__isnull=False, binned_at=None)

    def overdue(self, today: date):
        return self.open().filter(due_on__lt=today)

    def to_remind(self, now: datetime):
        """Open ones whose reminder is due and has not been sent."""
        return self.open().filter(remind_at__lte=now, reminded_at=None)


@tracked("owner", "due_on", "done_at")
class Task(Binned, Owned):
    """Something its owner has to do by a day, often about a record of the business."""

    class Priority(models.TextChoices):
        HIGH = "high", _("High")
        NORMAL = "normal", _("Normal")
        LOW = "low", _("Low")

    title = models.CharField(_("What is to be done"), max_length=200)
    note = models.TextField(_("Note"), blank=True)
    due_on = models.DateField(_("Due on"))
    due_time = models.TimeField(_("Due at"), null=True, blank=True)
    priority = models.CharField(_("Priority"), max_length=10, choices=Priority, default=Priority.NORMAL)
    remind_at = models.DateTimeField(_("Remind at"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.BigIntegerField(null=True)
    target = GenericForeignKey()
    done_at = models.DateTimeField(_("Done at"), null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Done by"))
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Given by"))
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("Task")
        verbose_name_plural = _("Tasks")
        ordering = ["due_on", "due_time", "pk"]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at=None), name="open_tasks_of_owner"),
            models.Index(fields=["unit", "due_on"], condition=Q(done_at=None), name="open_tasks_of_unit"),
            models.Index(fields=["owner", "-done_at"], name="tasks_of_owner_done"),
            models.Index(fields=["content_type", "object_id"], name="tasks_of_record"),
            models.Index(
                fields=["remind_at"],
                condition=Q(done_at=None, reminded_at=None, remind_at__isnull=False),
                name="tasks_to_remind",
            ),
        ]
        constraints = [
            present("owner", name="task_has_owner"),
            models.CheckConstraint(condition=Q(priority__in=["high", "normal", "low"]), name="task_priority_is_known"),
            said_at(
                "remind_at",
                _("The calendar does not show this year."),
                condition=Q(remind_at__year__gte=FIRST_YEAR, remind_at__year__lt=LAST_YEAR),
                name="task_is_reminded_of_in_the_calendar",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def due_at(self) -> datetime | None:
        """The moment, where a time of day was agreed."""
        if self.due_time is None:
            return None
        return datetime.combine(self.due_on, self.due_time, tzinfo=timezone.get_current_timezone())

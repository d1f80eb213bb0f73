from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import after, present
from core.models import Binned
from core.periods import SHANGHAI, midnight
from core.targets import TargetedQuerySet
from users.models.people import Owned, User
from users.recurrence import Recurrence
from users.visibility import OwnedQuerySet

LONGEST = timedelta(days=31)


@dataclass(frozen=True)
class Occurrence:
    """One time at which an entry happens."""

    entry: "CalendarEntry"
    on: date
    starts_at: datetime
    ends_at: datetime


class CalendarEntryQuerySet(TargetedQuerySet, OwnedQuerySet):
    def visible_to(self, user):
        """One's own reach, and what one takes part in."""
        if user.scope_of(self.model) is None:
            return self.none()
        reach = self.within(user, "view").order_by().values("pk")
        return self.filter(Q(pk__in=reach) | Q(pk__in=_taken_part_in(user)), binned_at=None)

    def of_people(self, people):
        """Entries these people own or take part in."""
        shared = CalendarEntry.participants.through.objects.filter(user__in=people).values("calendarentry")
        return self.filter(Q(owner__in=people) | Q(pk__in=shared))

    def touching(self, start: date, end: date):
        """Those that may happen from ``start`` up to, not including, ``end``; by which days, their rule says."""
        still = Q(repeat_until=None) | Q(repeat_until__gte=start - LONGEST)
        return self.filter(
            Q(repeats="", ends_at__gt=midnight(start)) | ~Q(repeats="") & still, starts_at__lt=midnight(end)
        )


def _taken_part_in(user):
    return CalendarEntry.participants.through.objects.filter(user=user).values("calendarentry")


class CalendarEntry(Binned, Owned):
    """A meeting, a training day, a visit agreed: once, or again by a rule."""

    class Repeats(models.TextChoices):
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")
        MONTHLY = "monthly", _("Monthly")

    title = models.CharField(_("Title"), max_length=200)
    note = models.TextField(_("Note"), blank=True)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("Begins at"))
    ends_at = models.DateTimeField(_("Ends at"))
    is_all_day = models.BooleanField(_("All day"), default=False)
    repeats = models.CharField(_("Repeats"), max_length=10, choices=Repeats, blank=True)
    repeat_interval = models.PositiveSmallIntegerField(_("Every"), default=1)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("Weekdays"), default=list, blank=True)
    repeat_until = models.DateField(_("Repeats until"), null=True, blank=True)
    repeat_count = models.PositiveSmallIntegerField(_("How many times"), null=True, blank=True)
    exceptions = ArrayField(models.DateField(), default=list, blank=True)
    participants = models.ManyToManyField(User, related_name="+", blank=True, verbose_name=_("Participants"))
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.BigIntegerField(null=True)
    target = GenericForeignKey()
    remind_minutes = models.PositiveIntegerField(_("Remind before"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Entered by"))
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("Changed at"), auto_now=True)

    objects = CalendarEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Calendar entry")
        verbose_name_plural = _("Calendar entries")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["owner", "starts_at"]),
            models.Index(fields=["unit", "starts_at"]),
            models.Index(fields=["content_type", "object_id"], name="entries_of_record"),
        ]
        constraints = [
            present("owner", name="calendar_entry_has_owner"),
            after("ends_at", "starts_at", name="calendar_entry_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(repeats__in=["", "daily", "weekly", "monthly"]), name="calendar_entry_repeats_as_known"
            ),
            models.CheckConstraint(condition=Q(repeat_interval__gte=1), name="calendar_entry_interval_counts"),
            models.CheckConstraint(
                condition=Q(repeat_until=None) | Q(repeat_count=None), name="calendar_entry_ends_by_day_or_count"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first_day(self) -> date:
        return self.starts_at.astimezone(SHANGHAI).date()

    @property
    def recurrence(self) -> Recurrence:
        return Recurrence(
            self.first_day,
            self.repeats,
            interval=self.repeat_interval,
            weekdays=tuple(self.weekdays),
            until=self.repeat_until,
            count=self.repeat_count,
            exceptions=frozenset(self.exceptions),
        )

    def occurrence(self, on: date) -> Occurrence:
        moved = on - self.first_day
        return Occurrence(self, on, self.starts_at + moved, self.ends_at + moved)

    def occurrences(self, start: date, end: date) -> Iterator[Occurrence]:
        """Those that touch the days from ``start`` up to, not including, ``end``."""
        begin = midnight(start)
        earliest = start - (self.ends_at - self.starts_at) - timedelta(days=1)
        for on in self.recurrence.days(earliest, end):
            occurrence = self.occurrence(on)
            if occurrence.ends_at > begin:
                yield occurrence


class EntryReminder(models.Model):
    """That people were reminded of one occurrence: written before they are, so that it happens once."""

    entry = models.ForeignKey(CalendarEntry, models.CASCADE, related_name="reminders")
    occurs_on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["entry", "occurs_on"], name="one_reminder_per_occurrence")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.occurs_on}"


class CalendarFeed(models.Model):
    """The secret address under which a calendar program reads a person's calendar; only a digest of it is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)

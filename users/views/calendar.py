"""The calendar by day, week and month, its entries one by one, and the feed for calendar programs."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from core.errors import RuleBroken
from core.periods import FIRST_YEAR, LAST_YEAR, Period, period_of
from core.undo import offers_made
from core.views.records import AddPage, DetailPage, EditPage, SavePage
from core.views.undo import done_message
from core.working_days import is_published
from users import actions
from users.actions.feeds import digest
from users.agenda import Day, Source, days_of, hours_of
from users.clashes import Clash, clashes_ahead, clashes_on
from users.feed import feed_of
from users.forms import WEEKDAYS
from users.models import CalendarEntry, CalendarFeed
from users.reach import chosen_person, people_to_choose

ONE_DAY = timedelta(days=1)
VIEWS = ("month", "week", "day")
KEPT_SECONDS = 60
CLASHES_NAMED = 3


def day_of(text: str, *, otherwise: date) -> date:
    """A day of an address; what is none leads nowhere."""
    if not text:
        return otherwise
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR < day.year < LAST_YEAR:
        raise Http404
    return day


@method_decorator(never_cache, name="dispatch")
class CalendarPage(PermissionRequiredMixin, TemplateView):
    permission_required = "users.view_calendarentry"
    raise_exception = True
    sources: tuple[Source, ...] = ()

    @cached_property
    def person(self):
        return chosen_person(self.request, CalendarEntry)

    @cached_property
    def kind(self) -> str:
        wanted = self.request.GET.get("view", "month")
        return wanted if wanted in VIEWS else "month"

    def get_template_names(self) -> list[str]:
        return ["users/calendar_month.html" if self.kind == "month" else "users/calendar_week.html"]

    def get_context_data(self, **context) -> dict:
        user, today = self.request.user, timezone.localdate()
        period = period_of(self.kind, day_of(self.request.GET.get("on", ""), otherwise=today))
        days = self.days(period, today)
        return super().get_context_data(
            person=self.person,
            people=people_to_choose(user, CalendarEntry),
            kept={"view": self.kind, "on": period.start},
            kind=self.kind,
            period=period,
            previous=period.previous().start,
            next=period.next().start,
            today=today,
            days=days,
            hours=hours_of(days),
            is_unpublished=not is_published(period.start),
            can_add=user.has_perm("users.add_calendarentry"),
            **context,
        )

    def days(self, period: Period, today: date) -> list[Day]:
        """A month is shown in whole weeks."""
        start, end = period.start, period.end
        if self.kind == "month":
            start, end = period_of("week", start).start, period_of("week", period.last_day).end
        days = days_of(self.person, self.request.user, start, end, sources=self.sources, today=today)
        for day in days:
            day.is_outside = not period.contains(day.on)
        return days


def rule_sentence(entry: CalendarEntry) -> str:
    """How often it happens: “Every 2 weeks, Monday、Wednesday, until 2026-12-31”."""
    if not entry.repeats:
        return ""
    number = entry.repeat_interval
    often = {
        "daily": ngettext("Every day", "Every %(number)d days", number),
        "weekly": ngettext("Every week", "Every %(number)d weeks", number),
        "monthly": ngettext("Every month", "Every %(number)d months", number),
    }
    parts = [often[entry.repeats] % {"number": number}]
    if entry.weekdays:
        parts.append("、".join(str(WEEKDAYS[weekday][1]) for weekday in entry.weekdays))
    if entry.repeat_count:
        parts.append(ngettext("%(count)d time", "%(count)d times", entry.repeat_count) % {"count": entry.repeat_count})
    if entry.repeat_until:
        parts.append(_("until %(day)s") % {"day": entry.repeat_until})
    return "，".join(parts)


class EntryDetailPage(DetailPage):
    """Of a series, the occurrence whose day the address names."""

    def get_context_data(self, **context) -> dict:
        entry = self.object
        on = day_of(self.request.GET.get("on", ""), otherwise=entry.first_day)
        return super().get_context_data(
            occurrence=next((one for one in entry.occurrences(on, on + ONE_DAY) if one.on == on), None),
            rule=rule_sentence(entry),
            clashes=clashes_on(entry, on, reader=self.request.user),
            participants=entry.participants.order_by("name", "pk"),
            **context,
        )


class EntrySavePage(SavePage):
    """Shared by add and edit: clashes are named, yet it is saved, because two things at once may well be meant."""

    def act(self, fields: dict) -> CalendarEntry:
        entry = super().act(fields)
        found = clashes_ahead(entry, reader=self.request.user, today=timezone.localdate())
        if found:
            self.warn(entry, found)
        return entry

    def warn(self, entry: CalendarEntry, found: list[Clash]) -> None:
        named = "；".join(str(clash) for clash in found[:CLASHES_NAMED])
        text = ngettext(
            "“%(entry)s” was saved, but there is something else at the same time: %(named)s.",
            "“%(entry)s” was saved, but there are %(count)d other things at the same time, such as %(named)s.",
            len(found),
        )
        messages.warning(self.request, text % {"entry": entry, "named": named, "count": len(found)})


class EntryAddPage(EntrySavePage, AddPage):
    pass


class EntryEditPage(EntrySavePage, EditPage):
    """Of a series, the occurrence whose day the address names."""

    def get_form_kwargs(self) -> dict:
        asked = self.request.POST or self.request.GET
        return super().get_form_kwargs() | {"on": day_of(asked.get("on", ""), otherwise=self.object.first_day)}

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(**context) | {"seen": ""}


class LeaveOutPage(PermissionRequiredMixin, View):
    """One occurrence does not take place, or the series ends before it."""

    permission_required = "users.change_calendarentry"
    raise_exception = True
    http_method_names = ("post",)

    def post(self, request, pk: int):
        entry = get_object_or_404(CalendarEntry.objects.changeable_by(request.user), pk=pk)
        on = day_of(request.POST.get("on", ""), otherwise=entry.first_day)
        scope = request.POST.get("scope", "")
        if scope not in ("one", "following"):
            raise Http404
        try:
            with offers_made() as offers:
                actions.leave_out(pk, by=request.user, scope=scope, on=on)
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
        else:
            done_message(request, _("“%(entry)s” was taken out of the calendar.") % {"entry": entry}, offers)
        return redirect(f"{reverse('calendar')}?on={on}")


@method_decorator([login_not_required, never_cache], name="dispatch")
class FeedPage(View):
    """Asked by calendar programs, which cannot sign in: the address itself is the secret."""

    sources: Iterable[Source] = ()

    def get(self, request, token: str) -> HttpResponse:
        hashed = digest(token)
        feed = get_object_or_404(CalendarFeed.objects.select_related("user__unit"), token_hash=hashed)
        if not feed.user.is_active:
            raise Http404
        text = cache.get(f"feed:{hashed}")
        if text is None:
            text = self.text(feed)
            cache.set(f"feed:{hashed}", text, KEPT_SECONDS)
        return HttpResponse(text, content_type="text/calendar; charset=utf-8")

    def text(self, feed: CalendarFeed) -> str:
        """Made at most once a minute, however often a program asks."""
        now = timezone.now()
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
        with translation.override(feed.user.language):
            return feed_of(feed.user, sources=self.sources, now=now)

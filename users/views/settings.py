"""What a person sets for himself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from users import actions
from users.models import CalendarFeed


@require_safe
@never_cache
def my_settings(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def change_mail(request: HttpRequest) -> HttpResponse:
    actions.prefer_mail(request.user.pk, wants_mail=request.POST.get("wants_mail") == "on")
    messages.success(request, _("Your settings were saved."))
    return redirect("users:my_settings")


@require_POST
@never_cache
def open_feed(request: HttpRequest) -> HttpResponse:
    """The address is shown on this page alone; whoever comes back later makes a new one."""
    token = actions.open_feed(by=request.user)
    return _page(request, feed_url=request.build_absolute_uri(reverse("calendar_feed", args=[token])))


@require_POST
def close_feed(request: HttpRequest) -> HttpResponse:
    actions.close_feed(by=request.user)
    messages.success(request, _("The address of your calendar is no longer answered."))
    return redirect("users:my_settings")


def _page(request: HttpRequest, feed_url: str = "") -> HttpResponse:
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return render(request, "users/my_settings.html", {"feed": feed, "feed_url": feed_url})

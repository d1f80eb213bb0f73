from django.urls import path

from core.views import urls_of
from users import pages
from users.views import calendar, delegations, mentions, people, settings, tasks, tokens

app_name = "users"
urlpatterns = [
    *urls_of(pages.USERS, "people/"),
    *urls_of(pages.UNITS, "units/"),
    *urls_of(pages.TASKS, "tasks/"),
    path(
        "calendar-entries/<int:pk>/",
        calendar.EntryDetailPage.as_view(pages=pages.CALENDAR_ENTRIES),
        name="calendarentry_detail",
    ),
    path(
        "calendar-entries/<int:pk>/edit/",
        calendar.EntryEditPage.as_view(pages=pages.CALENDAR_ENTRIES),
        name="calendarentry_edit",
    ),
    path(
        "calendar-entries/add/",
        calendar.EntryAddPage.as_view(pages=pages.CALENDAR_ENTRIES),
        name="calendarentry_add",
    ),
    path("calendar-entries/<int:pk>/leave-out/", calendar.LeaveOutPage.as_view(), name="calendarentry_leave_out"),
    *urls_of(pages.CALENDAR_ENTRIES, "calendar-entries/"),
    path("delegations/<int:pk>/end/", delegations.EndPage.as_view(), name="delegation_end"),
    *urls_of(pages.DELEGATIONS, "delegations/"),
    *urls_of(pages.APPROVAL_FLOWS, "approval-flows/"),
    path("my-tasks/", tasks.MyTasksPage.as_view(), name="my_tasks"),
    path("tasks/<int:pk>/done/", tasks.FinishTask.as_view(), name="task_finish"),
    path("tasks/<int:pk>/reopen/", tasks.ReopenTask.as_view(), name="task_reopen"),
    path("people/<int:pk>/roles/", people.RolesPage.as_view(), name="user_roles"),
    path("people/<int:pk>/password/", people.PasswordPage.as_view(), name="user_password"),
    path("tokens/", tokens.TokensPage.as_view(), name="tokens"),
    path("mentions/", mentions.mentions, name="mentions"),
    path("settings/", settings.my_settings, name="my_settings"),
    path("settings/mail/", settings.change_mail, name="mail"),
    path("settings/feed/", settings.open_feed, name="feed_open"),
    path("settings/feed/close/", settings.close_feed, name="feed_close"),
    path("language/", people.change_language, name="language"),
    path("theme/", people.change_theme, name="theme"),
]

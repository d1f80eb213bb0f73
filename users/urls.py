from django.urls import path

from core.views import urls_of
from users import pages
from users.views import mentions, people, tasks

app_name = "users"
urlpatterns = [
    *urls_of(pages.USERS, "people/"),
    *urls_of(pages.UNITS, "units/"),
    *urls_of(pages.TASKS, "tasks/"),
    path("my-tasks/", tasks.MyTasksPage.as_view(), name="my_tasks"),
    path("tasks/<int:pk>/done/", tasks.FinishTask.as_view(), name="task_finish"),
    path("tasks/<int:pk>/reopen/", tasks.ReopenTask.as_view(), name="task_reopen"),
    path("people/<int:pk>/roles/", people.RolesPage.as_view(), name="user_roles"),
    path("people/<int:pk>/password/", people.PasswordPage.as_view(), name="user_password"),
    path("mentions/", mentions.mentions, name="mentions"),
    path("language/", people.change_language, name="language"),
    path("theme/", people.change_theme, name="theme"),
]

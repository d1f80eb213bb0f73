from django.urls import path

from core.views import urls_of
from users import pages, views

app_name = "users"
urlpatterns = [
    *urls_of(pages.USERS, "people/"),
    *urls_of(pages.UNITS, "units/"),
    path("people/<int:pk>/roles/", views.RolesPage.as_view(), name="user_roles"),
    path("people/<int:pk>/password/", views.PasswordPage.as_view(), name="user_password"),
    path("language/", views.change_language, name="language"),
    path("theme/", views.change_theme, name="theme"),
]

from django.contrib.auth import views as sign_in
from django.urls import include, path
from django.views.generic import TemplateView

from hafei_crm.health import healthz
from hafei_crm.search import search_page

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("accounts/login/", sign_in.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", sign_in.LogoutView.as_view(), name="logout"),
    path("accounts/password/", sign_in.PasswordChangeView.as_view(), name="password_change"),
    path("accounts/password/done/", sign_in.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("search/", search_page, name="search"),
    path("", include("core.urls")),
    path("users/", include("users.urls")),
    path("products/", include("products.urls")),
    path("dealers/", include("dealers.urls")),
    path("customers/", include("customers.urls")),
    path("salesplan/", include("salesplan.urls")),
    path("aftersales/", include("aftersales.urls")),
]

from django.contrib.auth import views as sign_in
from django.urls import include, path

from analytics.views import home
from core.views.imports import import_urls
from core.views.records import add_tabs
from core.views.undo import undo_url
from hafei_crm import approvals
from hafei_crm.api import api_urls
from hafei_crm.flows import FlowEditPage
from hafei_crm.hand_over import HandOverPage
from hafei_crm.health import healthz
from hafei_crm.recycle_bin import recycle_bin, restore
from hafei_crm.search import search_page
from hafei_crm.tasks import import_batch
from hafei_crm.wiring import CALENDAR_SOURCES, IMPORTERS, RECORD_TABS, UNDO
from users.pages import APPROVAL_FLOWS
from users.views.calendar import CalendarPage, FeedPage

add_tabs(*RECORD_TABS)
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", home, name="home"),
    path("accounts/login/", sign_in.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", sign_in.LogoutView.as_view(), name="logout"),
    path("accounts/password/", sign_in.PasswordChangeView.as_view(), name="password_change"),
    path("accounts/password/done/", sign_in.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("calendar/", CalendarPage.as_view(sources=CALENDAR_SOURCES), name="calendar"),
    path("calendar/feed/<str:token>/calendar.ics", FeedPage.as_view(sources=CALENDAR_SOURCES), name="calendar_feed"),
    path("search/", search_page, name="search"),
    path("approvals/", approvals.InboxPage.as_view(), name="approvals"),
    path("approvals/batch/", approvals.BatchPage.as_view(), name="approval_batch"),
    path("approvals/<int:pk>/", approvals.CasePage.as_view(), name="approval"),
    path("approvals/<int:pk>/signer/", approvals.SignerPage.as_view(), name="approval_signer"),
    path("approvals/<int:pk>/<slug:verdict>/", approvals.DecidePage.as_view(), name="approval_decide"),
    path("approvals/<slug:tab>/", approvals.InboxPage.as_view(), name="approvals_tab"),
    path("api/v1/", api_urls()),
    undo_url(UNDO),
    path("recycle-bin/", recycle_bin, name="recycle_bin"),
    path("recycle-bin/<str:kind>/<int:pk>/restore/", restore, name="restore"),
    path("", include("core.urls")),
    path("imports/", include(import_urls(IMPORTERS, import_batch))),
    path(
        "users/approval-flows/<int:pk>/edit/",
        FlowEditPage.as_view(pages=APPROVAL_FLOWS),
        name="approvalflow_edit",
    ),
    path("users/people/<int:pk>/hand-over/", HandOverPage.as_view(), name="hand_over"),
    path("users/", include("users.urls")),
    path("products/", include("products.urls")),
    path("dealers/", include("dealers.urls")),
    path("customers/", include("customers.urls")),
    path("inventory/", include("inventory.urls")),
    path("contracts/", include("contracts.urls")),
    path("salesplan/", include("salesplan.urls")),
    path("aftersales/", include("aftersales.urls")),
    path("marketing/", include("marketing.urls")),
    path("training/", include("training.urls")),
    path("analytics/", include("analytics.urls")),
]

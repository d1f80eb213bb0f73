from django.urls import path

from core.views import urls_of
from salesplan import pages, report_views, views

app_name = "salesplan"
urlpatterns = [
    path("execution/", views.execution, name="execution"),
    *urls_of(pages.SALES_PLANS, "sales-plans/"),
    *urls_of(pages.SALES_PLAN_LINES, "sales-plan-lines/"),
    *urls_of(pages.PRODUCTION_PLANS, "production-plans/"),
    *urls_of(pages.PRODUCTION_PLAN_LINES, "production-plan-lines/"),
    *urls_of(pages.QUOTAS, "quotas/"),
    *urls_of(pages.FORECASTS, "forecasts/"),
    *urls_of(pages.REPORT_TEMPLATES, "report-templates/"),
    path("reports/begin/", report_views.begin, name="workreport_begin"),
    path("reports/missing/", report_views.MissingPage.as_view(), name="workreport_missing"),
    path("reports/", report_views.ReportList.as_view(pages=pages.WORK_REPORTS), name="workreport_list"),
    path("reports/<int:pk>/", report_views.ReportPage.as_view(pages=pages.WORK_REPORTS), name="workreport_detail"),
    path("reports/<int:pk>/edit/", report_views.EditReport.as_view(pages=pages.WORK_REPORTS), name="workreport_edit"),
    *urls_of(pages.WORK_REPORTS, "reports/"),
]

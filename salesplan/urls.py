from django.urls import path

from core.views import urls_of
from salesplan import pages, views

app_name = "salesplan"
urlpatterns = [
    path("execution/", views.execution, name="execution"),
    *urls_of(pages.SALES_PLANS, "sales-plans/"),
    *urls_of(pages.SALES_PLAN_LINES, "sales-plan-lines/"),
    *urls_of(pages.PRODUCTION_PLANS, "production-plans/"),
    *urls_of(pages.PRODUCTION_PLAN_LINES, "production-plan-lines/"),
    *urls_of(pages.QUOTAS, "quotas/"),
    *urls_of(pages.FORECASTS, "forecasts/"),
]

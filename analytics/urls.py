from django.urls import path

from analytics import activity_views, pages, views
from core.views import urls_of

app_name = "analytics"
urlpatterns = [
    path("sales/", views.sales_trend_page, name="sales_trend"),
    path("activity/", activity_views.activity_page, name="activity"),
    path("activity/workbook/", activity_views.activity_file, name="activity_workbook"),
    # Record pages with a chart; they stand before the generic ones of the same name.
    path("schemes/<int:pk>/", views.SchemePage.as_view(pages=pages.SCHEMES), name="trendscheme_detail"),
    path("series/<int:pk>/", views.SeriesPage.as_view(pages=pages.SERIES), name="forecastseries_detail"),
    path("schemes/<int:pk>/workbook/", views.scheme_file, name="trendscheme_workbook"),
    path("series/<int:pk>/workbook/", views.series_file, name="forecastseries_workbook"),
    path("series/<int:pk>/picture/", views.series_picture, name="forecastseries_picture"),
    path("dealer-scores/<int:pk>/", views.ScorePage.as_view(pages=pages.DEALER_SCORES), name="dealerscore_detail"),
    *urls_of(pages.DEALER_SCORES, "dealer-scores/"),
    *urls_of(pages.RETAIL_FINDINGS, "retail-findings/"),
    *urls_of(pages.SOURCES, "sources/"),
    *urls_of(pages.HISTORY, "history/"),
    *urls_of(pages.SCHEMES, "schemes/"),
    *urls_of(pages.SERIES, "series/"),
]

from django.urls import path

from core.views import urls_of
from products import pages, views

app_name = "products"
urlpatterns = [
    path("comparison/", views.ComparisonPage.as_view(), name="comparison"),
    path("comparison/rivals/", views.RivalsComparison.as_view(), name="rivals_comparison"),
    path("comparison/export/", views.ComparisonFile.as_view(), name="comparison_export"),
    path("series/<int:pk>/", views.SeriesPage.as_view(), name="series_detail"),
    path("series/<int:pk>/picture/", views.SeriesPicturePage.as_view(), name="series_picture"),
    path("models/<int:pk>/", views.VehicleModelPage.as_view(), name="vehiclemodel_detail"),
    path("models/<int:pk>/picture/", views.VehicleModelPicturePage.as_view(), name="vehiclemodel_picture"),
    path("configurations/<int:pk>/", views.ConfigurationPage.as_view(), name="configuration_detail"),
    path("configurations/<int:pk>/sheet/", views.ConfigurationSheetPage.as_view(), name="configuration_sheet"),
    path("configurations/<int:pk>/model-year/", views.ModelYearPage.as_view(), name="configuration_model_year"),
    path("competitor-models/<int:pk>/", views.CompetitorModelPage.as_view(), name="competitormodel_detail"),
    path("competitor-models/<int:pk>/sheet/", views.CompetitorSheetPage.as_view(), name="competitormodel_sheet"),
    *urls_of(pages.BRANDS, "brands/"),
    *urls_of(pages.SERIES, "series/"),
    *urls_of(pages.VEHICLE_MODELS, "models/"),
    *urls_of(pages.CONFIGURATIONS, "configurations/"),
    *urls_of(pages.COLOURS, "colours/"),
    *urls_of(pages.SKUS, "skus/"),
    *urls_of(pages.PRICES, "prices/"),
    *urls_of(pages.COMPETITOR_MODELS, "competitor-models/"),
    *urls_of(pages.FEATURES, "features/"),
    *urls_of(pages.OPTIONS, "options/"),
]

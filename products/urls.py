from core.views import urls_of
from products import pages

app_name = "products"
urlpatterns = [
    *urls_of(pages.BRANDS, "brands/"),
    *urls_of(pages.SERIES, "series/"),
    *urls_of(pages.VEHICLE_MODELS, "models/"),
    *urls_of(pages.CONFIGURATIONS, "configurations/"),
    *urls_of(pages.COLOURS, "colours/"),
    *urls_of(pages.SKUS, "skus/"),
    *urls_of(pages.PRICES, "prices/"),
    *urls_of(pages.COMPETITOR_MODELS, "competitor-models/"),
]

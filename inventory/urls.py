from core.views import urls_of
from inventory import pages

app_name = "inventory"
urlpatterns = [
    *urls_of(pages.VEHICLES, "vehicles/"),
    *urls_of(pages.MOVEMENTS, "movements/"),
    *urls_of(pages.CERTIFICATES, "certificates/"),
    *urls_of(pages.WAREHOUSES, "warehouses/"),
]

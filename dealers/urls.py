from core.views import urls_of
from dealers import pages

app_name = "dealers"
urlpatterns = [
    *urls_of(pages.DEALERS, "dealers/"),
    *urls_of(pages.STATIONS, "stations/"),
    *urls_of(pages.AUTHORISATIONS, "authorisations/"),
    *urls_of(pages.DEALER_TARGETS, "targets/"),
    *urls_of(pages.REBATE_POLICIES, "rebate-policies/"),
]

from core.views import urls_of
from marketing import pages

app_name = "marketing"
urlpatterns = [
    *urls_of(pages.CAMPAIGNS, "campaigns/"),
    *urls_of(pages.CAMPAIGN_LEADS, "campaign-leads/"),
    *urls_of(pages.EXPENSES, "expenses/"),
]

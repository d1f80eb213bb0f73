from django.urls import path

from core.views import urls_of
from customers import consents, lead_settings, pages
from customers.contact_log import LogContactPage
from customers.views import board, changing_hands, merging
from customers.views.consents import withdraw
from customers.views.conversion import ConvertPage
from customers.views.divisions import division_choices
from customers.views.duplicates import show_duplicates
from customers.views.forecast import forecast_page
from customers.views.funnel import funnel_page
from customers.views.identity import FindByIdNumber
from customers.views.opportunities import OpportunityPage

app_name = "customers"
urlpatterns = [
    path("divisions/", division_choices, name="division_choices"),
    path("duplicates/", show_duplicates, name="duplicates"),
    # A second conversion is no error; it stands before the step of the same address.
    path(
        "leads/<int:pk>/steps/convert/",
        ConvertPage.as_view(pages=pages.LEADS),
        {"step": "convert"},
        name="lead_convert",
    ),
    path("customers/merge/", merging.MergePage.as_view(), name="customer_merge"),
    path("customers/by-id-number/", FindByIdNumber.as_view(), name="customer_by_id_number"),
    path("customers/<int:pk>/", merging.CustomerPage.as_view(), name="customer_detail"),
    path("customers/<int:pk>/transfer/", changing_hands.TransferPage.as_view(), name="customer_transfer"),
    path("customers/<int:pk>/share/", changing_hands.SharePage.as_view(), name="customer_share"),
    path("customers/<int:pk>/return/", changing_hands.ReturnPage.as_view(), name="customer_return"),
    path("pool/<int:pk>/claim/", changing_hands.ClaimPage.as_view(), name="pooledcustomer_claim"),
    path("shares/<int:pk>/end/", changing_hands.EndSharePage.as_view(), name="customershare_end"),
    *urls_of(pages.LEADS, "leads/"),
    *urls_of(lead_settings.POLICY, "lead-policy/"),
    *urls_of(lead_settings.LEVELS, "intent-levels/"),
    *urls_of(lead_settings.SCORES, "score-rules/"),
    *urls_of(lead_settings.ASSIGNMENTS, "assignment-rules/"),
    *urls_of(lead_settings.ABSENCES, "absences/"),
    *urls_of(pages.CUSTOMERS, "customers/"),
    *urls_of(pages.CONTACTS, "contacts/"),
    path("board/", board.BoardPage.as_view(), name="opportunity_board"),
    path("board/filter/", board.BoardFilterForm.as_view(), name="opportunity_board_filter"),
    path("board/<int:stage>/", board.BoardCards.as_view(), name="opportunity_board_cards"),
    path("opportunities/<int:pk>/move/", board.MoveCard.as_view(), name="opportunity_move"),
    path("forecast/", forecast_page, name="opportunity_forecast"),
    # The record page with the stages of its pipeline; it stands before the generic one of the same name.
    path(
        "opportunities/<int:pk>/",
        OpportunityPage.as_view(pages=pages.OPPORTUNITIES),
        name="opportunity_detail",
    ),
    *urls_of(pages.OPPORTUNITIES, "opportunities/"),
    *urls_of(pages.COMPETITORS, "competitors/"),
    path("funnel/", funnel_page, name="funnel"),
    *urls_of(pages.WALK_INS, "walk-ins/"),
    *urls_of(pages.PIPELINES, "pipelines/"),
    *urls_of(pages.STAGES, "stages/"),
    *urls_of(pages.CONTACT_RECORDS, "contact-records/"),
    *urls_of(pages.REGISTRATIONS, "registrations/"),
    *urls_of(pages.ARBITRATIONS, "arbitrations/"),
    *urls_of(pages.PRICE_POLICIES, "price-policies/"),
    *urls_of(pages.ANNUAL_FRAMES, "annual-frames/"),
    path("customers/<int:pk>/consents/withdraw/", withdraw, name="consent_withdraw"),
    *urls_of(consents.CONSENTS, "consents/"),
    *urls_of(consents.CONSENT_TEXTS, "consent-texts/"),
    *urls_of(pages.PURCHASES, "purchases/"),
    *urls_of(pages.SOURCES, "sources/"),
    path("log/<slug:about>/<int:pk>/", LogContactPage.as_view(), name="log_contact"),
    *urls_of(pages.SHARES, "shares/"),
    *urls_of(pages.MERGES, "merges/"),
    *urls_of(pages.POOL, "pool/"),
    *urls_of(pages.LEAVING, "leaving/"),
    *urls_of(pages.POOL_RULES, "pool-rules/"),
    *urls_of(pages.CLAIM_LIMITS, "claim-limits/"),
]

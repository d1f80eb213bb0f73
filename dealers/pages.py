from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.pages import Pages, Panel
from dealers import actions, filters, forms, tables, workflow
from dealers.models import (
    AccountEntry,
    Authorisation,
    CreditLineChange,
    Dealer,
    DealerPaper,
    DealerTarget,
    RebatePolicy,
    RebateTier,
    ServiceStation,
)
from users.models import User
from users.tables import USERS

DEALERS = Pages(
    table=tables.DEALERS,
    filters=filters.DealerFilter,
    form=forms.DealerForm,
    create=actions.add_dealer,
    update=actions.change_dealer,
    steps=workflow.DEALER_STEPS,
    key_figures=("level", "city", "credit_limit_amount", "unit__parent__name"),
    panels=(
        Panel(
            AccountEntry._meta.verbose_name_plural,
            tables.ENTRIES_OF_ONE,
            lambda dealer, user: AccountEntry.objects.visible_to(user).filter(dealer=dealer),
            add_url=lambda dealer, user: f"{reverse('dealers:accountentry_add')}?dealer={dealer.pk}",
        ),
        Panel(
            Authorisation._meta.verbose_name_plural,
            tables.AUTHORISATIONS,
            lambda dealer, user: Authorisation.objects.visible_to(user).filter(dealer=dealer),
            "dealers:authorisation_detail",
            add_url=lambda dealer, user: f"{reverse('dealers:authorisation_add')}?dealer={dealer.pk}",
        ),
        Panel(
            DealerPaper._meta.verbose_name_plural,
            tables.DEALER_PAPERS,
            lambda dealer, user: DealerPaper.objects.visible_to(user).filter(dealer=dealer),
            "dealers:dealerpaper_detail",
            add_url=lambda dealer, user: f"{reverse('dealers:dealerpaper_add')}?dealer={dealer.pk}",
        ),
        Panel(
            CreditLineChange._meta.verbose_name_plural,
            tables.CREDIT_LINE_CHANGES,
            lambda dealer, user: CreditLineChange.objects.visible_to(user).filter(dealer=dealer),
            "dealers:creditlinechange_detail",
            add_url=lambda dealer, user: f"{reverse('dealers:creditlinechange_add')}?dealer={dealer.pk}",
        ),
        Panel(
            DealerTarget._meta.verbose_name_plural,
            tables.DEALER_TARGETS,
            lambda dealer, user: DealerTarget.objects.visible_to(user).filter(dealer=dealer),
            "dealers:dealertarget_detail",
            add_url=lambda dealer, user: f"{reverse('dealers:dealertarget_add')}?dealer={dealer.pk}",
        ),
        Panel(
            _("Second-tier outlets"),
            tables.DEALERS,
            lambda dealer, user: Dealer.objects.visible_to(user).filter(parent=dealer),
            "dealers:dealer_detail",
            add_url=lambda dealer, user: f"{reverse('dealers:dealer_add')}?parent={dealer.pk}",
        ),
        Panel(
            ServiceStation._meta.verbose_name_plural,
            tables.STATIONS,
            lambda dealer, user: ServiceStation.objects.visible_to(user).filter(dealer=dealer),
            "dealers:servicestation_detail",
            add_url=lambda dealer, user: f"{reverse('dealers:servicestation_add')}?dealer={dealer.pk}",
        ),
        Panel(
            User._meta.verbose_name_plural,
            USERS,
            lambda dealer, user: User.objects.visible_to(user).filter(unit=dealer.unit_id),
            "users:user_detail",
        ),
    ),
)
STATIONS = Pages(
    table=tables.STATIONS,
    filters=filters.ServiceStationFilter,
    form=forms.ServiceStationForm,
    create=actions.add_station,
    update=actions.change_station,
    steps=workflow.STATION_STEPS,
    key_figures=("station_class", "city", "dealer__name"),
)
AUTHORISATIONS = Pages(
    table=tables.AUTHORISATIONS,
    filters=filters.AuthorisationFilter,
    form=forms.AuthorisationForm,
    create=actions.add_authorisation,
    update=actions.change_authorisation,
    steps=workflow.AUTHORISATION_STEPS,
    key_figures=("dealer__name", "starts_on", "ends_on", "annual_target_count"),
)


def tiers_of(policy: RebatePolicy) -> list[dict]:
    return list(policy.tiers.values("threshold", "rate_percent", "amount_per_car"))


DEALER_PAPERS = Pages(
    table=tables.DEALER_PAPERS,
    filters=filters.DealerPaperFilter,
    form=forms.DealerPaperForm,
    create=actions.add_paper,
    update=actions.change_paper,
    key_figures=("dealer__name", "kind", "expires_on"),
)
CREDIT_LINE_CHANGES = Pages(
    table=tables.CREDIT_LINE_CHANGES,
    filters=filters.CreditLineChangeFilter,
    form=forms.CreditLineChangeForm,
    create=actions.ask_for_credit_line,
    steps=workflow.CREDIT_LINE_STEPS,
    key_figures=("dealer__name", "former_amount", "wanted_amount"),
    only=frozenset({"list", "detail", "add"}),
)
DEALER_TARGETS = Pages(
    table=tables.DEALER_TARGETS,
    filters=filters.DealerTargetFilter,
    form=forms.DealerTargetForm,
    create=actions.add_target,
    update=actions.change_target,
    key_figures=("dealer__name", "target_count"),
)
REBATE_POLICIES = Pages(
    table=tables.REBATE_POLICIES,
    filters=filters.RebatePolicyFilter,
    form=forms.RebatePolicyForm,
    create=actions.add_rebate_policy,
    update=actions.change_rebate_policy,
    lines=forms.REBATE_TIERS,
    lines_initial=tiers_of,
    steps=workflow.REBATE_POLICY_STEPS,
    key_figures=("kind", "valid_from", "valid_until", "dealer_cap_amount", "total_cap_amount"),
    panels=(
        Panel(
            RebateTier._meta.verbose_name_plural,
            tables.REBATE_TIERS,
            lambda policy, user: RebateTier.objects.visible_to(user).filter(policy=policy),
        ),
        Panel(
            _("Versions"),
            tables.REBATE_POLICIES,
            lambda policy, user: RebatePolicy.objects.visible_to(user).filter(number=policy.number),
            "dealers:rebatepolicy_detail",
        ),
    ),
)

ACCOUNT_ENTRIES = Pages(
    table=tables.ACCOUNT_ENTRIES,
    filters=filters.AccountEntryFilter,
    form=forms.AccountEntryForm,
    create=actions.enter_by_hand,
    only=frozenset({"list", "add"}),
)

PAGES = (
    ACCOUNT_ENTRIES,
    DEALERS,
    STATIONS,
    AUTHORISATIONS,
    DEALER_PAPERS,
    CREDIT_LINE_CHANGES,
    DEALER_TARGETS,
    REBATE_POLICIES,
)

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts import actions, filters, forms, links, tables, workflow
from contracts.models import (
    Contract,
    ContractAmendment,
    ContractSeal,
    Order,
    Quotation,
    QuotationLine,
)
from contracts.pages.orders import ORDERS_PANEL, READ_ONLY
from contracts.pricing import offers_of
from core.pages import Pages, Panel


def lines_to_offer(quotation: Quotation) -> list[dict]:
    """A draft is changed at the prices of today."""
    return offers_of(quotation.lines.select_related("sku"), timezone.localdate())


QUOTATIONS = Pages(
    table=tables.QUOTATIONS,
    filters=filters.QuotationFilter,
    form=forms.QuotationForm,
    lines=forms.QuotationLines,
    lines_initial=lines_to_offer,
    create=actions.add_quotation,
    update=actions.change_quotation,
    steps=workflow.QUOTATION_STEPS,
    key_figures=("total_amount", "largest_discount_percent", "customer__name", "valid_until"),
    links=links.of_quotation,
    panels=(
        Panel(
            QuotationLine._meta.verbose_name_plural,
            tables.QUOTATION_LINES,
            lambda quotation, user: QuotationLine.objects.visible_to(user).filter(quotation=quotation),
        ),
        Panel(
            _("Versions"),
            tables.QUOTATIONS,
            lambda quotation, user: Quotation.objects.visible_to(user).filter(number=quotation.number),
            "contracts:quotation_detail",
        ),
        Panel(
            Contract._meta.verbose_name_plural,
            tables.CONTRACTS,
            lambda quotation, user: Contract.objects.visible_to(user).filter(quotation=quotation),
            "contracts:contract_detail",
        ),
        Panel(
            *ORDERS_PANEL,
            lambda quotation, user: Order.objects.visible_to(user).filter(quotation=quotation),
            "contracts:order_detail",
        ),
    ),
)


DISCOUNT_LIMITS = Pages(
    table=tables.DISCOUNT_LIMITS,
    filters=filters.DiscountLimitFilter,
    form=forms.DiscountLimitForm,
    create=actions.add_discount_limit,
    update=actions.change_discount_limit,
)


CONTRACTS = Pages(
    table=tables.CONTRACTS,
    filters=filters.ContractFilter,
    form=forms.ContractForm,
    create=actions.add_contract,
    update=actions.change_contract,
    steps=workflow.CONTRACT_STEPS,
    key_figures=("agreed_count", "agreed_amount", "starts_on", "ends_on"),
    links=links.of_contract,
    panels=(
        Panel(
            ContractAmendment._meta.verbose_name_plural,
            tables.AMENDMENTS,
            lambda contract, user: ContractAmendment.objects.visible_to(user).filter(contract=contract),
            "contracts:contractamendment_detail",
        ),
        Panel(
            ContractSeal._meta.verbose_name_plural,
            tables.CONTRACT_SEALS,
            lambda contract, user: ContractSeal.objects.visible_to(user).filter(contract=contract),
            "contracts:contractseal_detail",
        ),
        Panel(
            QuotationLine._meta.verbose_name_plural,
            tables.QUOTATION_LINES,
            lambda contract, user: QuotationLine.objects.visible_to(user).filter(quotation__contract=contract),
        ),
        Panel(
            *ORDERS_PANEL,
            lambda contract, user: Order.objects.visible_to(user).filter(contract=contract),
            "contracts:order_detail",
        ),
    ),
)


CONTRACT_SEALS = Pages(
    table=tables.CONTRACT_SEALS,
    filters=filters.ContractSealFilter,
    key_figures=("contract__number", "version", "sealed_by__name", "sealed_at"),
    links=links.of_contract_seal,
    only=READ_ONLY,
)


PAPER_TERMS = Pages(
    table=tables.PAPER_TERMS,
    filters=filters.PaperTermsFilter,
    form=forms.PaperTermsForm,
    create=actions.add_paper_terms,
    update=actions.change_paper_terms,
)

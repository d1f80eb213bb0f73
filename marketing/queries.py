"""What campaigns cost and what they brought. Attribution: every lead entered for the campaign, whenever it closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.aggregates import Aggregate
from django.db.models.functions import Coalesce, NullIf, Round

from customers.models import Lead, Opportunity
from marketing import rules
from marketing.models import Campaign, CampaignLead, Expense

MONEY = DecimalField(max_digits=14, decimal_places=2)
CONVERTED = Q(lead__status=Lead.Status.CONVERTED)
WON = Q(lead__opportunity__status=Opportunity.Status.WON)


def _sum_of(rows, total: Aggregate, output_field) -> Coalesce:
    """A sum over the rows of a campaign as a subquery, so that several sums in one query do not multiply each other."""
    grouped = rows.filter(campaign=OuterRef("pk")).order_by().values("campaign")
    return Coalesce(Subquery(grouped.annotate(total=total).values("total")), 0, output_field=output_field)


def cost() -> Coalesce:
    return _sum_of(Expense.objects.all(), Sum("amount"), MONEY)


def lead_count(*conditions: Q) -> Coalesce:
    return _sum_of(CampaignLead.objects.filter(*conditions), Count("pk"), IntegerField())


def won_cars() -> Coalesce:
    return _sum_of(CampaignLead.objects.filter(WON), Sum("lead__opportunity__quantity"), IntegerField())


def cost_per_lead() -> Round:
    return Round(cost() / NullIf(lead_count(), 0), 2, output_field=MONEY)


@dataclass(frozen=True)
class CampaignFigures:
    cost: Decimal
    lead_count: int
    converted_count: int
    won_count: int
    won_cars: int

    @property
    def cost_per_lead(self) -> Decimal | None:
        return rules.cost_per(self.cost, self.lead_count)

    @property
    def cost_per_car(self) -> Decimal | None:
        return rules.cost_per(self.cost, self.won_cars)


def figures_of(campaign_ids: Iterable[int]) -> dict[int, CampaignFigures]:
    rows = (
        Campaign.objects.filter(pk__in=list(campaign_ids))
        .order_by("pk")
        .annotate(
            cost=cost(),
            leads=lead_count(),
            converted=lead_count(CONVERTED),
            won=lead_count(WON),
            cars=won_cars(),
        )
        .values_list(F("pk"), "cost", "leads", "converted", "won", "cars")
    )
    return {key: CampaignFigures(*figures) for key, *figures in rows}

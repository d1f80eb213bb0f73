"""The salespeople of the regions work on customers of their own, beside those of the dealers' people."""

from django.db.models import QuerySet

from customers.models import ContactRecord, Customer, Lead, Opportunity
from hafei_crm.demo.world import World

CUSTOMERS_EACH, LEADS_EACH = 25, 6


def share_with_regions(world: World) -> None:
    for region, sellers in world.region_sellers.items():
        units = [shop.unit for shop in world.shops if shop.region == region]
        potential = Customer.objects.filter(unit__in=units, stage=Customer.Stage.POTENTIAL)
        customers = _newest(potential, CUSTOMERS_EACH * len(sellers))
        leads = _newest(Lead.objects.open().filter(unit__in=units, owner__isnull=False), LEADS_EACH * len(sellers))
        for number, seller in enumerate(sellers):
            _give(seller, customers[number :: len(sellers)], leads[number :: len(sellers)])


def _newest(rows: QuerySet, count: int) -> list[int]:
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:count])


def _give(seller: int, customers: list[int], leads: list[int]) -> None:
    Customer.objects.filter(pk__in=customers).update(owner=seller)
    for model in (Lead, Opportunity, ContactRecord):
        model.objects.filter(customer__in=customers).update(owner=seller)
    Lead.objects.filter(pk__in=leads).update(owner=seller)
    ContactRecord.objects.filter(lead__in=leads).update(owner=seller)

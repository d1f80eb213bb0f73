"""Offers of the last weeks to those who have not decided yet: in every state, some with two versions, some sold."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from contracts.models import Contract, DiscountLimit, Quotation, QuotationLine
from contracts.rules import discounted
from core.search import search_text
from customers.models import Opportunity
from hafei_crm.demo.world import Item, World

QUOTED = 900
TERM = timedelta(days=15)
LIMITS = {"salesman": 3, "dealer_salesman": 2, "dealer_manager": 5, "regional_manager": 8, "director": 15}
STATES = {
    "sent": 8,
    "draft": 4,
    "submitted": 3,
    "accepted": 3,
    "expired": 3,
    "superseded": 3,
    "approved": 1,
    "returned": 1,
}
WITHIN, BEYOND = ("0", "0", "0.5", "1", "1.5", "2"), ("4", "5", "6", "7.5", "10")
ASKED_FOR = ("submitted", "approved", "returned")


def make_quotations(world: World) -> None:
    world.copier.copy(
        DiscountLimit,
        (
            {"role": role, "percent": percent, "valid_from": date(world.today.year, 1, 1)}
            for role, percent in LIMITS.items()
        ),
    )
    quotations, lines, contracts = [], [], []
    regions = {shop.unit: shop.region for shop in world.shops}
    items = {item.series: item for item in world.items}
    states = world.rng.choices(list(STATES), STATES.values(), k=QUOTED)
    for opportunity, state in zip(_undecided(), states, strict=False):
        made = list(_versions(world, opportunity, state, items[opportunity["series"]]))
        for quotation, line in made:
            quotations.append(quotation)
            lines.append(line)
        if state == "accepted":
            contracts.append(_contract(world, made[-1][0], opportunity, regions))
    world.copier.copy(Quotation, quotations)
    world.copier.copy(QuotationLine, lines)
    world.copier.copy(Contract, contracts)


def _undecided() -> Iterator[dict]:
    names = ("pk", "customer", "customer__name", "series", "quantity", "owner", "unit")
    found = Opportunity.objects.open().exclude(series=None).exclude(owner=None).order_by("-created_at", "-pk")
    return found.values(*names)[:QUOTED]


def _versions(world: World, opportunity: dict, state: str, item: Item) -> Iterator[tuple[dict, dict]]:
    """A superseded one is followed by a second version that was sent with a higher discount."""
    first = _quotation(world, opportunity, state, item, _day(world, state))
    yield first
    if state == "superseded":
        second = _quotation(world, opportunity, "sent", item, _day(world, "sent"))
        second[0].update(number=first[0]["number"], search_text=first[0]["search_text"], version=2)
        second[0].update(revises_id=first[0]["id"])
        yield second


def _quotation(world: World, opportunity: dict, state: str, item: Item, day: date) -> tuple[dict, dict]:
    number, key = world.number("quotation", "BJ", day), world.copier.key(Quotation)
    discount = Decimal(world.rng.choice(BEYOND if state in ASKED_FOR else WITHIN))
    price, cars = discounted(Decimal(item.guide), discount), opportunity["quantity"]
    quotation = {
        "id": key,
        "number": number,
        "customer_id": opportunity["customer"],
        "opportunity_id": opportunity["pk"],
        "quoted_on": day,
        "valid_until": min(day + TERM, world.today - timedelta(days=1)) if state == "expired" else day + TERM,
        "list_amount": cars * item.guide,
        "total_amount": cars * price,
        "largest_discount_percent": discount,
        "status": state,
        "owner_id": opportunity["owner"],
        "unit_id": opportunity["unit"],
        "search_text": search_text(number, opportunity["customer__name"]),
    }
    line = {
        "quotation_id": key,
        "sku_id": item.key,
        "quantity": cars,
        "list_price_amount": item.guide,
        "discount_percent": discount,
        "unit_price_amount": price,
    }
    return quotation, line


def _day(world: World, state: str) -> date:
    """In this year, because the guide prices began with it; what may still be answered has not ended."""
    age = world.days(16, 60) if state in ("expired", "superseded", "accepted") else world.days(0, 12)
    return max(world.today - age, date(world.today.year, 1, 1))


def _contract(world: World, quotation: dict, opportunity: dict, regions: dict[int, str]) -> dict:
    """Made by somebody of the region: a dealer's people make no contracts."""
    number = world.number("contract", "HT", quotation["quoted_on"])
    return {
        "number": number,
        "kind": "single_sale",
        "customer_id": quotation["customer_id"],
        "quotation_id": quotation["id"],
        "starts_on": quotation["quoted_on"],
        "ends_on": quotation["quoted_on"] + timedelta(days=90),
        "agreed_count": opportunity["quantity"],
        "agreed_amount": quotation["total_amount"],
        "status": world.rng.choice(("draft", "submitted")),
        "owner_id": world.rng.choice(world.region_sellers[regions[quotation["unit_id"]]]),
        "unit_id": quotation["unit_id"],
        "search_text": search_text(number, opportunity["customer__name"]),
    }

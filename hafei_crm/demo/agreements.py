"""What was agreed with customers and about them: consents, key accounts' prices, shares, and who fell into the pool."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from customers.actions import (
    add_annual_frame,
    add_claim_limit,
    add_consent_text,
    add_pool_rule,
    add_price_policy,
    record_consent,
    return_customers,
    share_customer,
)
from customers.models import Consent, Customer
from customers.models.consents import Purpose
from hafei_crm.demo.world import World
from users.models import Unit, User

KEY_ACCOUNTS, CONSENTING, SHARED_EACH, POOLED = 4, 80, 2, 40
TEXTS = {
    Purpose.MARKETING_PHONE: "我同意哈飞汽车及其授权经销商就购车与服务事宜致电联系。",
    Purpose.MARKETING_SMS: "我同意接收哈飞汽车的活动、关怀与服务短信。",
}
TIERS = ((5, "4.00"), (20, "5.50"), (50, "7.00"))
REASONS = ("客户已外迁，长期联系不上", "多次联系无购车意向", "负责人离职，待重新分配")
TWO_YEARS_AGO = timedelta(days=730)


def make_agreements(world: World) -> None:
    director = User.objects.get(pk=world.people["director"])
    _key_accounts(world, director)
    _consents(world, director)
    _shares(world)
    _pool(world, director)


def _key_accounts(world: World, director: User) -> None:
    first, last = date(world.today.year, 1, 1), date(world.today.year, 12, 31)
    bought = Customer.objects.filter(kind__in=(Customer.Kind.TAXI, Customer.Kind.LEASING, Customer.Kind.LOGISTICS))
    for number, customer in enumerate(bought.order_by("-stage", "pk")[:KEY_ACCOUNTS]):
        count = 20 * (number + 1)
        add_price_policy(
            by=director,
            customer=customer,
            valid_from=first,
            valid_until=last,
            discount_percent=Decimal("3.00"),
            note=f"{first.year} 年度大客户政策",
            lines=[{"from_quantity": cars, "discount_percent": Decimal(percent)} for cars, percent in TIERS],
        )
        add_annual_frame(
            by=director,
            customer=customer,
            valid_from=first,
            valid_until=last,
            agreed_count=count,
            agreed_amount=Decimal(count * 52_000),
        )


def _consents(world: World, director: User) -> None:
    texts = [
        add_consent_text(by=director, purpose=purpose, version="1.0", text=text, valid_from=world.today - TWO_YEARS_AGO)
        for purpose, text in TEXTS.items()
    ]
    customers = Customer.objects.exclude(owner=None).select_related("owner").order_by("-pk")[:CONSENTING]
    for number, customer in enumerate(customers):
        channel = (Consent.Channel.SHOWROOM, Consent.Channel.PAPER, Consent.Channel.WECHAT)[number % 3]
        record_consent(by=customer.owner, customer=customer, text=texts[number % 2], channel=channel)


def _shares(world: World) -> None:
    sellers = User.objects.in_bulk([key for keys in world.region_sellers.values() for key in keys])
    for keys in world.region_sellers.values():
        for key, other in pairwise(keys):
            for customer in Customer.objects.filter(owner=key).order_by("pk")[:SHARED_EACH]:
                until = world.today + timedelta(days=30)
                share_customer(customer.pk, by=sellers[key], person=sellers[other], until=until, note="出差期间代跟进")


def _pool(world: World, director: User) -> None:
    """By rule after two years without contact; a few were given back by hand, so that there is something to claim."""
    company = Unit.objects.get(parent=None)
    add_pool_rule(by=director, unit=company, no_contact_days=720, protection_days=30)
    add_claim_limit(by=director, unit=company, claims_per_day=10, capacity=600, cooling_off_days=30)
    potential = Customer.objects.filter(stage=Customer.Stage.POTENTIAL, pooled_at=None).exclude(owner=None)
    quiet = list(potential.order_by("last_contact_at", "pk").values_list("pk", flat=True)[:POOLED])
    for number, reason in enumerate(REASONS):
        return_customers(quiet[number :: len(REASONS)], by=director, reason=reason)

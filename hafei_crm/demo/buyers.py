"""Who buys: mostly persons, now and then a fleet that comes back."""

from datetime import date

from customers.actions.customers import searched
from customers.divisions import code_of
from customers.models import Contact, Customer
from hafei_crm.demo import words
from hafei_crm.demo.world import Shop, World

FLEETS_PER_SHOP = 3


class Buyers:
    def __init__(self, world: World):
        self.world = world
        self.fleets: dict[int, list[int]] = {shop.key: [] for shop in world.shops}
        self.fleet_keys: set[int] = set()

    def is_fleet(self, customer: int) -> bool:
        return customer in self.fleet_keys

    def next_buyer(self, shop: Shop, day: date, rows: dict, *, has_bought: bool) -> int:
        rng, fleets = self.world.rng, self.fleets[shop.key]
        if rng.random() > 0.12:
            return self.add(shop, day, rows, has_bought=has_bought)
        if len(fleets) < FLEETS_PER_SHOP:
            fleets.append(self.add(shop, day, rows, has_bought=has_bought, fleet=rng.randrange(len(words.FLEETS))))
            self.fleet_keys.add(fleets[-1])
            return fleets[-1]
        return rng.choice(fleets)

    def add(self, shop: Shop, day: date, rows: dict, *, has_bought: bool, fleet: int | None = None) -> int:
        """A customer, and the contact who speaks for him."""
        world, key = self.world, self.world.copier.key(Customer)
        person = words.person(world.rng)
        name = person if fleet is None else f"{shop.city}{world.rng.choice(words.DEALER_WORDS)}{words.FLEETS[fleet][0]}"
        kind = "person" if fleet is None else words.FLEETS[fleet][1]
        phone = words.mobile(world.next_serial())
        number = world.number("customer", "KH", day)
        owner = world.rng.choice(shop.sellers)
        rows[Customer].append(
            {
                "id": key,
                "number": number,
                "name": name,
                "phone": phone,
                "province": shop.province,
                "city": shop.city,
                "division": code_of(shop.province, shop.city),
                "kind": kind,
                "level": world.rng.choice("abccc"),
                "source_id": world.rng.choice(world.sources),
                "dealer_id": shop.key,
                "stage": "base" if has_bought else "potential",
                "owner_id": owner,
                "unit_id": shop.unit,
                "address": f"{shop.city}市{world.rng.choice(words.STREETS)}{world.rng.randint(1, 300)}号",
                "created_at": world.moment(day),
                "last_contact_at": world.moment(day),
                **searched(name=name, kind=kind, number=number, city=shop.city, credit_code="", phones=[phone]),
            }
        )
        rows[Contact].append({"customer_id": key, "name": person, "phone": phone, "is_primary": True})
        return key

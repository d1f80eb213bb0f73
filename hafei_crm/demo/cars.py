"""Cars with valid VINs, their certificates and the ledger of their movements."""

from datetime import timedelta

from core.search import search_text
from hafei_crm.demo.orders import Car, PlannedOrder
from hafei_crm.demo.world import Item, World
from inventory.models import Certificate, Movement, Vehicle, Warehouse
from inventory.rules import FIRST_YEAR, YEAR_CODES, check_digit

UNSOLD = 420
STATES = ("in_factory", "in_transit", "at_dealer", "retailed")


class Cars:
    def __init__(self, world: World):
        self.world = world
        self.serial = 0
        key = world.copier.key(Warehouse)
        unit = world.units["HQ"]
        world.copier.copy(Warehouse, [{"id": key, "code": "HRB-1", "name": "哈尔滨平房总库", "unit_id": unit}])
        self.warehouse = key

    def add(self, car: Car, plan: PlannedOrder, rows: dict) -> int:
        """The car of an approved order as far as it has come by today."""
        today, shop = self.world.today, plan.shop
        received = plan.received_on if plan.received_on <= today else None
        gone = car.retailed_on if received and car.retailed_on <= today else None
        invoiced = plan.invoiced_on if plan.invoiced_on <= today else None
        shipped = plan.shipped_on if invoiced and plan.shipped_on <= today else None
        state = STATES[3] if gone else STATES[2] if received else STATES[1] if invoiced else STATES[0]
        key = self._vehicle(
            car.item,
            car.produced_on,
            rows,
            {
                "state": state,
                "invoiced_on": invoiced,
                "shipped_on": shipped,
                "received_on": received,
                "retailed_on": gone,
                "dealer_id": shop.key if invoiced else None,
                "unit_id": shop.unit if invoiced else self.world.units["HQ"],
                "warehouse_id": None if invoiced else self.warehouse,
            },
        )
        moves = (
            ("produced", car.produced_on, "", STATES[0]),
            ("invoiced", invoiced, STATES[0], STATES[1]),
            ("shipped", shipped, STATES[1], STATES[1]),
            ("received", received, STATES[1], STATES[2]),
            ("retailed", gone, STATES[2], STATES[3]),
        )
        for kind, day, before, after in moves:
            if day:
                self._move(key, kind, day, before, after, None if kind == "produced" else shop.key, rows)
        holder = "customer" if gone else "dealer" if received else "bank" if shop.pays_late else "factory"
        self._certificate(key, holder, gone or received or car.produced_on, rows)
        return key

    def add_factory_stock(self, rows: dict) -> None:
        """Cars that wait for an order; some of them for far too long, a few blocked."""
        rng, chances = self.world.rng, [item.weight for item in self.world.items]
        for number in range(UNSOLD):
            age = rng.randint(1, 50) if rng.random() < 0.85 else rng.randint(90, 260)
            day = self.world.today - timedelta(days=age)
            block = "制动软管批次复检" if number % 70 == 69 else ""
            item = rng.choices(self.world.items, chances)[0]
            waiting = {
                "state": STATES[0],
                "unit_id": self.world.units["HQ"],
                "warehouse_id": self.warehouse,
                "sale_block": block,
            }
            key = self._vehicle(item, day, rows, waiting)
            self._move(key, "produced", day, "", STATES[0], None, rows)
            self._certificate(key, "factory", day, rows)

    def _vehicle(self, item: Item, produced_on, rows: dict, place: dict) -> int:
        self.serial += 1
        vin = f"LKHGF1AH0{YEAR_CODES[produced_on.year - FIRST_YEAR]}A{self.serial:06d}"
        vin = f"{vin[:8]}{check_digit(vin)}{vin[9:]}"
        key, engine = self.world.copier.key(Vehicle), f"DA46{self.serial:07d}"
        rows[Vehicle].append(
            {
                "id": key,
                "vin": vin,
                "sku_id": item.key,
                "engine_number": engine,
                "produced_on": produced_on,
                "warehoused_on": produced_on + timedelta(days=1),
                "search_text": search_text(vin, engine),
            }
            | place
        )
        return key

    def _move(self, vehicle: int, kind: str, day, before: str, after: str, dealer: int | None, rows: dict) -> None:
        rows[Movement].append(
            {
                "vehicle_id": vehicle,
                "kind": kind,
                "on": day,
                "at": self.world.moment(day),
                "from_state": before,
                "to_state": after,
                "dealer_id": dealer,
                "by_id": self.world.people["stock"],
            }
        )

    def _certificate(self, vehicle: int, holder: str, since, rows: dict) -> None:
        rows[Certificate].append(
            {"vehicle_id": vehicle, "number": f"WAE{self.serial:010d}", "holder": holder, "held_since_on": since}
        )

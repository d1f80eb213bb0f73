"""Orders with all that hangs on them: lines, cars, invoices, deliveries, retail sales, receivables, receipts."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.db import models

from contracts.models import (
    Allocation,
    Contract,
    Delivery,
    Instalment,
    Invoice,
    Order,
    OrderLine,
    Receipt,
    Receivable,
    ReceivableEntry,
    Retail,
    Settlement,
)
from contracts.schedules import Terms, schedule, share
from core.search import search_text
from customers.models import Contact, Customer, PurchaseRecord
from dealers.models import AccountEntry
from hafei_crm.demo.buyers import Buyers
from hafei_crm.demo.cars import Cars
from hafei_crm.demo.orders import Car, PlannedOrder, planned_orders
from hafei_crm.demo.price_conditions import price_of
from hafei_crm.demo.world import Shop, World
from inventory.models import Certificate, Movement, Vehicle

CHUNK = 1_000
TERMS = Terms(deposit_percent=Decimal(20), deposit_days=3, payment_days=30, instalment_count=1)
IN_ORDER = (
    Customer,
    Contact,
    Order,
    OrderLine,
    Vehicle,
    Movement,
    Certificate,
    Delivery,
    Allocation,
    Invoice,
    Retail,
    PurchaseRecord,
    Receivable,
    ReceivableEntry,
    Instalment,
    Receipt,
    Settlement,
    AccountEntry,
)


def make_sales(world: World, progress: Callable[[int, int], None]) -> None:
    contracts = make_contracts(world)
    orders = planned_orders(world)
    writer = SalesWriter(world, contracts)
    for begin in range(0, len(orders), CHUNK):
        for order in orders[begin : begin + CHUNK]:
            writer.add(order)
        writer.flush()
        progress(min(begin + CHUNK, len(orders)), len(orders))
    writer.cars.add_factory_stock(writer.rows)
    writer.flush()


def make_contracts(world: World) -> dict[tuple[int, int], int]:
    """The signed annual contract of each dealer and year, by (dealer, year)."""
    found, rows = {}, []
    for year in range(world.today.year - 3, world.today.year + 1):
        first = date(year, 1, 1)
        for shop in world.shops:
            number = world.number("contract", "HT", first)
            key = found[shop.key, year] = world.copier.key(Contract)
            count = round(shop.weight * 40)
            rows.append(
                {
                    "id": key,
                    "number": number,
                    "kind": "annual_dealer",
                    "dealer_id": shop.key,
                    "starts_on": first,
                    "ends_on": date(year, 12, 31),
                    "deposit_percent": TERMS.deposit_percent,
                    "agreed_count": count,
                    "agreed_amount": count * 45_000,
                    "status": "fulfilling" if year == world.today.year else "completed",
                    "signed_on": first,
                    "owner_id": world.region_sellers[shop.region][shop.key % 3],
                    "unit_id": shop.unit,
                    "search_text": search_text(number, shop.name),
                }
            )
    world.copier.copy(Contract, rows)
    return found


class SalesWriter:
    """Collects the rows of many orders and writes them table by table."""

    def __init__(self, world: World, contracts: dict[tuple[int, int], int]):
        self.world, self.contracts = world, contracts
        self.rows: dict[type[models.Model], list[dict]] = defaultdict(list)
        self.cars = Cars(world)
        self.buyers = Buyers(world)

    def add(self, plan: PlannedOrder) -> None:
        today, shop = self.world.today, plan.shop
        key, number = self.world.copier.key(Order), self.world.number("order", "DD", plan.ordered_on)
        is_approved = plan.approved_on <= today
        customer = self._known_buyer(plan)
        kind = "regular" if customer is None else "urgent"
        lines = self._lines(key, plan, kind)
        total = sum(line["quantity"] * line["unit_price_amount"] for line in lines.values())
        owner = self._owner(shop)
        self.rows[Order].append(
            {
                "id": key,
                "number": number,
                "kind": kind,
                "total_amount": total,
                "contract_id": self.contracts[shop.key, plan.ordered_on.year],
                "buyer_dealer_id": shop.key,
                "customer_id": customer,
                "ordered_on": plan.ordered_on,
                "owner_id": owner,
                "unit_id": shop.unit,
                "approved_on": plan.approved_on if is_approved else None,
                "status": self._status(plan),
                "search_text": search_text(number, shop.name),
            }
        )
        if is_approved:
            self._money(key, number, plan, total, customer)
            self._goods(key, plan, lines, customer, owner)

    def flush(self) -> None:
        for model in IN_ORDER:
            self.world.copier.copy(model, self.rows.pop(model, []))

    def _known_buyer(self, plan: PlannedOrder) -> int | None:
        """A third of the single cars are ordered for a customer who waits for them."""
        if len(plan.cars) > 1 or self.world.rng.random() > 0.33:
            return None
        return self.buyers.next_buyer(
            plan.shop, plan.ordered_on, self.rows, has_bought=plan.approved_on <= self.world.today
        )

    def _owner(self, shop: Shop) -> int:
        sellers = self.world.region_sellers[shop.region]
        return sellers[shop.key % len(sellers)] if self.world.rng.random() < 0.3 else shop.manager

    def _lines(self, order: int, plan: PlannedOrder, kind: str) -> dict[int, dict]:
        lines: dict[int, dict] = {}
        for car in plan.cars:
            price, steps = price_of(self.world, car.item, plan.shop, plan.ordered_on, kind)
            line = lines.setdefault(
                car.item.key,
                {
                    "id": None,
                    "order_id": order,
                    "sku_id": car.item.key,
                    "quantity": 0,
                    "unit_price_amount": price,
                    "price_steps": steps,
                    "retail_price_amount": car.item.guide,
                },
            )
            line["quantity"] += 1
        for line in lines.values():
            line["id"] = self.world.copier.key(OrderLine)
        self.rows[OrderLine] += lines.values()
        return lines

    def _status(self, plan: PlannedOrder) -> str:
        today = self.world.today
        if plan.approved_on > today:
            return "submitted" if plan.ordered_on < today else "draft"
        if plan.invoiced_on > today:
            return "allocated" if self._is_allocated(plan) else "approved"
        reached = [
            ("invoiced", plan.invoiced_on),
            ("shipped", plan.shipped_on),
            ("received", plan.received_on),
            ("retailed", max(car.retailed_on for car in plan.cars)),
        ]
        return [status for status, day in reached if day <= today][-1]

    def _is_allocated(self, plan: PlannedOrder) -> bool:
        soon = plan.invoiced_on <= self.world.today + timedelta(days=4)
        return soon and all(car.produced_on <= self.world.today for car in plan.cars)

    def _money(self, order: int, number: str, plan: PlannedOrder, total: int, customer: int | None) -> None:
        key, shop = self.world.copier.key(Receivable), plan.shop
        receipts = self._receipts(plan, total)
        received = sum(amount for amount, _day in receipts)
        self.rows[Receivable].append(
            {
                "id": key,
                "order_id": order,
                "buyer_dealer_id": shop.key,
                "unit_id": shop.unit,
                "amount": total,
                "received_amount": received,
                "opened_on": plan.approved_on,
                "due_on": self._schedule(key, total, received, plan.approved_on),
            }
        )
        self.rows[ReceivableEntry].append(
            {"receivable_id": key, "kind": "opened", "amount": total, "on": plan.approved_on}
        )
        for amount, day in receipts:
            self._receipt(key, shop, amount, day)
        if customer is not None:
            bought = {"amount": sum(car.item.guide for car in plan.cars), "car_count": len(plan.cars)}
            paper = {"source_key": f"order:{order}", "text": number, "on": plan.approved_on}
            self.rows[PurchaseRecord].append(bought | paper | {"customer_id": customer})

    def _schedule(self, receivable: int, total: int, received: int, on: date) -> date:
        """Writes the parts; the day on which the first of them that is not paid falls due, else the last."""
        through, next_due = 0, None
        for number, part in enumerate(schedule(Decimal(total), TERMS, on=on), start=1):
            through += part.amount
            row = {"number": number, "kind": part.kind, "amount": part.amount, "due_on": part.due_on}
            self.rows[Instalment].append(row | {"receivable_id": receivable, "through_amount": through})
            if next_due is None and through > received:
                next_due = part.due_on
        return next_due or part.due_on

    def _receipt(self, receivable: int, shop: Shop, amount: int, day: date) -> None:
        key, number = self.world.copier.key(Receipt), self.world.number("receipt", "SK", day)
        self.rows[Receipt].append(
            {
                "id": key,
                "number": number,
                "payer_dealer_id": shop.key,
                "unit_id": shop.unit,
                "amount": amount,
                "used_amount": amount,
                "received_on": day,
                "reference": f"ICBC{day:%Y%m%d}{self.world.next_serial():08d}",
                "entered_by_id": self.world.people["finance"],
            }
        )
        self.rows[Settlement].append({"receipt_id": key, "receivable_id": receivable, "amount": amount, "on": day})
        self._post(shop, "receipt", key, number, amount, day)

    def _post(self, shop: Shop, kind: str, key: int, text: str, amount: int, day: date) -> None:
        entry = {"dealer_id": shop.key, "account": "car", "kind": kind, "amount": amount, "on": day, "text": text}
        self.rows[AccountEntry].append(entry | {"source_key": f"{kind}:{key}"})

    def _receipts(self, plan: PlannedOrder, total: int) -> list[tuple[int, date]]:
        """The deposit with the approval, the rest around the invoice; late payers keep everybody waiting."""
        deposit = share(Decimal(total), TERMS.deposit_percent)
        wait = self.world.days(35, 110) if plan.shop.pays_late else self.world.days(0, 18)
        parts = [(deposit, plan.approved_on + self.world.days(0, 2)), (total - deposit, plan.invoiced_on + wait)]
        return [(amount, day) for amount, day in parts if day <= self.world.today]

    def _goods(self, order: int, plan: PlannedOrder, lines: dict[int, dict], customer: int | None, owner: int) -> None:
        today = self.world.today
        if plan.invoiced_on > today and not self._is_allocated(plan):
            return
        delivery = self._delivery(order, plan) if plan.shipped_on <= today else None
        for car in plan.cars:
            vehicle = self.cars.add(car, plan, self.rows)
            has_gone = plan.received_on <= today and car.retailed_on <= today
            status = "retailed" if has_gone else self._stage(plan)
            key = self.world.copier.key(Allocation)
            self.rows[Allocation].append(
                {
                    "id": key,
                    "order_line_id": lines[car.item.key]["id"],
                    "vehicle_id": vehicle,
                    "status": status,
                    "delivery_id": delivery,
                    "allocated_by_id": self.world.people["stock"],
                    "allocated_at": self.world.moment(plan.invoiced_on),
                    "reason": "下线最早",
                }
            )
            if plan.invoiced_on <= today:
                self._invoice(order, key, lines[car.item.key]["unit_price_amount"], plan)
            if has_gone:
                self._retail(key, vehicle, car, plan.shop, customer, owner)

    def _stage(self, plan: PlannedOrder) -> str:
        days = [
            ("reserved", plan.approved_on),
            ("invoiced", plan.invoiced_on),
            ("shipped", plan.shipped_on),
            ("received", plan.received_on),
        ]
        return [status for status, day in days if day <= self.world.today][-1]

    def _delivery(self, order: int, plan: PlannedOrder) -> int:
        key = self.world.copier.key(Delivery)
        self.rows[Delivery].append(
            {
                "id": key,
                "number": self.world.number("delivery", "FY", plan.shipped_on),
                "order_id": order,
                "carrier": "龙运物流",
                "shipped_on": plan.shipped_on,
                "received_on": plan.received_on if plan.received_on <= self.world.today else None,
            }
        )
        return key

    def _invoice(self, order: int, allocation: int, price: int, plan: PlannedOrder) -> None:
        key, number = self.world.copier.key(Invoice), self.world.number("invoice", "FP", plan.invoiced_on)
        self.rows[Invoice].append(
            {
                "id": key,
                "number": number,
                "order_id": order,
                "allocation_id": allocation,
                "amount": price,
                "invoiced_on": plan.invoiced_on,
            }
        )
        self._post(plan.shop, "invoice", key, number, -price, plan.invoiced_on)

    def _retail(self, allocation: int, vehicle: int, car: Car, shop: Shop, customer: int | None, owner: int) -> None:
        rng, day = self.world.rng, car.retailed_on
        planned = 0 if customer is None else car.item.guide
        customer = customer or self.buyers.next_buyer(shop, day, self.rows, has_bought=True)
        price = car.item.guide - rng.choice((0, 0, 500, 1000, 1500, 2000))
        key = self.world.copier.key(Retail)
        seller = owner if owner != shop.manager else rng.choice(shop.sellers)
        self.rows[Retail].append(
            {
                "id": key,
                "allocation_id": allocation,
                "vehicle_id": vehicle,
                "dealer_id": shop.key,
                "outlet_id": self.world.outlets.get(shop.key) if key % 3 == 0 else None,
                "unit_id": shop.unit,
                "customer_id": customer,
                "sold_by_id": seller,
                "ordered_by_id": owner,
                "retailed_on": day,
                "delivered_on": day,
                "warranty_starts_on": day,
                "price_amount": price,
                "usage_kind": "taxi" if self.buyers.is_fleet(customer) else "household",
                "verification": "genuine" if day < self.world.today - timedelta(days=30) else "to_verify",
                "is_out_of_area": rng.random() < 0.015,
                "is_fleet": self.buyers.is_fleet(customer),
            }
        )
        if price != planned:  # the approval entered the planned price for the customer who waited
            purchase = {"source_key": f"retail:{key}", "text": car.item.name, "on": day, "amount": price - planned}
            cars = {"car_count": 0 if planned else 1}
            self.rows[PurchaseRecord].append(purchase | cars | {"customer_id": customer})

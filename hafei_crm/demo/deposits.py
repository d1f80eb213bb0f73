"""What dealers paid beside their orders: deposits, money on account, a refund."""

from datetime import date, timedelta

from contracts.models import Receipt, Refund
from dealers.models import AccountEntry
from hafei_crm.demo.world import Shop, World

DEPOSIT = 200_000
ON_ACCOUNT = 60_000
GIVEN_BACK = 10_000


def make_deposits(world: World) -> None:
    entries = [
        _entry(shop, "deposit", "paid_in", DEPOSIT, world.months[0], f"bank:BZJ{shop.key}") for shop in world.shops
    ]
    receipts, refunds = [], []
    for place, shop in enumerate(world.shops[::5]):
        day = world.today - timedelta(days=3 + place)
        receipt = _receipt(world, shop, day, used=GIVEN_BACK if place == 0 else 0)
        receipts.append(receipt)
        entries.append(
            _entry(shop, "car", "receipt", ON_ACCOUNT, day, f"receipt:{receipt['id']}", text=receipt["number"])
        )
        if place == 0:
            refund = _refund(world, receipt["id"], day + timedelta(days=1))
            refunds.append(refund)
            key = f"refund:{refund['id']}"
            entries.append(
                _entry(shop, "car", "refund", -GIVEN_BACK, refund["refunded_on"], key, text=refund["number"])
            )
    world.copier.copy(Receipt, receipts)
    world.copier.copy(Refund, refunds)
    world.copier.copy(AccountEntry, entries)


def _receipt(world: World, shop: Shop, day: date, *, used: int) -> dict:
    return {
        "id": world.copier.key(Receipt),
        "number": world.number("receipt", "SK", day),
        "payer_dealer_id": shop.key,
        "unit_id": shop.unit,
        "amount": ON_ACCOUNT,
        "used_amount": used,
        "received_on": day,
        "reference": f"CCB{day:%Y%m%d}{world.next_serial():08d}",
        "note": "预付车款",
        "entered_by_id": world.people["finance"],
    }


def _refund(world: World, receipt: int, day: date) -> dict:
    return {
        "id": world.copier.key(Refund),
        "number": world.number("refund", "TK", day),
        "receipt_id": receipt,
        "amount": GIVEN_BACK,
        "refunded_on": day,
        "reference": f"CCB{day:%Y%m%d}{world.next_serial():08d}",
        "reason": "经销商申请退回部分预付款",
        "entered_by_id": world.people["finance"],
    }


def _entry(shop: Shop, account: str, kind: str, amount: int, day: date, key: str, *, text: str = "") -> dict:
    return {
        "dealer_id": shop.key,
        "account": account,
        "kind": kind,
        "amount": amount,
        "on": day,
        "source_key": key,
        "text": text or "经销商保证金",
    }

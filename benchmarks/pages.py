"""Lists and record pages of the walk against Django's floor, measured before, between and after them; one JSON object.

    .venv/bin/python manage.py migrate                        once, then load_demo into the empty database
    .venv/bin/python manage.py load_demo [--scale 1]
    .venv/bin/python benchmarks/pages.py [--scale 1]          with DATABASE_URL and REDIS_URL, or the embedded servers

Exits 1 when a page misses its budget: ten times the floor's list page, fifteen times for a home page or a board.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
BUDGET, BOARD_BUDGET = 10, 15
BOARDS = ("home", "opportunity board", "ageing of receivables")
PEOPLE = ("director", "sales1")  # who sees everything; at scale 20 the owner of very many open opportunities
WARM_UP, COUNTED = 3, 20
GROUP = 12  # pages between two measurements of the floor


def measure(client, connection, url: str) -> dict:
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(WARM_UP + COUNTED):
        begin = time.perf_counter()
        answer = client.get(url)
        times.append((time.perf_counter() - begin) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    counted = sorted(times[WARM_UP:])
    return {"url": url, "median_ms": round(statistics.median(counted), 1), "p95_ms": round(counted[-2], 1),
            "queries": len(queries)}  # fmt: skip


def pages_of_customers(person):
    """What a sales team does all day, with many rows: deep pages, filters, searches, the board."""
    from django.urls import reverse

    from customers.models import Customer

    customers, leads = reverse("customers:customer_list"), reverse("customers:lead_list")
    last_page = -(-Customer.objects.visible_to(person).count() // 50)
    yield "customers page 1000", f"{customers}?page={max(1, min(1000, last_page))}"
    yield "customers filtered", f"{customers}?kind=company&stage=potential"
    yield "customers sorted by name", f"{customers}?sort=name_pinyin"
    for name, words in (("2 characters", "张伟"), ("initials", "zw"), ("phone tail", "8821"), ("a city", "哈尔滨")):
        yield f"customers by {name}", f"{customers}?q={words}"
        yield f"search by {name}", f"/search/?q={words}"
    yield "leads overdue", f"{leads}?status=assigned&sort=next_contact_on"
    yield "opportunity board", reverse("customers:opportunity_board")


def pages_of_orders(person):
    """What an order sets going: approvals, what is owed and for how long, the account of the largest dealer."""
    from django.db.models import Count
    from django.urls import reverse

    from dealers.models import AccountEntry

    yield "approvals", reverse("approvals")
    if person.has_perm("contracts.view_receivable"):
        yield "ageing of receivables", reverse("contracts:ageing")
    if person.has_perm("dealers.view_accountentry"):
        entries = AccountEntry.objects.visible_to(person).order_by().values_list("dealer")
        dealer, _rows = entries.annotate(rows=Count("pk")).order_by("-rows").first()
        yield "dealer statement", reverse("dealers:dealer_accounts", args=[dealer])


def pages_to_measure(wiring, person):
    yield "home", "/"
    yield from pages_of_customers(person)
    yield from pages_of_orders(person)
    for pages in wiring.PAGES:
        if not person.has_perm(pages.permission("view")):
            continue
        yield f"{pages.name} list", pages.url("list")
        newest = pages.visible_rows(person).order_by("-pk").first()
        if newest and pages.has("detail"):
            yield f"{pages.name} record", pages.url("detail", newest.pk)


def floor_ms() -> float:
    print("measuring the floor", file=sys.stderr)
    command = [sys.executable, str(ROOT / "benchmarks/floor.py")]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT / "benchmarks")
    return json.loads(answer.stdout.strip().splitlines()[-1])["list_ms"]


def between_floors(asked: list[tuple]) -> list[dict]:
    """The pages measured in groups, the floor before and after each: a machine's pace changes within one run."""
    from django.db import connection

    found, before = [], floor_ms()
    for first in range(0, len(asked), GROUP):
        group = []
        for person, client, name, url in asked[first : first + GROUP]:
            print(person, name, file=sys.stderr)
            budget = BOARD_BUDGET if name in BOARDS else BUDGET
            group.append({"person": person, "name": name, **measure(client, connection, url), "budget": budget})
        after = floor_ms()
        floor = round((before + after) / 2, 3)
        found += [page | {"floor_ms": floor, "ratio": round(page["median_ms"] / floor, 2)} for page in group]
        before = after
    return found


def pages_of_people():
    from django.test import Client

    from hafei_crm import wiring
    from users.models import User

    for username in PEOPLE:
        person, client = User.objects.get(username=username), Client()
        client.force_login(person)
        for name, url in pages_to_measure(wiring, person):
            yield username, client, name, url


def main(scale: int) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from contracts.models import Order
    from customers.models import Customer
    from inventory.models import Vehicle

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("collectstatic", interactive=False, verbosity=0)
    found = between_floors(list(pages_of_people()))
    floor = round(statistics.median(page["floor_ms"] for page in found), 3)
    rows = {model.__name__: model.objects.count() for model in (Customer, Order, Vehicle)}
    print(json.dumps({"floor_ms": floor, "scale": scale, "rows": rows, "pages": found}, ensure_ascii=False))
    return int(any(page["ratio"] > page["budget"] for page in found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=1, help="the scale the demo data was loaded with, for the record")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hafei_crm.settings")
    os.environ["HAFEI_HTTPS"] = "off"
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    from hafei_crm.embedded.servers import running_servers

    with running_servers():
        sys.exit(main(options.scale))

"""Leads, opportunities, contact records, key accounts: the funnel that leads to the sales."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import models

from core.search import search_text
from customers.actions import rescore
from customers.models import ContactRecord, Customer, KeyAccountRegistration, Lead, Opportunity, Source
from hafei_crm.demo import words
from hafei_crm.demo.buyers import Buyers
from hafei_crm.demo.journeys import meeting, meetings, milestones
from hafei_crm.demo.pipelines import find_stages, make_showrooms, write_opportunities
from hafei_crm.demo.world import Item, Shop, World

SOURCES = ("展厅到店", "电话咨询", "官网留资", "车展", "老客户介绍", "户外巡展", "二级网点")
POTENTIALS = 3_100
OPEN_LEADS = 320
KINDS = ("call", "call", "message", "showroom", "visit", "test_drive")
LEVELS = ("h", "a", "b", "c", "n")
OPEN_OR_LOST = (1, 1, 2, 3, "lost", "lost")
LOST_REASONS = ("price", "product", "stock", "competitor", "gave_up")


def make_sources(world: World) -> None:
    world.sources = [world.copier.key(Source) for _ in SOURCES]
    world.copier.copy(
        Source,
        ({"id": key, "code": f"source-{key}", "name": name} for key, name in zip(world.sources, SOURCES, strict=True)),
    )


def make_funnel(world: World) -> None:
    """Customers who bought get the lead and the opportunity they came from; others are still being worked on."""
    find_stages(world)
    _add_potentials(world)
    bought = list(
        Customer.objects.filter(stage="base").values_list(
            "pk", "name", "phone", "city", "dealer_id", "owner_id", "unit_id", "created_at"
        )
    )
    potential = list(
        Customer.objects.filter(stage="potential").values_list(
            "pk", "name", "phone", "city", "dealer_id", "owner_id", "unit_id", "created_at"
        )
    )
    leads, opportunities = [], []
    for customer in bought[::3]:
        _add_story(world, customer, leads, opportunities, won=True)
    for customer in potential:
        _add_story(world, customer, leads, opportunities, won=False)
    leads += _open_leads(world)
    world.copier.copy(Lead, leads)
    write_opportunities(world, opportunities)
    world.copier.copy(ContactRecord, meetings(world, bought, have_bought=True))
    world.copier.copy(ContactRecord, meetings(world, potential, have_bought=False))
    world.copier.copy(ContactRecord, milestones(world))
    world.copier.copy(ContactRecord, _calls_on_leads(world, leads[-OPEN_LEADS:]))
    world.copier.copy(KeyAccountRegistration, _registrations(world))
    make_showrooms(world)
    rescore(Lead.objects.open())


def _add_potentials(world: World) -> None:
    buyers, rows = Buyers(world), defaultdict[type[models.Model], list[dict]](list)
    weights = [shop.weight for shop in world.shops]
    for shop in world.rng.choices(world.shops, weights, k=POTENTIALS):
        day = world.today - timedelta(days=int(world.rng.betavariate(1, 2.5) * 700) + 1)
        buyers.add(shop, day, rows, has_bought=False)
    for model, batch in rows.items():
        world.copier.copy(model, batch)


def _add_story(world: World, customer: tuple, leads: list[dict], opportunities: list[dict], *, won: bool) -> None:
    """The lead a customer came from, and the opportunity it became."""
    item = world.rng.choice(world.items)
    began = customer[-1].date() - world.days(5, 30)
    lead = _converted_lead(world, customer, item, began)
    leads.append(lead)
    opportunities.append(_opportunity(world, customer, item, began, won=won) | {"lead_id": lead["id"]})


def _converted_lead(world: World, customer: tuple, item: Item, began: date) -> dict:
    key, name, phone, city, dealer, owner, unit, _created_at = customer
    return {
        "id": world.copier.key(Lead),
        "name": name,
        "phone": phone,
        "city": city,
        "source_id": world.rng.choice(world.sources),
        "intent_level": world.rng.choice(LEVELS[:4]),
        "series_id": item.series,
        "dealer_id": dealer,
        "status": "converted",
        "customer_id": key,
        "recorded_by_id": owner,
        "recorded_at": world.moment(began),
        "owner_id": owner,
        "unit_id": unit,
        "search_text": search_text(name, city, phones=[phone]),
    }


def _opportunity(world: World, customer: tuple, item: Item, began: date, *, won: bool) -> dict:
    key, name, _phone, _city, _dealer, owner, unit, created_at = customer
    rng = world.rng
    place = "won" if won else rng.choice(OPEN_OR_LOST)
    is_closed = place in ("won", "lost")
    reason = rng.choice(LOST_REASONS) if place == "lost" else ""
    quantity = 1 if rng.random() < 0.9 else rng.randint(2, 12)
    title, number = f"{name} {item.series_name} {quantity} 台", world.number("opportunity", "SJ", began)
    return {
        "id": world.copier.key(Opportunity),
        "number": number,
        "customer_id": key,
        "title": title,
        "series_id": item.series,
        "quantity": quantity,
        "amount": quantity * item.guide,
        "status": place if is_closed else "open",
        "pipeline_id": world.pipeline,
        "place": place,
        "stage_id": world.stages[place],
        "expected_close_on": created_at.date() + timedelta(days=20) if is_closed else world.today + world.days(-10, 75),
        "lost_reason": reason,
        "lost_to_id": rng.choice(world.competitors) if reason == "competitor" else None,
        "created_at": world.moment(began),
        "closed_at": world.moment(began + world.days(3, 25)) if is_closed else None,
        "owner_id": owner,
        "unit_id": unit,
        "search_text": search_text(title, number),
    }


def _open_leads(world: World) -> list[dict]:
    """Fresh ones of the last weeks: some unassigned, some whose follow-up is overdue."""
    weights = [shop.weight for shop in world.shops]
    shops = world.rng.choices(world.shops, weights, k=OPEN_LEADS)
    return [_open_lead(world, shop) for shop in shops]


def _open_lead(world: World, shop: Shop) -> dict:
    rng, name, phone = world.rng, words.person(world.rng), words.mobile(world.next_serial())
    recorded = world.today - world.days(0, 25)
    status = rng.choices(("new", "assigned", "qualified", "invalid"), (3, 4, 3, 1))[0]
    owner = None if status == "new" else rng.choice(shop.sellers)
    return {
        "id": world.copier.key(Lead),
        "name": name,
        "phone": phone,
        "city": shop.city,
        "source_id": rng.choice(world.sources),
        "intent_level": rng.choice(LEVELS),
        "series_id": rng.choice(world.items).series,
        "dealer_id": shop.key,
        "status": status,
        "next_contact_on": None if status == "invalid" else world.today + world.days(-4, 12),
        "recorded_by_id": shop.manager,
        "recorded_at": world.moment(recorded),
        "is_phone_verified": status == "qualified",
        "owner_id": owner,
        "unit_id": shop.unit,
        "search_text": search_text(name, shop.city, phones=[phone]),
    }


def _calls_on_leads(world: World, leads: list[dict]) -> Iterator[dict]:
    for lead in leads:
        if lead["owner_id"]:
            for day in _days_since(world, lead["recorded_at"].date(), world.rng.randint(1, 3)):
                kind = world.rng.choice(KINDS)
                yield meeting(world, kind, day, lead["owner_id"], lead["unit_id"]) | {"lead_id": lead["id"]}


def _days_since(world: World, day: date, count: int) -> Iterator[date]:
    for _ in range(count):
        yield day + world.days(0, (world.today - day).days)


def _registrations(world: World) -> Iterator[dict]:
    fleets = Customer.objects.exclude(kind="person").values_list("pk", "name", "dealer_id", "owner_id", "unit_id")
    for number, (key, name, dealer, owner, unit) in enumerate(fleets[:60]):
        status = ("registered", "registered", "submitted", "draft")[number % 4]
        opened = world.today - world.days(3, 80)
        paper, project = world.number("registration", "BB", opened), f"{world.today.year} 年车辆更新"
        yield {
            "number": paper,
            "customer_id": key,
            "project_name": project,
            "expected_quantity": world.rng.randint(5, 80),
            "dealer_id": dealer,
            "status": status,
            "owner_id": owner,
            "unit_id": unit,
            "created_at": world.moment(opened),
            "protected_until": opened + timedelta(days=90) if status == "registered" else None,
            "search_text": search_text(project, paper, name),
        }

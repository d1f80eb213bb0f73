"""What fills the days of the salespeople: customers and leads spoken to, tasks about them, meetings, visits agreed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from core.periods import period_of
from customers.models import ContactRecord, Customer, Lead
from hafei_crm.demo.journeys import CARE, meeting
from hafei_crm.demo.world import World
from salesplan import rules
from users.models import CalendarEntry, Task, User

WORK = ("送报价单", "回访用车感受", "约试驾", "核对上户资料", "催收定金", "邀请参加车展", "提醒首保", "发送配置表")
PLACES = ("展厅", "客户单位", "车管所", "会展中心", "试驾场")
VISITS = ("上门拜访", "陪同试驾", "车展值班", "交车仪式", "合同签订")
TASKS, ENTRIES = 8, 4
DAYS_BACK, CONTACTS = 14, (2, 6)


def make_days(world: World) -> None:
    people = dict(User.objects.filter(pk__in=_sellers(world)).exclude(unit=None).values_list("pk", "unit_id"))
    customers = _customers_of(people)
    world.copier.copy(ContactRecord, _contacts(world, people))
    world.copier.copy(
        Task, (task for owner in people for task in _tasks(world, owner, people[owner], customers[owner]))
    )
    entries = [entry for owner in people for entry in _entries(world, owner, people[owner])]
    meetings = list(_meetings(world))
    world.copier.copy(CalendarEntry, [*entries, *(entry for entry, _guests in meetings)])
    guests = [{"calendarentry_id": entry["id"], "user_id": guest} for entry, group in meetings for guest in group]
    world.copier.copy(CalendarEntry.participants.through, guests)


def _sellers(world: World) -> list[int]:
    of_regions = [seller for sellers in world.region_sellers.values() for seller in sellers]
    return [*of_regions, *(seller for shop in world.shops for seller in shop.sellers)]


def _customers_of(people: dict[int, int]) -> dict[int, list[tuple[int, str]]]:
    """A few of the newest customers of each."""
    found = defaultdict(list)
    rows = Customer.objects.filter(owner__in=people).order_by("-pk").values_list("owner", "pk", "name")
    for owner, key, name in rows.iterator():
        if len(found[owner]) < TASKS:
            found[owner].append((key, name))
    return found


def _contacts(world: World, people: dict[int, int]) -> Iterator[dict]:
    """Some on each of the last working days, with customers and open leads that were there by then."""
    known = _known_by(people)
    for days in range(1, DAYS_BACK + 1):
        day = world.today - timedelta(days=days)
        for owner in people if rules.is_reported(period_of("day", day)) else ():
            found = [about for since, about in known[owner] if since < day]
            for about in world.rng.sample(found, min(len(found), world.rng.randint(*CONTACTS))):
                yield meeting(world, world.rng.choice(CARE), day, owner, people[owner]) | about


def _known_by(people: dict[int, int]) -> dict[int, list[tuple[date, dict]]]:
    """Of each person the customers who have not bought yet and the open leads, with the day they came."""
    found = defaultdict(list)
    potential = Customer.objects.filter(stage=Customer.Stage.POTENTIAL, owner__in=people).order_by("pk")
    leads = Lead.objects.open().filter(owner__in=people).order_by("pk")
    for owner, key, since in potential.values_list("owner", "pk", "created_at"):
        found[owner].append((timezone.localdate(since), {"customer_id": key}))
    for owner, key, since in leads.values_list("owner", "pk", "recorded_at"):
        found[owner].append((timezone.localdate(since), {"lead_id": key}))
    return found


def _tasks(world: World, owner: int, unit: int, customers: list[tuple[int, str]]) -> Iterator[dict]:
    """Half of them done, one or two overdue, the others in the days to come."""
    kind = ContentType.objects.get_for_model(Customer).pk
    for number, (key, name) in enumerate(customers):
        is_done = number % 2 == 1
        due_on = world.today - world.days(1, 14) if is_done else world.today + timedelta(days=number - 1)
        yield {
            "title": f"{name}：{world.rng.choice(WORK)}",
            "due_on": due_on,
            "due_time": time(world.rng.randint(9, 16), 30) if number % 3 == 0 else None,
            "priority": "high" if number == 2 else "normal",
            "content_type_id": kind,
            "object_id": key,
            "done_at": world.moment(due_on) if is_done else None,
            "done_by_id": owner if is_done else None,
            "created_by_id": owner,
            "owner_id": owner,
            "unit_id": unit,
        }


def _entries(world: World, owner: int, unit: int) -> Iterator[dict]:
    for _ in range(ENTRIES):
        day, hour = world.today + world.days(-6, 12), world.rng.randint(9, 16)
        yield _entry(world, world.rng.choice(VISITS), day, hour, owner, unit) | {"place": world.rng.choice(PLACES)}


def _meetings(world: World) -> Iterator[tuple[dict, list[int]]]:
    """Each region meets on Mondays, and closes the month on its last day."""
    monday = world.today - timedelta(days=world.today.weekday() + 28)
    last_day = world.today.replace(day=1) - timedelta(days=1)
    for region, login in (("NORTH", "manager"), ("EAST", "manager2")):
        owner, guests = world.people[login], world.region_sellers.get(region, [])
        weekly = _entry(world, "区域周例会", monday, 9, owner, world.units[region])
        yield weekly | {"repeats": "weekly", "weekdays": "{0}", "place": "第一会议室", "remind_minutes": 10}, guests
        monthly = _entry(world, "月度销售总结", last_day, 15, owner, world.units[region])
        yield monthly | {"repeats": "monthly"}, guests


def _entry(world: World, title: str, day: date, hour: int, owner: int, unit: int) -> dict:
    starts_at = datetime.combine(day, time(hour), tzinfo=world.zone)
    return {
        "id": world.copier.key(CalendarEntry),
        "title": title,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "weekdays": "{}",
        "exceptions": "{}",
        "created_by_id": owner,
        "owner_id": owner,
        "unit_id": unit,
    }

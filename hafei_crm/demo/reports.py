"""Work reports of the last two weeks and three months: most handed in, some late, some reviewed, some never written."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from core.periods import SHANGHAI, Period, period_of
from customers.models import ContactRecord
from hafei_crm.demo import words
from hafei_crm.demo.world import World
from salesplan import activity, rules
from salesplan.models import ReportTemplate, WorkReport, WorkReportEntry
from salesplan.reporting import REVIEWERS
from users.access import permissions_of
from users.models import User

BACK = {"day": 14, "week": 3, "month": 3}
EVENING = time(20, 0)
DONE = (
    "跟进 {customer}，客户对路宝的空间和油耗满意，约定本周末带家人试驾。",
    "拜访 {customer}，介绍车队采购政策，对方要求下周给出正式报价。",
    "接待到店客户三批，其中 {customer} 意向较强，已登记并约好下次联系。",
    "催收 {customer} 尾款，对方答应月底前付清；另回访上月提车客户。",
)
NEEDED = (
    "",
    "",
    "现车颜色不全，请协调白色库存。",
    "竞品降价两千元，希望申请促销支持。",
    "希望派技术人员讲解载重参数。",
)
PLANNED = (
    "联系 {customer} 确认试驾时间；整理本周逾期线索。",
    "送报价给 {customer}；拜访两家物流公司。",
    "到店客户跟进三批，争取成交一台；核对 {customer} 的合同。",
)
COMMENTS = {
    "a": "跟进扎实，数据真实，继续保持。",
    "b": "总体不错，注意及时登记下次联系日期。",
    "c": "拜访量偏少，明天多安排上门。",
}


def make_reports(world: World) -> None:
    """The people came long before the reports, so that what is missing counts as missing."""
    User.objects.update(date_joined=datetime.combine(world.months[0], time(9), tzinfo=SHANGHAI))
    director = User.objects.get(pk=world.people["director"])
    reports, entries = [], []
    for period in _periods(world.today, world.copier.now):
        counted, names = activity.counted(director, period), _spoken_to(period)
        for author in _authors():
            if world.rng.random() < 0.82:
                report = _report(world, author, period, counted.get(author["pk"], {}))
                reports.append(report)
                entries += _entries(world, report, names[author["pk"]])
    world.copier.copy(WorkReport, reports)
    world.copier.copy(WorkReportEntry, entries)


def _periods(today: date, now: datetime) -> Iterator[Period]:
    """Those whose reports are due by now; what is written today is left to whoever looks around."""
    for kind, count in BACK.items():
        period = period_of(kind, today)
        for _number in range(count):
            period = period.previous()
            if rules.is_reported(period) and _due_at(period) < now:
                yield period


def _authors() -> list[dict]:
    """Whoever has to report, with the manager who reviews him."""
    people = list(
        User.objects.filter(groups__name__in=ReportTemplate.REPORTING)
        .order_by("pk")
        .values("pk", "unit_id", "unit__parent_id", "groups__name")
    )
    managers = dict(User.objects.filter(groups__name__in=REVIEWERS).order_by("-pk").values_list("unit_id", "pk"))
    for person in people:
        is_manager = person["groups__name"] in REVIEWERS
        person["reviewer"] = managers.get(person["unit__parent_id"] if is_manager else person["unit_id"])
    return people


def _report(world: World, author: dict, period: Period, values: dict) -> dict:
    rng = world.rng
    now, due_at = world.copier.now, _due_at(period)
    after = timedelta(minutes=rng.randint(-150, -5) if rng.random() < 0.85 else rng.randint(15, 600))
    submitted_at = min(due_at + after, now)
    reviewed_at = submitted_at + timedelta(hours=rng.randint(1, 14))
    is_reviewed = author["reviewer"] is not None and reviewed_at < now and rng.random() < 0.7
    mark = rng.choice("aabbbc") if is_reviewed else ""
    return {
        "id": world.copier.key(WorkReport),
        "kind": period.kind,
        "starts_on": period.start,
        "owner_id": author["pk"],
        "unit_id": author["unit_id"],
        "status": "reviewed" if is_reviewed else "submitted",
        "due_at": due_at,
        "created_at": submitted_at - timedelta(minutes=rng.randint(4, 25)),
        "submitted_at": submitted_at,
        "figures": _figures(values, author["groups__name"]),
        "reviewer_id": author["reviewer"],
        "reviewed_at": reviewed_at if is_reviewed else None,
        "mark": mark,
        "review": COMMENTS.get(mark, ""),
    }


def _due_at(period: Period) -> datetime:
    return rules.report_due_at(period, after_days=rules.STANDARD_TEMPLATES[period.kind][0], at=EVENING)


def _figures(values: dict, role: str) -> dict:
    """As a report keeps them: every figure of the author's role, amounts as text."""
    allowed = permissions_of(role)
    figures = [figure for source in activity.SOURCES if source.permission in allowed for figure in source.figures]
    return {
        figure.name: f"{values.get(figure.name) or Decimal(0):.2f}" if figure.is_money else values.get(figure.name, 0)
        for figure in figures
    }


def _spoken_to(period: Period) -> dict[int, list[str]]:
    """Of each person the names of those he contacted."""
    found = defaultdict(list)
    start, end = period.bounds()
    contacts = ContactRecord.objects.by_hand().filter(at__gte=start, at__lt=end).order_by("pk")
    for owner, customer, lead in contacts.values_list("owner", "customer__name", "lead__name"):
        found[owner].append(customer or lead)
    return found


def _entries(world: World, report: dict, names: list[str]) -> Iterator[dict]:
    sections = rules.STANDARD_TEMPLATES[report["kind"]][1]
    for position, (part, title, prompt, is_required) in enumerate(sections, start=1):
        texts = PLANNED if part == "plan" else DONE if is_required else NEEDED
        customer = world.rng.choice(names) if names else words.person(world.rng)
        yield {
            "report_id": report["id"],
            "position": position,
            "part": part,
            "title": _(title),
            "prompt": _(prompt),
            "is_required": is_required,
            "text": world.rng.choice(texts).format(customer=customer),
        }

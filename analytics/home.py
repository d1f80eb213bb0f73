"""What stands on a person's home page: cards of figures, charts, rankings and what waits for him."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from aftersales.models import Claim
from analytics import queries
from analytics.boards import Board, board_of, kept
from analytics.links import list_url, list_url_in
from analytics.standing import SELLERS, standing
from contracts.links import counted_retails
from core.models import ExportLog
from core.periods import Period
from core.templatetags.ui import wan
from inventory.models import Vehicle
from training.models import Enrolment, TrainingClass
from users.models import Unit, User

S = Vehicle.State
MOST_CARDS = 8


@dataclass(frozen=True)
class Card:
    """One figure, the list it sums, and what stands below it; ``definition`` says what is counted."""

    label: str | Promise
    icon: str
    tone: str
    value: str
    unit: str
    url: str
    definition: str
    change: float | None = None
    share: float | None = None
    note: str = ""

    @property
    def change_text(self) -> str:
        return f"{self.change:+.1%}"

    @property
    def meter(self) -> int | None:
        return None if self.share is None else max(0, min(100, round(self.share * 100)))


def figures(user: User, period: Period, today: date) -> tuple[list[Card], Board | None]:
    """The cards and what the charts show; not older than a minute, because they add up many rows."""

    def make() -> tuple[list[Card], Board | None]:
        board = board_of(user, period, today) if user.has_perm("contracts.view_retail") else None
        return _cards(user, period, today), board

    return kept("home", user, period, today, make)


def _cards(user: User, period: Period, today: date) -> list[Card]:
    """Those the person's roles give him a figure for, the business's before the administration's."""
    made = (make(user, period, today) for permission, make in CARDS if user.has_perm(permission))
    return list(islice((card for card in made if card is not None), MOST_CARDS))


def retail_card(user: User, period: Period, today: date) -> Card:
    pace = queries.retail_pace(user, period, today)
    plan = 0
    if user.has_perm("salesplan.view_salesplanline"):
        plan = sum(queries.plan_by_month(user, period.start, period.end).values())
    note = _("plan %(plan)s cars") % {"plan": f"{plan:,}"} if plan else ""
    return Card(
        _("Retail sales"),
        "car",
        "blue",
        f"{pace.cars:,}",
        _("cars"),
        counted_retails(period),
        _("Cars handed to end users in the period, returns taken off; compared with as many days before."),
        change=pace.change,
        share=pace.cars / plan if plan else None,
        note=note or _("%(amount)s × 10,000 yuan") % {"amount": wan(pace.amount)},
    )


def wholesale_card(user: User, period: Period, today: date) -> Card:
    pace = queries.wholesale_pace(user, period, today)
    return Card(
        _("Wholesale"),
        "truck-delivery",
        "green",
        f"{pace.cars:,}",
        _("cars"),
        list_url_in("contracts:invoice", period),
        _("Cars invoiced in the period, invoices taken back taken off."),
        change=pace.change,
        note=_("%(amount)s × 10,000 yuan") % {"amount": wan(pace.amount)},
    )


def debt_card(user: User, period: Period, today: date) -> Card:
    debt = queries.debt(user, today)
    late = debt.overdue_amount / debt.outstanding_amount if debt.outstanding_amount else 0
    return Card(
        _("Outstanding receivables"),
        "coin",
        "orange",
        wan(debt.outstanding_amount),
        _("10,000 yuan"),
        list_url("contracts:receivable", is_open="true"),
        _("Amounts of approved orders less what was received; overdue after the due day."),
        share=float(late),
        note=_("%(count)d overdue, %(amount)s") % {"count": debt.overdue_count, "amount": wan(debt.overdue_amount)},
    )


def lead_card(user: User, period: Period, today: date) -> Card:
    recorded, overdue = queries.new_leads(user, period, today)
    return Card(
        _("New leads"),
        "target",
        "purple",
        f"{recorded:,}",
        _("leads"),
        list_url("customers:lead", recorded_from=period.start, recorded_until=period.last_day),
        _("Leads recorded in the period; overdue are open ones whose next contact day has passed."),
        note=_("%(count)d overdue for contact") % {"count": overdue},
    )


def stock_card(user: User, period: Period, today: date) -> Card:
    cars = queries.stock(user)
    at_dealers = cars.get(S.AT_DEALER, 0) + cars.get(S.IN_TRANSIT, 0)
    in_factory = cars.get(S.IN_FACTORY, 0)
    if not in_factory:
        return Card(
            _("Dealer stock"),
            "car-garage",
            "cyan",
            f"{cars.get(S.AT_DEALER, 0):,}",
            _("cars"),
            list_url("inventory:vehicle", state=S.AT_DEALER),
            _("Cars received by dealers and not yet retailed."),
            note=_("%(count)d on the way") % {"count": cars.get(S.IN_TRANSIT, 0)},
        )
    return Card(
        _("Factory stock"),
        "building-factory-2",
        "cyan",
        f"{in_factory:,}",
        _("cars"),
        list_url("inventory:vehicle", state=S.IN_FACTORY),
        _("Cars produced and not yet invoiced."),
        note=_("%(count)s with dealers or on the way") % {"count": f"{at_dealers:,}"},
    )


def quota_card(user: User, period: Period, today: date) -> Card | None:
    own = queries.own_pace(user, period, today)
    if not own.target and not own.cars:
        return None
    return Card(
        _("My sales"),
        "target-arrow",
        "blue",
        f"{own.cars:,}",
        _("cars"),
        counted_retails(period, credited_to=user.pk),
        _("Cars you sold in the period, beside your quota."),
        share=own.cars / own.target if own.target else None,
        note=_("quota %(target)d cars") % {"target": own.target} if own.target else _("no quota set"),
    )


def standing_card(user: User, period: Period, today: date) -> Card | None:
    places = standing(user, period)
    if not places:
        return None
    first, *others = places
    chosen = {"credited_to": user.pk} if user.role_names & set(SELLERS) else {}
    notes = [_("%(cars)d cars") % {"cars": first.cars}]
    notes += [_("%(among)s %(rank)d/%(count)d") % vars(place) for place in others]
    return Card(
        _("My ranking"),
        "trophy",
        "purple",
        f"{first.rank}",
        _("of %(count)d in %(among)s") % {"count": first.count, "among": first.among},
        counted_retails(period, **chosen),
        _("By cars sold in the period: your own, as a manager those of your dealer or region; equals share a place."),
        note=" · ".join(notes),
    )


def claim_card(user: User, period: Period, today: date) -> Card:
    by_status = queries.claims(user)
    count, amount = by_status.get(Claim.Status.SUBMITTED, (0, 0))
    returned = by_status.get(Claim.Status.RETURNED, (0, 0))[0]
    return Card(
        _("Claims under review"),
        "tools",
        "orange",
        f"{count:,}",
        _("claims"),
        list_url("aftersales:claim", status=Claim.Status.SUBMITTED),
        _("Warranty claims submitted and not yet decided."),
        note=_("%(amount)s yuan, %(returned)d returned") % {"amount": f"{amount:,.2f}", "returned": returned},
    )


def training_card(user: User, period: Period, today: date) -> Card:
    classes, enrolled = queries.training(user)
    return Card(
        _("Training classes"),
        "school",
        "purple",
        f"{classes:,}",
        _("open"),
        list_url("training:trainingclass", status=TrainingClass.Status.OPEN),
        _("Classes open for enrolment; enrolments without a result yet."),
        note=_("%(count)d enrolments running") % {"count": enrolled},
    )


def enrolment_card(user: User, period: Period, today: date) -> Card:
    rows = Enrolment.objects.visible_to(user)
    return Card(
        _("Courses passed"),
        "certificate",
        "green",
        f"{rows.filter(status=Enrolment.Status.PASSED).count():,}",
        _("courses"),
        list_url("training:enrolment", status=Enrolment.Status.PASSED),
        _("Enrolments that ended with a pass."),
    )


def people_card(user: User, period: Period, today: date) -> Card:
    people = User.objects.visible_to(user)
    return Card(
        _("People"),
        "users",
        "green",
        f"{people.on_duty().count():,}",
        _("people"),
        list_url("users:user"),
        _("Active accounts you may see."),
    )


def unit_card(user: User, period: Period, today: date) -> Card:
    return Card(
        _("Units"),
        "sitemap",
        "purple",
        f"{Unit.objects.visible_to(user).count():,}",
        _("units"),
        list_url("users:unit"),
        _("Regions, dealers and stations you may see."),
    )


def export_card(user: User, period: Period, today: date) -> Card:
    start, end = period.bounds()
    return Card(
        _("Exports"),
        "file-export",
        "orange",
        f"{ExportLog.objects.filter(at__gte=start, at__lt=end).count():,}",
        _("exports"),
        list_url("core:exportlog"),
        _("Lists that were taken out of the system in the period."),
    )


CARDS: tuple[tuple[str, Callable[[User, Period, date], Card | None]], ...] = (
    ("contracts.view_retail", retail_card),
    ("salesplan.view_quota", quota_card),
    ("salesplan.view_quota", standing_card),
    ("contracts.view_invoice", wholesale_card),
    ("contracts.view_receivable", debt_card),
    ("customers.view_lead", lead_card),
    ("aftersales.view_claim", claim_card),
    ("inventory.view_vehicle", stock_card),
    ("training.view_enrolment", training_card),
    ("training.grade_enrolment", enrolment_card),
    ("core.view_exportlog", export_card),
    ("users.view_user", people_card),
    ("users.view_unit", unit_card),
)

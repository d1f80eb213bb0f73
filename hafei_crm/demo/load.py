"""Puts the demo data together, in one transaction: it is there as a whole or not at all."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.actions import add_company_schemes
from core.errors import RuleBroken
from core.models import Counter
from hafei_crm.demo.agreements import make_agreements
from hafei_crm.demo.approvals import make_approvals
from hafei_crm.demo.copying import Copier
from hafei_crm.demo.days import make_days
from hafei_crm.demo.deposits import make_deposits
from hafei_crm.demo.exceptions import make_exceptions
from hafei_crm.demo.features import make_features
from hafei_crm.demo.funnel import make_funnel, make_sources
from hafei_crm.demo.journeys import remember_last_contacts
from hafei_crm.demo.learning import make_learning
from hafei_crm.demo.multiplying import multiply
from hafei_crm.demo.organisation import make_organisation
from hafei_crm.demo.plans import make_plans
from hafei_crm.demo.price_conditions import make_price_conditions
from hafei_crm.demo.products import make_products
from hafei_crm.demo.promotion import make_promotion
from hafei_crm.demo.quotations import make_quotations
from hafei_crm.demo.rebates import make_rebates
from hafei_crm.demo.region_work import share_with_regions
from hafei_crm.demo.reports import make_reports
from hafei_crm.demo.sales import make_sales
from hafei_crm.demo.service import make_service
from hafei_crm.demo.world import World
from hafei_crm.wiring import APPROVED_PAGES
from salesplan.actions import add_standard_templates
from users.models import Unit, User

Progress = Callable[[str, float], None]


@transaction.atomic
def load_demo(*, scale: int, seed: int, today: date, password: str, progress: Progress) -> None:
    """Fill an empty database; refuses one that holds people, because demo logins have no business beside real ones."""
    if User.objects.exists() or Unit.objects.exists():
        raise RuleBroken(_("This database already holds data. Demo data is loaded into an empty database only."))
    world = World(today=today, rng=Random(seed), copier=Copier(timezone.now()))
    _make_rows(world, password, progress)
    if scale > 1:
        progress(_("more of everything"), 0.9)
        multiply(scale, busiest=world.people["sales1"])
    analyse()
    make_approvals(APPROVED_PAGES, rng=world.rng, director=world.people["director"])
    progress(_("rebates and scores"), 0.95)
    make_rebates(world)
    make_exceptions(world)
    add_company_schemes()
    add_standard_templates()
    progress(_("done"), 1.0)


def _make_rows(world: World, password: str, progress: Progress) -> None:
    progress(_("people and dealers"), 0.0)
    make_organisation(world, password)
    progress(_("products"), 0.1)
    make_products(world)
    make_price_conditions(world)
    make_features(world)
    make_sources(world)
    make_sales(world, lambda done, total: progress(_("orders and cars"), 0.1 + 0.5 * done / total))
    make_deposits(world)
    analyse()
    progress(_("leads and contacts"), 0.6)
    make_funnel(world)
    share_with_regions(world)
    make_quotations(world)
    make_days(world)
    remember_last_contacts()
    progress(_("plans and service"), 0.8)
    make_plans(world)
    make_service(world)
    make_promotion(world)
    make_learning(world)
    analyse()
    make_reports(world)
    world.copier.copy(
        Counter, ({"kind": kind, "year": year, "last": last} for (kind, year), last in world.numbers.items())
    )
    world.copier.reset_sequences()
    make_agreements(world)


def analyse() -> None:
    """Fresh statistics, by which the rest is planned: it reads what has just been written."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def settle_down() -> None:
    """What the database else does in the minutes after so many rows, while the first pages wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")

"""Rows for tests, with chosen values; ``unit`` and ``owner`` say whose they are."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from core.workflow import take
from customers import actions, workflow
from customers.models import (
    Absence,
    AnnualFrame,
    Arbitration,
    AssignmentRule,
    ClaimLimit,
    Consent,
    ConsentText,
    Contact,
    ContactRecord,
    Customer,
    CustomerMerge,
    CustomerShare,
    IntentLevelRule,
    KeyAccountRegistration,
    Lead,
    LeadPolicy,
    LeavingCustomer,
    MetCompetitor,
    Opportunity,
    Pipeline,
    PooledCustomer,
    PoolRule,
    PricePolicy,
    PurchaseRecord,
    Purpose,
    ScoreRule,
    Source,
    Stage,
    WalkIns,
)
from products.tests.factories import make_competitormodel
from users.access import Role
from users.actions import add_unit
from users.models import Unit, User
from users.tests.factories import make_unit, make_user

serial = count(1)


def make_source(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Source:
    number = next(serial)
    return Source.objects.create(**{"code": f"source-{number}", "name": f"展厅到店{number}"} | fields)


def make_lead(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Lead:
    by = owner or make_user(unit=unit)
    number = next(serial)
    values = {
        "name": f"刘洋{number}",
        "phone": f"139{number:08d}",
        "source": fields.pop("source", None) or make_source(),
    }
    lead = actions.record_lead(by=by, **values | fields)
    Lead.objects.filter(pk=lead.pk).update(owner=owner, unit=unit or by.unit)
    lead.refresh_from_db()
    return lead


def make_customer(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Customer:
    by = owner or make_user(unit=unit)
    number = next(serial)
    values = {
        "name": f"哈尔滨鸿运出租汽车公司{number}",
        "phone": f"138{number:08d}",
        "kind": Customer.Kind.TAXI,
        "city": "哈尔滨",
    }
    return actions.add_customer(by=by, owner=by, unit=unit or by.unit, **values | fields)


def make_contact(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Contact:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    return actions.add_contact(
        by=customer.owner, customer=customer, **{"name": "马经理", "phone": "13700000001"} | fields
    )


def make_opportunity(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Opportunity:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    values = {"title": f"路宝 {next(serial)} 台采购", "quantity": 5, "amount": 290_000}
    return actions.add_opportunity(
        by=customer.owner, customer=customer, owner=customer.owner, unit=customer.unit, **values | fields
    )


def make_metcompetitor(*, unit: Unit | None = None, owner: User | None = None, **fields) -> MetCompetitor:
    opportunity = fields.pop("opportunity", None) or make_opportunity(unit=unit, owner=owner)
    values = {"model": fields.pop("model", None) or make_competitormodel(), "price_amount": 41_800}
    return actions.add_competitor(by=opportunity.owner, opportunity=opportunity, **values | fields)


def make_pipeline(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Pipeline:
    """For a region of its own, with one open stage."""
    number = next(serial)
    above = Unit.objects.filter(kind=Unit.Kind.HEADQUARTERS).first()
    team = fields.pop("team", None) or add_unit(
        by=None, name=f"销售团队{number}", code=f"TEAM{number}", kind=Unit.Kind.REGION, parent=above
    )
    pipeline = actions.add_pipeline(by=None, name=f"大客户流程{number}", unit=team, **fields)
    actions.add_stage(by=None, pipeline=pipeline, name="意向", probability=10, position=1)
    return pipeline


def make_stage(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Stage:
    values = {"name": f"报价{next(serial)}", "probability": 30, "position": 5}
    pipeline = fields.pop("pipeline", None) or Pipeline.objects.get(unit=None)
    return actions.add_stage(by=None, pipeline=pipeline, **values | fields)


def make_leadpolicy(*, unit: Unit | None = None, owner: User | None = None, **fields) -> LeadPolicy:
    """There is one."""
    LeadPolicy.objects.update(**fields or {"protection_days": 30})
    return LeadPolicy.objects.get()


def make_intentlevelrule(*, unit: Unit | None = None, owner: User | None = None, **fields) -> IntentLevelRule:
    """One of those there are: every level has its rule."""
    rules = list(IntentLevelRule.objects.order_by("pk"))
    return rules[next(serial) % len(rules)]


def make_scorerule(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ScoreRule:
    return ScoreRule.objects.create(**{"criterion": "contacts", "number": next(serial), "points": 5} | fields)


def make_assignmentrule(*, unit: Unit | None = None, owner: User | None = None, **fields) -> AssignmentRule:
    team = fields.pop("team", None) or unit or make_user().unit
    return actions.add_assignment_rule(by=None, team=team, **{"name": f"分配规则{next(serial)}"} | fields)


def make_walkins(*, unit: Unit | None = None, owner: User | None = None, **fields) -> WalkIns:
    """Each of a day of its own."""
    by = owner or make_user(unit=unit)
    on = timezone.localdate() - timedelta(days=next(serial))
    return WalkIns.objects.create(owner=by, unit=unit or by.unit, **{"on": on, "count": 3} | fields)


def make_absence(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Absence:
    person = fields.pop("person", None) or owner or make_user(unit=unit)
    days = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}
    return Absence.objects.create(person=person, **days | fields)


def make_contactrecord(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ContactRecord:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    values = {"kind": ContactRecord.Kind.CALL, "summary": "询问路宝现车"}
    return actions.record_contact(by=customer.owner, customer=customer, **values | fields)


def make_keyaccountregistration(
    *, unit: Unit | None = None, owner: User | None = None, **fields
) -> KeyAccountRegistration:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    values = {"project_name": f"出租车更新项目{next(serial)}", "expected_quantity": 200}
    return actions.register_project(by=customer.owner, customer=customer, **values | fields)


def make_arbitration(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Arbitration:
    winner = make_keyaccountregistration(unit=unit, owner=owner)
    values = {"winner": winner, "reason": "先报备", "by": winner.owner}
    return Arbitration.objects.create(**values | {"loser": make_keyaccountregistration(owner=winner.owner)} | fields)


def make_pricepolicy(*, unit: Unit | None = None, owner: User | None = None, **fields) -> PricePolicy:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    values = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31), "discount_percent": 3, "lines": []}
    return actions.add_price_policy(by=customer.owner, customer=customer, **values | fields)


def make_annualframe(*, unit: Unit | None = None, owner: User | None = None, **fields) -> AnnualFrame:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    values = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31), "agreed_count": 100}
    return actions.add_annual_frame(
        by=customer.owner, customer=customer, **values | {"agreed_amount": 5_000_000} | fields
    )


def make_consenttext(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ConsentText:
    values = {"purpose": Purpose.MARKETING_SMS, "version": f"2026-{next(serial)}", "text": "同意接收短信"}
    return ConsentText.objects.create(**values | {"valid_from": date(2026, 1, 1)} | fields)


def make_consent(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Consent:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    text = fields.pop("text", None) or make_consenttext()
    return actions.record_consent(by=customer.owner, customer=customer, text=text, **{"channel": "paper"} | fields)


def make_purchaserecord(*, unit: Unit | None = None, owner: User | None = None, **fields) -> PurchaseRecord:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    values = {"source_key": f"order:{next(serial)}", "text": "DD-2026-0001", "on": "2026-11-02", "amount": 58_000}
    return actions.record_purchase(customer.pk, **values | fields)


def assigned_lead(*, by: User, owner: User, **fields) -> Lead:
    """A lead that ``by`` has assigned to ``owner``."""
    lead = make_lead(unit=owner.unit, **fields)
    return take(workflow.ASSIGN, lead.pk, Lead, by=by, owner=owner)


def make_customershare(*, unit: Unit | None = None, owner: User | None = None, **fields) -> CustomerShare:
    customer = fields.pop("customer", None) or make_customer(unit=unit, owner=owner)
    person = fields.pop("person", None) or make_user(unit=customer.unit, roles=[Role.SALESMAN])
    values = {"until": timezone.localdate() + timedelta(days=30)}
    return actions.share_customer(customer.pk, by=customer.owner, person=person, **values | fields)


def make_customermerge(*, unit: Unit | None = None, owner: User | None = None, **fields) -> CustomerMerge:
    winner, loser = (make_customer(unit=unit, owner=owner) for _ in range(2))
    director = make_user(roles=[Role.DIRECTOR])
    return actions.merge_customers(winner.pk, loser.pk, by=director, **fields)


def make_pooledcustomer(*, unit: Unit | None = None, owner: User | None = None, **fields) -> PooledCustomer:
    customer = make_customer(unit=unit, owner=owner, **fields)
    actions.return_customers([customer.pk], by=make_user(roles=[Role.DIRECTOR]), reason="半年没有消息")
    return PooledCustomer.objects.get(pk=customer.pk)


def make_poolrule(*, unit: Unit | None = None, owner: User | None = None, **fields) -> PoolRule:
    """Each on a unit of its own below ``unit``, as one unit has one rule per level."""
    values = {"unit": make_unit(unit=unit), "no_contact_days": 30, "protection_days": 3}
    return PoolRule.objects.create(**values | fields)


def make_claimlimit(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ClaimLimit:
    values = {"unit": make_unit(unit=unit), "claims_per_day": 10, "capacity": 200, "cooling_off_days": 7}
    return ClaimLimit.objects.create(**values | fields)


def make_leavingcustomer(*, unit: Unit | None = None, owner: User | None = None, **fields) -> LeavingCustomer:
    """Not spoken with for 28 days where the pool takes those left alone for 30."""
    customer = make_customer(unit=unit, owner=owner, **fields)
    PoolRule.objects.get_or_create(unit=customer.unit, level="", defaults={"no_contact_days": 30})
    long_ago = timezone.now() - timedelta(days=28)
    Customer.objects.filter(pk=customer.pk).update(created_at=long_ago, last_contact_at=long_ago)
    return LeavingCustomer.objects.get(pk=customer.pk)

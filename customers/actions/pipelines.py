from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.changes import changed
from core.errors import RuleBroken
from customers.models import Opportunity, Pipeline, Stage
from users.models import Unit, User

R = Stage.Requirement
# What a company begins with: name, chance in percent, what has to be known.
STANDARD_STAGES = (
    (gettext_noop("Qualification"), 20, []),
    (gettext_noop("Proposal"), 50, [R.SERIES, R.AMOUNT]),
    (gettext_noop("Negotiation"), 80, [R.SERIES, R.AMOUNT, R.CLOSE_DAY, R.CONTACT]),
)


@transaction.atomic
def add_standard_pipeline() -> None:
    """The company's pipeline, unless it has one already."""
    if Pipeline.objects.filter(unit=None).exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        pipeline = add_pipeline(by=None, name=_("Company pipeline"))
        Stage.objects.bulk_create(
            Stage(pipeline=pipeline, name=_(name), position=position, probability=probability, required=required)
            for position, (name, probability, required) in enumerate(STANDARD_STAGES, start=1)
        )


@transaction.atomic
def add_pipeline(*, by: User | None, name: str, unit: Unit | None = None) -> Pipeline:
    """Each pipeline ends in one won and one lost stage; the open ones are added to it."""
    pipeline = Pipeline.objects.create(name=name.strip(), unit=unit)
    for label, kind, probability, position in (
        (_("Won"), Stage.Kind.WON, 100, 98),
        (_("Lost"), Stage.Kind.LOST, 0, 99),
    ):
        Stage.objects.create(pipeline=pipeline, name=label, kind=kind, probability=probability, position=position)
    return pipeline


def change_pipeline(pipeline_id: int, *, by: User, **fields) -> Pipeline:
    return changed(Pipeline, pipeline_id, fields)


@transaction.atomic
def add_stage(*, by: User, pipeline: Pipeline, name: str, **fields) -> Stage:
    return Stage.objects.create(pipeline=pipeline, name=name.strip(), **fields)


@transaction.atomic
def change_stage(stage_id: int, *, by: User, **fields) -> Stage:
    """A stage is switched off once nothing stands in it; won and lost keep their chances."""
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    if stage.kind != Stage.Kind.OPEN and fields.get("probability", stage.probability) != stage.probability:
        raise RuleBroken({"probability": _("Won is always 100 %, lost always 0 %.")})
    if not fields.get("is_active", True):
        if stage.kind != Stage.Kind.OPEN:
            raise RuleBroken({"is_active": _("A pipeline always has its won and its lost stage.")})
        count = Opportunity.objects.open().filter(stage=stage).count()
        if count:
            raise RuleBroken(
                {
                    "is_active": _("%(count)d open opportunities stand in “%(stage)s”. Move them first.")
                    % {"count": count, "stage": stage}
                }
            )
    return changed(Stage, stage_id, fields)

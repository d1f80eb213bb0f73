"""The status diagram of campaigns."""

from django.utils.translation import gettext_lazy

from core.workflow import Step
from marketing.models import Campaign

S = Campaign.Status

CAMPAIGN_STEPS = (
    Step("start", gettext_lazy("Start"), frozenset({S.PLANNED}), S.RUNNING, "marketing.start_campaign"),
    Step(
        "finish",
        gettext_lazy("Finish"),
        frozenset({S.RUNNING}),
        S.FINISHED,
        "marketing.finish_campaign",
        tone="secondary",
    ),
)

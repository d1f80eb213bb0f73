"""The record page of an opportunity."""

from core.views import DetailPage


class OpportunityPage(DetailPage):
    """The record page with the stages of its own pipeline in the bar."""

    def get_queryset(self):
        return super().get_queryset().select_related("pipeline", "stage")

    def status_steps(self) -> list[tuple[str, str, bool]]:
        opportunity = self.object
        stages = [*opportunity.pipeline.stages.open(), *opportunity.pipeline.stages.filter(kind="won")]
        if opportunity.stage not in stages:
            stages.append(opportunity.stage)
        return [(stage.kind, stage.name, stage.pk == opportunity.stage_id) for stage in stages]

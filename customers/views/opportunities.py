"""Pages of the customers area that are not about one entity."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.views import DetailPage
from customers.widgets import DivisionSelect


@require_safe
@permission_required("customers.view_customer", raise_exception=True)
def division_choices(request: HttpRequest) -> HttpResponse:
    """The selects of province, city and county after one of them was changed."""
    widget = DivisionSelect()
    chosen = widget.value_from_datadict(request.GET, None, "division")
    return HttpResponse(widget.render("division", chosen))


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

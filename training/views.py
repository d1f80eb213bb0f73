from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import RuleBroken
from training import actions
from training.models import TrainingClass


@permission_required("training.enrol_enrolment", raise_exception=True)
@require_POST
def enrol_myself(request: HttpRequest, pk: int) -> HttpResponse:
    """The button on the page of an open class."""
    training_class = get_object_or_404(TrainingClass.objects.visible_to(request.user), pk=pk)
    try:
        enrolment = actions.enrol(training_class.pk, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
        return redirect("training:trainingclass_detail", training_class.pk)
    messages.success(request, _("You are enrolled in “%(class)s”.") % {"class": training_class.name})
    return redirect("training:enrolment_detail", enrolment.pk)

"""The status diagrams of classes, enrolments and articles."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from core.errors import StepRefused
from core.notices import notify
from core.workflow import Step
from training import forms, rules
from training.models import Article, Enrolment, TrainingClass

C, E, A = TrainingClass.Status, Enrolment.Status, Article.Status


def close(training_class, *, by, note):
    waiting = training_class.enrolments.filter(status=E.ENROLLED).count()
    if waiting:
        raise StepRefused(
            ngettext(
                "%(count)d trainee has no score yet. Grade or cancel the enrolment first.",
                "%(count)d trainees have no score yet. Grade or cancel their enrolments first.",
                waiting,
            )
            % {"count": waiting}
        )


def grade(enrolment, *, by, note, score):
    """The pass mark of the course decides; who passes gets a certificate from today."""
    if enrolment.trainee_id == by.pk:
        raise StepRefused(_("Nobody grades himself. Ask another trainer."))
    course = enrolment.training_class.course
    enrolment.score, enrolment.graded_on = score, timezone.localdate()
    passed = rules.is_passed(score, pass_mark=course.pass_mark)
    enrolment.status = E.PASSED if passed else E.FAILED
    if passed:
        enrolment.certificate_until = rules.certificate_end(enrolment.graded_on, months=course.certificate_months)
    enrolment.save(update_fields=["status", "score", "graded_on", "certificate_until"])
    notify(
        [enrolment.trainee_id],
        gettext_noop("Your score in %(course)s is %(score)s."),
        url=reverse("training:enrolment_detail", args=[enrolment.pk]),
        course=course.name,
        score=score,
    )


CLASS_STEPS = (
    Step("open", gettext_lazy("Open for enrolment"), frozenset({C.PLANNED}), C.OPEN, "training.open_trainingclass"),
    Step(
        "close",
        gettext_lazy("Close the class"),
        frozenset({C.OPEN}),
        C.CLOSED,
        "training.close_trainingclass",
        close,
        tone="secondary",
    ),
)
ENROLMENT_STEPS = (
    Step(
        "grade",
        gettext_lazy("Grade"),
        frozenset({E.ENROLLED}),
        "",
        "training.grade_enrolment",
        grade,
        forms.GradeForm,
        tone="success",
    ),
    Step(
        "cancel",
        gettext_lazy("Cancel the enrolment"),
        frozenset({E.ENROLLED}),
        E.CANCELLED,
        "training.cancel_enrolment",
        needs_note=True,
        tone="secondary",
    ),
)
ARTICLE_STEPS = (
    Step("publish", gettext_lazy("Publish"), frozenset({A.DRAFT}), A.PUBLISHED, "training.publish_article"),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        frozenset({A.PUBLISHED}),
        A.DRAFT,
        "training.publish_article",
        tone="secondary",
    ),
)

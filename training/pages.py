from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.pages import Pages, Panel
from dealers.models import Dealer
from training import actions, filters, forms, tables, workflow
from training.models import Enrolment, TrainingClass

COURSES = Pages(
    table=tables.COURSES,
    filters=filters.CourseFilter,
    form=forms.CourseForm,
    create=actions.add_course,
    update=actions.change_course,
    key_figures=("hours", "pass_mark", "certificate_months"),
    panels=(
        Panel(
            TrainingClass._meta.verbose_name_plural,
            tables.CLASSES,
            lambda course, user: TrainingClass.objects.visible_to(user).filter(course=course),
            "training:trainingclass_detail",
            add_url=lambda course, user: f"{reverse('training:trainingclass_add')}?course={course.pk}",
        ),
    ),
)
CLASSES = Pages(
    table=tables.CLASSES,
    filters=filters.TrainingClassFilter,
    form=forms.TrainingClassForm,
    create=actions.add_class,
    update=actions.change_class,
    steps=workflow.CLASS_STEPS,
    key_figures=("starts_on", "place", "seats", "taken_count"),
    panels=(
        Panel(
            Enrolment._meta.verbose_name_plural,
            tables.ENROLMENTS,
            lambda training_class, user: Enrolment.objects.visible_to(user).filter(training_class=training_class),
            "training:enrolment_detail",
            add_url=lambda taught, user: f"{reverse('training:enrolment_add')}?training_class={taught.pk}",
        ),
    ),
)
ENROLMENTS = Pages(
    table=tables.ENROLMENTS,
    filters=filters.EnrolmentFilter,
    form=forms.EnrolmentForm,
    create=actions.add_enrolment,
    steps=workflow.ENROLMENT_STEPS,
    key_figures=("score", "certificate_until"),
)
ARTICLES = Pages(
    table=tables.ARTICLES,
    filters=filters.ArticleFilter,
    form=forms.ArticleForm,
    create=actions.add_article,
    update=actions.change_article,
    steps=workflow.ARTICLE_STEPS,
)

RECORD_TABS = {
    Dealer: (
        Panel(
            _("Training of the staff"),
            tables.ENROLMENTS,
            lambda dealer, user: Enrolment.objects.visible_to(user).filter(trainee__unit=dealer.unit_id),
            "training:enrolment_detail",
        ),
    )
}
PAGES = (COURSES, CLASSES, ENROLMENTS, ARTICLES)

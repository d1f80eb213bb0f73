from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm, StepForm
from training.models import Article, Course, Enrolment, TrainingClass
from users.access import Role
from users.models import User


class CourseForm(RecordForm):
    class Meta:
        model = Course
        fields = ["code", "name", "kind", "hours", "pass_mark", "certificate_months", "content"]
        help_texts = {"pass_mark": _("The lowest score of 100 that passes.")}


class TrainingClassForm(RecordForm):
    trainer = forms.ModelChoiceField(
        label=_("Trainer"), queryset=User.objects.on_duty().in_role(Role.TRAINER).distinct()
    )

    class Meta:
        model = TrainingClass
        fields = ["name", "course", "trainer", "starts_on", "ends_on", "place", "seats"]


class EnrolmentForm(RecordForm):
    training_class = forms.ModelChoiceField(label=_("Training class"), queryset=TrainingClass.objects.open())
    trainee = forms.ModelChoiceField(label=_("Trainee"), queryset=User.objects.on_duty())

    class Meta:
        model = Enrolment
        fields = ["training_class", "trainee"]


class GradeForm(StepForm):
    score = forms.IntegerField(label=_("Score"), min_value=0, max_value=100)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        course = self.record.training_class.course
        self.fields["score"].help_text = _("Out of 100; the course is passed from %(mark)d on.") % {
            "mark": course.pass_mark
        }


class ArticleForm(RecordForm):
    class Meta:
        model = Article
        fields = ["title", "kind", "body"]

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import DayFilter, Filters, SearchFilter, since, until
from training.models import Article, Course, Enrolment, TrainingClass
from users.models import User


class CourseFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=Course.Kind.choices, label=_("Kind"))

    class Meta:
        model = Course
        fields = []


class TrainingClassFilter(Filters):
    q = SearchFilter()
    course = django_filters.ModelChoiceFilter(queryset=Course.objects.all(), label=_("Course"))
    status = django_filters.ChoiceFilter(choices=TrainingClass.Status.choices, label=_("Status"))
    starts_from = since("starts_on", _("Starts from"))
    starts_until = until("starts_on", _("Starts until"))

    class Meta:
        model = TrainingClass
        fields = []


class EnrolmentFilter(Filters):
    course = django_filters.ModelChoiceFilter(
        field_name="training_class__course", queryset=Course.objects.all(), label=_("Course")
    )
    trainee = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Trainee"))
    status = django_filters.ChoiceFilter(choices=Enrolment.Status.choices, label=_("Status"))
    certified_on = DayFilter(label=_("Certificate valid on"), method="filter_certified")

    class Meta:
        model = Enrolment
        fields = []

    def filter_certified(self, queryset, name, day):
        return queryset.certified_on(day)


class ArticleFilter(Filters):
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(choices=Article.Kind.choices, label=_("Kind"))

    class Meta:
        model = Article
        fields = []

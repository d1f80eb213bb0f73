from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from training.models import Article, Course, Enrolment, TrainingClass

COURSES = Table(
    Course,
    (
        Column("name", link=True),
        Column("code"),
        Column("kind", kind="choice"),
        Column("hours", kind="number"),
        Column("pass_mark", kind="number"),
        Column("certificate_months", kind="number"),
        Column("content", shown=False),
    ),
    order=("code", "pk"),
)
CLASSES = Table(
    TrainingClass,
    (
        Column("name", link=True),
        Column("number"),
        Column("course__name"),
        Column("status", kind="status"),
        Column("starts_on", kind="date"),
        Column("ends_on", kind="date"),
        Column("place"),
        Column("trainer__name"),
        Column("seats", kind="number"),
        Column(
            "taken_count",
            label=_("Seats taken"),
            kind="number",
            expression=Count("enrolments", filter=~Q(enrolments__status="cancelled")),
        ),
    ),
    order=("-starts_on", "-pk"),
)
ENROLMENTS = Table(
    Enrolment,
    (
        Column("trainee__name", link=True),
        Column("trainee__unit__name", label=_("Unit")),
        Column("training_class__name"),
        Column("training_class__course__name", label=_("Course")),
        Column("status", kind="status"),
        Column("score", kind="number"),
        Column("graded_on", kind="date", shown=False),
        Column("certificate_until", kind="date"),
        Column("enrolled_at", kind="datetime", shown=False),
    ),
)
ARTICLES = Table(
    Article,
    (
        Column("title", link=True),
        Column("kind", kind="choice"),
        Column("status", kind="status"),
        Column("author__name"),
        Column("changed_at", kind="datetime"),
    ),
    order=("-changed_at", "-pk"),
)

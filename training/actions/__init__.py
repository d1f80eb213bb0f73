from training.actions.articles import add_article, change_article
from training.actions.classes import add_class, add_course, change_class, change_course
from training.actions.enrolments import add_enrolment, enrol

__all__ = [
    "add_article",
    "add_class",
    "add_course",
    "add_enrolment",
    "change_article",
    "change_class",
    "change_course",
    "enrol",
]

from training.models.articles import Article
from training.models.courses import Course, Enrolment, TrainingClass

__all__ = ["Article", "Course", "Enrolment", "TrainingClass"]

"""Certificates of people."""

from dataclasses import dataclass
from datetime import date

from training.models import Enrolment


@dataclass(frozen=True)
class Certificate:
    course: str
    score: int
    until: date


def valid_certificates(user_id: int, today: date) -> list[Certificate]:
    """The courses a person has passed and need not repeat yet; of several passes of a course the one valid longest."""
    rows = (
        Enrolment.objects.certified_on(today)
        .filter(trainee=user_id)
        .order_by("training_class__course__code", "-certificate_until", "pk")
        .distinct("training_class__course__code")
        .values_list("training_class__course__name", "score", "certificate_until")
    )
    return [Certificate(*row) for row in rows]

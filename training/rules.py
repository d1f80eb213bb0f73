"""Passing a course and how long the certificate holds."""

from datetime import date

from core.periods import add_months


def is_passed(score: int, *, pass_mark: int) -> bool:
    return score >= pass_mark


def certificate_end(graded_on: date, *, months: int) -> date:
    """The last day the certificate holds."""
    return add_months(graded_on, months)

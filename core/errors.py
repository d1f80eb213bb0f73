"""What an action answers when it cannot do what was asked: a sentence the user can act on."""

from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError
from django.utils.translation import gettext as _

GIVEN_UP = {"55P03", "40P01"}  # waited too long for a lock; a deadlock


class RuleBroken(ValidationError):
    """A business rule forbids it; the message says which record, why, and what to do."""

    @property
    def sentence(self) -> str:
        return " ".join(self.messages)


class StepRefused(RuleBroken):
    """The step of a workflow is not open now."""


def refusal_of(error: RuleBroken | DatabaseError) -> RuleBroken:
    """A sentence for what the database refused as well; whatever is no answer to the user's input is raised again."""
    if isinstance(error, RuleBroken):
        return error
    if isinstance(error, IntegrityError):
        return RuleBroken(_("Somebody saved the same thing at this moment. Look at the list, then try again."))
    if isinstance(error, DataError):
        return RuleBroken(_("A number is too large or a text cannot be stored. Correct it and try again."))
    if getattr(error.__cause__, "pgcode", None) in GIVEN_UP:
        return RuleBroken(_("Somebody else is working on the same record. Wait a moment, then try again."))
    raise error

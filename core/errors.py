"""What an action answers when it cannot do what was asked: a sentence the user can act on."""

from django.core.exceptions import ValidationError


class RuleBroken(ValidationError):
    """A business rule forbids it; the message says which record, why, and what to do."""

    @property
    def sentence(self) -> str:
        return " ".join(self.messages)


class StepRefused(RuleBroken):
    """The step of a workflow is not open now."""

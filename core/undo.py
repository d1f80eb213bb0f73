"""Taking back what was just done: an action offers it, the message after it shows the button, a handler puts it back.

    offer("customers.transfer", by=by, parameters={"transfer": 7}, message=gettext_noop("..."), words={...})

``hafei_crm.wiring.UNDO`` names the handler of each kind: ``undo_transfer(parameters, *, by)``. A handler locks what it
puts back and refuses with a sentence when it has moved on since; what it could not put back it says in its answer.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.models import UndoOffer

Handler = Callable[..., str | None]
_made: ContextVar[list[UndoOffer] | None] = ContextVar("offers made", default=None)


def offer(kind: str, *, by, parameters: dict, message: str, words: dict | None = None, minutes: int = 10) -> UndoOffer:
    """Let whoever did it take it back for some minutes; ``message`` is an English msgid that says what was done."""
    made = UndoOffer.objects.create(
        kind=kind,
        by=by,
        message=message,
        words=words or {},
        parameters=parameters,
        expires_at=timezone.now() + timedelta(minutes=minutes),
    )
    collected = _made.get()
    if collected is not None:
        collected.append(made)
    return made


@contextmanager
def offers_made() -> Iterator[list[UndoOffer]]:
    """The offers that actions make inside, for the page that has to show them."""
    token = _made.set([])
    try:
        yield _made.get()
    finally:
        _made.reset(token)


@transaction.atomic
def take_back(offer_id: int, *, by, handlers: Mapping[str, Handler]) -> str:
    """What was undone, in words, and what could not be."""
    offered = UndoOffer.objects.changeable_by(by).select_for_update(of=("self",)).get(pk=offer_id)
    if offered.undone_at:
        raise RuleBroken(_("This was undone already: %(what)s") % {"what": offered.text})
    if offered.expires_at < timezone.now():
        raise RuleBroken(_("It is too late to undo this: %(what)s") % {"what": offered.text})
    left = handlers[offered.kind](offered.parameters, by=by)
    offered.undone_at = timezone.now()
    offered.save(update_fields=["undone_at"])
    return " ".join(filter(None, [_("Undone: %(what)s") % {"what": offered.text}, left]))

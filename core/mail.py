"""Outgoing mail: a row in the transaction that asks for it, so that none is lost or sent for work rolled back."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from core.models.mail import OutgoingMail

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)


def send_later(letters: Iterable[tuple[str, str, str]]) -> None:
    """Address, subject and text of each; the worker sends them within a minute."""
    now = timezone.now()
    rows = [
        OutgoingMail(address=address, subject=" ".join(subject.split())[:200], text=text, next_try_at=now)
        for address, subject, text in letters
    ]
    OutgoingMail.objects.bulk_create(rows, batch_size=1_000)


def send_waiting(now: datetime, *, most: int = 500) -> int:
    """Send what waits, each letter under its own lock, so that two workers do not send the same one."""
    sent = 0
    for _ in range(most):
        with transaction.atomic():
            mail = OutgoingMail.objects.waiting(now).select_for_update(skip_locked=True).order_by("next_try_at").first()
            if mail is None:
                return sent
            sent += _send(mail, now)
    return sent


def _send(mail: OutgoingMail, now: datetime) -> bool:
    """What cannot be sent waits longer each time and is given up after eight attempts."""
    mail.attempts += 1
    try:
        EmailMessage(mail.subject, mail.text, to=[mail.address]).send()
    except Exception as error:  # a mail server refuses in many ways, and none may hold up the other letters
        logger.warning("Mail %s was not sent: %s", mail.pk, error)
        mail.error = str(error)[:200]
        mail.next_try_at = None if mail.attempts >= MOST_ATTEMPTS else now + FIRST_WAIT * 2**mail.attempts
    else:
        mail.sent_at, mail.error, mail.next_try_at = now, "", None
    mail.save(update_fields=["attempts", "error", "next_try_at", "sent_at"])
    return mail.sent_at is not None

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from core.mail import MOST_ATTEMPTS, send_later, send_waiting
from core.models import OutgoingMail

pytestmark = pytest.mark.django_db
LETTER = ("li@hafei.example", "提醒：\n拜访鸿运", "下午两点")


class BrokenServer(BaseEmailBackend):
    def send_messages(self, messages):
        raise OSError("connection refused")


def test_a_letter_is_sent_once():
    send_later([LETTER])
    now = timezone.now()
    assert [send_waiting(now), send_waiting(now)] == [1, 0]
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["li@hafei.example"], "提醒： 拜访鸿运", "下午两点")


def test_work_rolled_back_sends_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send_later([LETTER])
        raise ZeroDivisionError
    assert send_waiting(timezone.now()) == 0


def test_a_server_that_is_down_is_tried_again_later_and_given_up_in_the_end(settings):
    send_later([LETTER])
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    now = timezone.now()
    assert send_waiting(now) == 0
    assert not OutgoingMail.objects.waiting(now + timedelta(seconds=90)).exists()
    for _ in range(MOST_ATTEMPTS - 1):
        now += timedelta(days=1)
        send_waiting(now)
    letter = OutgoingMail.objects.get()
    assert (letter.attempts, letter.next_try_at, letter.sent_at, letter.error) == (8, None, None, "connection refused")


def test_one_letter_refused_does_not_hold_up_the_next(settings):
    send_later([("nobody", "a", "b"), LETTER])
    OutgoingMail.objects.filter(address="nobody").update(subject="line\nbreak")
    assert send_waiting(timezone.now()) == 1
    assert len(mail.outbox) == 1

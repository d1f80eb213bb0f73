"""The bell: sentences for users, each leading to a page."""

from collections.abc import Iterable

from django.utils import timezone

from core.models.notices import Notice

BATCH = 2_000


def notify(user_ids: Iterable[int], message: str, *, url: str, **parameters: object) -> None:
    """Send each user, once, the ``message``: an English msgid marked with ``gettext_noop``, with %(named)s values.

    ``url`` is a path of this site, such as ``record.get_absolute_url()``.
    """
    if not url.startswith("/") or url.startswith(("//", "/\\")):
        raise ValueError("A notice leads to a path of this site.")
    if not message % parameters:  # a missing value fails here, not on the reader's page
        raise ValueError("A notice says something.")
    notices = (Notice(user_id=pk, message=message, url=url, parameters=parameters) for pk in dict.fromkeys(user_ids))
    Notice.objects.bulk_create(notices, batch_size=BATCH)


def unread_count(user) -> int:
    return Notice.objects.filter(user=user).unread().count()


def mark_read(notice_id: int, *, by) -> Notice:
    notice = Notice.objects.changeable_by(by).get(pk=notice_id)
    Notice.objects.filter(pk=notice_id).unread().update(read_at=timezone.now())
    return notice


def mark_all_read(*, by) -> int:
    return Notice.objects.changeable_by(by).unread().update(read_at=timezone.now())

"""Files on records: checked when they come, and given out only to those who see the record."""

import hashlib
import uuid
from pathlib import PurePath

from django.core.files.base import File
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.models.attachments import Attachment
from core.uploads import CHUNK, MEGABYTE, check_upload

MOST_BYTES = 20 * MEGABYTE
MOST_PER_RECORD = 200


@transaction.atomic
def attach_file(target: models.Model, upload: File, *, by) -> Attachment:
    """Store the file under a random name; the same file on the same record is refused."""
    kind = check_upload(upload, most_bytes=MOST_BYTES)
    digest = sha256_of(upload)
    type(target)._default_manager.select_for_update(of=("self",)).get(pk=target.pk)
    present = Attachment.objects.of(target)
    if present.filter(sha256=digest).exists():
        raise RuleBroken(_("This file is already attached to “%(record)s”.") % {"record": target})
    if present.count() >= MOST_PER_RECORD:
        raise RuleBroken(_("“%(record)s” has as many attachments as a record may have.") % {"record": target})
    attachment = Attachment(
        target=target,
        original_name=clean_name(upload.name),
        media_type=kind.media_type,
        size=upload.size,
        sha256=digest,
        uploaded_by=by,
    )
    attachment.file.save(uuid.uuid4().hex, upload, save=False)
    attachment.save()
    return attachment


def hide_attachment(attachment_id: int, *, by) -> Attachment:
    attachment = Attachment.objects.changeable_by(by).get(pk=attachment_id, hidden_at=None)
    attachment.hidden_at = timezone.now()
    attachment.save(update_fields=["hidden_at"])
    return attachment


def attach_url(record: models.Model) -> str:
    """Where a form posts a ``file`` for this record."""
    return reverse("core:attachment_add", args=[record._meta.app_label, record._meta.model_name, record.pk])


def clean_name(name: str) -> str:
    """The last part of the path, without control characters, short enough to store, its extension kept."""
    name = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    extension = PurePath(name).suffix[-20:]
    return name[: 200 - len(extension)].removesuffix(extension) + extension


def sha256_of(upload: File) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks(CHUNK):
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()

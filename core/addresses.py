"""Where a record is shown."""

from django.db import models
from django.urls import reverse


def record_url(record: models.Model) -> str:
    """What the model itself says, else the record page of its entity."""
    if hasattr(record, "get_absolute_url"):
        return record.get_absolute_url()
    return reverse(f"{record._meta.app_label}:{record._meta.model_name}_detail", args=[record.pk])

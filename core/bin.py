"""The recycle bin: nothing is deleted, what is not wanted any more is put away and can be fetched back."""

from collections.abc import Callable, Collection, Iterator, Mapping

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken
from core.models import Binned
from core.undo import Handler, offer
from core.workflow import log_status

# What is asked of a record that comes back, by the label of its model; it refuses with a sentence.
Checks = Mapping[str, Callable[..., None]]
PUT_AWAY, FETCHED_BACK = gettext_noop("Put in the recycle bin"), gettext_noop("Fetched from the recycle bin")


@transaction.atomic
def bin_record(model: type[Binned], record_id: int, *, by) -> Binned:
    """Put a record away; refused while something else hangs on it. ``by`` may take it back for ten minutes."""
    record = put_away(model, record_id, by=by)
    offer_to_fetch_back(model, [record.pk], by=by)
    return record


@transaction.atomic
def restore_record(model: type[Binned], record_id: int, *, by, checks: Checks) -> Binned:
    record = model._base_manager.select_for_update(of=("self",)).get(pk=record_id)
    if record.binned_at is None:
        raise RuleBroken(_("“%(record)s” is not in the recycle bin.") % {"record": record})
    if check := checks.get(model._meta.label_lower):
        check(record, by=by)
    record.binned_at = record.binned_by = None
    record.save(update_fields=["binned_at", "binned_by"])
    log_status(record, by=by, step=FETCHED_BACK, before="", after="")
    return record


def undo_binning(checks: Checks) -> Handler:
    def undo(parameters: dict, *, by) -> None:
        model = apps.get_model(parameters["model"])
        keys = model.objects.binned_within(by).filter(pk__in=parameters["records"]).values_list("pk", flat=True)
        if not keys:
            raise RuleBroken(_("Nothing was fetched back: you may no longer do this, or somebody else has done it."))
        for key in keys:
            restore_record(model, key, by=by, checks=checks)

    return undo


def offer_to_fetch_back(model: type[Binned], record_ids: Collection[int], *, by) -> None:
    if not record_ids:
        return
    offer(
        "core.bin",
        by=by,
        parameters={"model": model._meta.label_lower, "records": list(record_ids)},
        message=gettext_noop("%(count)d records were put in the recycle bin."),
        words={"count": len(record_ids)},
    )


@transaction.atomic
def put_away(model: type[Binned], record_id: int, *, by) -> Binned:
    record = model._base_manager.select_for_update(of=("self",)).get(pk=record_id)
    if record.binned_at is not None:
        raise RuleBroken(_("“%(record)s” is in the recycle bin already.") % {"record": record})
    if record.is_kept:
        words = {"record": record, "status": record.get_status_display()}
        raise RuleBroken(
            _("“%(record)s” is %(status)s and is kept. If that was a mistake, take it back first.") % words
        )
    holder = next(_holders(record), None)
    if holder is not None:
        raise RuleBroken(
            _("“%(record)s” cannot be put in the recycle bin: %(kinds)s belong to it.")
            % {"record": record, "kinds": holder._meta.verbose_name_plural}
        )
    record.binned_at, record.binned_by = timezone.now(), by
    record.save(update_fields=["binned_at", "binned_by"])
    log_status(record, by=by, step=PUT_AWAY, before="", after="")
    return record


def _holders(record: Binned) -> Iterator[type[models.Model]]:
    """The kinds of records that need this one: those its model names, and whatever other apps attached to it."""
    for relation in record._meta.related_objects:
        kind, name = relation.related_model, relation.get_accessor_name()
        is_foreign = kind._meta.app_label != record._meta.app_label and relation.on_delete is models.PROTECT
        if name not in record.KEPT_BY and not is_foreign:
            continue
        rows = kind._base_manager.filter(**{relation.field.name: record.pk})
        if issubclass(kind, Binned):
            rows = rows.filter(binned_at=None)
        if rows.exists():
            yield kind

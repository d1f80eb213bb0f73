"""The specification sheet: features, what cars have of them, options."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from core.changes import changed
from products.models import CompetitorModel, Configuration, Feature, FeatureValue, Option
from users.models import User

Subject = Configuration | CompetitorModel


@dataclass(frozen=True)
class Entry:
    """What is said of one feature; both parts empty means that nothing is known."""

    feature: Feature
    availability: str = ""
    text: str = ""


@dataclass
class Written:
    created: int = 0
    updated: int = 0
    same: int = 0


def add_feature(*, by: User, **fields) -> Feature:
    return Feature.objects.create(**fields)


def change_feature(feature_id: int, *, by: User, **fields) -> Feature:
    return changed(Feature, feature_id, fields)


def add_option(*, by: User, **fields) -> Option:
    return Option.objects.create(**fields)


def change_option(option_id: int, *, by: User, **fields) -> Option:
    return changed(Option, option_id, fields)


@transaction.atomic
def fill_sheet(subject: Subject, entries: Iterable[Entry], *, by: User | None) -> Written:
    """Write what is said; a feature about which nothing is said any more leaves the sheet."""
    type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    present = {value.feature_id: value for value in FeatureValue.objects.of(subject)}
    written, new, other, gone = Written(), [], [], []
    owner = {"configuration" if isinstance(subject, Configuration) else "competitor_model": subject}
    for entry in entries:
        value = present.get(entry.feature.pk)
        if not (entry.availability or entry.text):
            gone += [value.pk] if value else []
        elif value is None:
            new.append(FeatureValue(feature=entry.feature, availability=entry.availability, text=entry.text, **owner))
        elif (value.availability, value.text) != (entry.availability, entry.text):
            value.availability, value.text = entry.availability, entry.text
            other.append(value)
        else:
            written.same += 1
    FeatureValue.objects.bulk_create(new)
    FeatureValue.objects.bulk_update(other, ["availability", "text"])
    FeatureValue.objects.filter(pk__in=gone).delete()
    written.created, written.updated = len(new), len(other) + len(gone)
    return written

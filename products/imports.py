"""The specification sheet as a file: a row per feature, a column per car, as the export writes it."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.importing import ImportColumn, Importer, ImportRow, ImportSource, Outcome, RowError, parse_text
from products.actions.features import Entry, fill_sheet
from products.models import Availability, CompetitorModel, Configuration, Feature, FeatureValue
from products.sheets import Subject, all_subjects
from users.models import User

SIGNS = {
    Availability.STANDARD: ("●", "标配", "有", "s", "standard"),
    Availability.OPTIONAL: ("○", "选装", "o", "optional"),
    Availability.ABSENT: ("–", "-", "—", "无", "n", "not available"),
}
LONGEST_TEXT = FeatureValue._meta.get_field("text").max_length


class SheetImporter(Importer):
    """The columns are the cars there are; the feature's name leads the row."""

    @property
    def all_columns(self) -> tuple[ImportColumn, ...]:
        return (*self.columns, *(ImportColumn(_column_name(one), one.title, _parse_cell) for one in _cars()))


def _cars() -> list[Subject]:
    return all_subjects(Configuration.objects.all(), CompetitorModel.objects.all())


def _column_name(subject: Subject) -> str:
    return "-".join(map(str, subject.key))


def said(feature: Feature, cell: str) -> Entry:
    """“● 双气囊”, “标配” or “3588”; equipment must begin with one of the signs."""
    if feature.kind == Feature.Kind.MEASURE:
        return Entry(feature, text=cell)
    sign, _blank, text = cell.partition(" ")
    for availability, words in SIGNS.items():
        if cell.casefold() in words:
            return Entry(feature, availability)
        if sign.casefold() in words:
            return Entry(feature, availability, text.strip())
    raise ValidationError(
        _("“%(feature)s” is equipment: enter ● (standard), ○ (optional) or – (not available).") % {"feature": feature}
    )


def save_sheet(rows: Iterator[ImportRow], *, by: User, source: ImportSource) -> Outcome:
    """An empty cell changes nothing."""
    subjects = {_column_name(one): one for one in _cars()}
    features = {feature.name: feature for feature in Feature.objects.all()}
    entries: dict[str, dict[int, Entry]] = {}
    outcome = Outcome()
    for row in rows:
        if row.values["group"] in (_("Price and model"), _("Options")):
            outcome.skipped += 1  # an exported comparison says these too; they are kept elsewhere
            continue
        feature = features.get(row.values["feature"])
        if feature is None:
            text = _("There is no feature “%(name)s”. Add it to the features first.") % {"name": row.values["feature"]}
            outcome.errors.append(RowError(row.number, _("Feature"), row.values["feature"], text))
            continue
        for name, subject in subjects.items():
            if not (cell := row.values[name]):
                continue
            try:
                entries.setdefault(name, {})[feature.pk] = said(feature, cell)
            except ValidationError as error:
                outcome.errors.append(RowError(row.number, subject.title, cell, " ".join(error.messages)))
    for name, found in entries.items():
        written = fill_sheet(subjects[name].record, found.values(), by=by)
        outcome.created += written.created
        outcome.updated += written.updated
        outcome.skipped += written.same
    return outcome


def _parse_cell(cell) -> str:
    text = parse_text(cell)
    if len(text) > LONGEST_TEXT:
        raise ValidationError(_("The text is longer than %(count)d characters.") % {"count": LONGEST_TEXT})
    return text


SHEETS = SheetImporter(
    name="specification_sheets",
    label=gettext_lazy("Specification sheets"),
    permission="products.change_feature",
    columns=(
        ImportColumn("group", gettext_lazy("Group"), parse_text),
        ImportColumn(
            "feature", gettext_lazy("Feature"), parse_text, is_required=True, synonyms=("项目", "配置项", "参数")
        ),
        ImportColumn("measure", gettext_lazy("Unit of measure"), parse_text),
    ),
    save=save_sheet,
    is_closed=True,
    help_text=gettext_lazy(
        "One row per feature, one column per car, as the comparison is exported. An empty cell changes nothing."
    ),
)

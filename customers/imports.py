"""Columns of the files with customers and leads, and how their rows are saved."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.custom_fields import PREFIX
from core.encryption import encrypted, keyed_hash
from core.errors import RuleBroken
from core.importing import ImportColumn, Importer, ImportRow, ImportSource, Outcome, choice_of, parse_text
from core.importing.description import RowError
from customers import rules
from customers.actions.imports import Written, import_customers, import_leads
from customers.divisions import code_of
from customers.identity import is_standard_credit_code, plain_credit_code, plain_id_number
from customers.models import Customer, Lead, Source
from users.models import User

Save = Callable[..., Written]


class TwinOptions(forms.Form):
    twins = forms.ChoiceField(
        label=gettext_lazy("Already registered in your unit"),
        choices=[("skip", gettext_lazy("leave as it is")), ("update", gettext_lazy("change to what the file says"))],
        initial="skip",
        help_text=gettext_lazy("Known by the same credit code or phone. An empty cell changes nothing."),
    )


def parse_word(model, name: str, cell: Any) -> str:
    text, longest = parse_text(cell), model._meta.get_field(name).max_length
    if len(text) > longest:
        raise ValidationError(_("The text is longer than %(count)d characters.") % {"count": longest})
    return text


def parse_number_of(name: str, plain: Callable[[str], str], cell: Any) -> str:
    """With the rule that the form has; its refusal names the field, which the report names already."""
    try:
        return plain(parse_text(cell))
    except RuleBroken as refusal:
        raise ValidationError(refusal.messages) from None


def save_customers(rows: Iterator[ImportRow], *, by: User, source: ImportSource) -> Outcome:
    return _save(rows, import_customers, _customer, by=by, source=source)


def save_leads(rows: Iterator[ImportRow], *, by: User, source: ImportSource) -> Outcome:
    return _save(rows, import_leads, _lead, by=by, source=source)


def _save(rows: Iterator[ImportRow], save: Save, values_of: Callable, *, by: User, source: ImportSource) -> Outcome:
    if by is None or by.unit is None:
        raise RuleBroken(_("Whoever imports customers must belong to a unit: they are entered there."))
    outcome, sources = Outcome(), {one.name: one for one in Source.objects.all()}

    def plain() -> Iterator[dict[str, Any]]:
        for row in rows:
            try:
                yield values_of(_own(row.values, sources))
            except RuleBroken as refusal:
                outcome.errors.append(RowError(row.number, "", "", refusal.sentence))

    written = save(plain(), by=by, update=source.options["twins"] == "update")
    outcome.created, outcome.updated, outcome.skipped = written.created, written.updated, written.skipped
    return outcome


def _own(values: dict[str, Any], sources: dict[str, Source]) -> dict[str, Any]:
    """The values by the names of the model; custom fields lie together."""
    own = {name: value for name, value in values.items() if not name.startswith(PREFIX)}
    own["extra"] = {
        name.removeprefix(PREFIX): value
        for name, value in values.items()
        if name.startswith(PREFIX) and value is not None
    }
    if own["source"]:
        if own["source"] not in sources:
            raise RuleBroken(_("There is no source “%(source)s”.") % {"source": own["source"]})
        own["source"] = sources[own["source"]]
    return {name: "" if value is None and name != "source" else value for name, value in own.items()}


def _customer(values: dict[str, Any]) -> dict[str, Any]:
    number = values.pop("id_number")
    values["credit_code"] = code = plain_credit_code(values["credit_code"], reason=values["credit_code_note"])
    values["credit_code_note"] = "" if not code or is_standard_credit_code(code) else values["credit_code_note"]
    values |= {"id_number_cipher": encrypted(number), "id_number_hash": keyed_hash(number)}
    values["division"] = code_of(values["province"], values["city"])
    return _without_empty(values, "kind", "level", "care_level")


def _lead(values: dict[str, Any]) -> dict[str, Any]:
    return _without_empty(values, "intent_level")


def _without_empty(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """A choice that is not made is left to the default of a new row, or to what an old one has."""
    return {name: value for name, value in values.items() if value or name not in names}


def _word(model, name: str, label, *synonyms: str, is_required: bool = False) -> ImportColumn:
    return ImportColumn(name, label, partial(parse_word, model, name), is_required, synonyms)


def _phone(name: str, label, *synonyms: str, is_required: bool = False, mobile_only: bool = False) -> ImportColumn:
    plain = partial(rules.plain_phone, mobile_only=mobile_only, field=name)
    return ImportColumn(name, label, partial(parse_number_of, name, plain), is_required, synonyms)


def _id_number(text: str) -> str:
    return plain_id_number(text, timezone.localdate())


NAME, PHONE, CITY = gettext_lazy("Name"), gettext_lazy("Phone"), gettext_lazy("City")
SOURCE = ImportColumn("source", gettext_lazy("Source"), parse_text, synonyms=("来源", "客户来源", "线索来源"))
KINDS = {
    "company": ("公司", "单位", "企业客户"),
    "taxi": ("出租", "出租公司", "出租车公司"),
    "leasing": ("租赁",),
    "logistics": ("物流", "物流公司"),
    "person": ("个人客户", "私人"),
}
CUSTOMERS = Importer(
    name="customers",
    label=gettext_lazy("Customers"),
    permission="customers.import_customer",
    columns=(
        _word(Customer, "name", NAME, "客户名称", "姓名", "单位名称", is_required=True),
        _phone("phone", PHONE, "手机", "手机号", "联系电话", is_required=True),
        _phone("other_phone", gettext_lazy("Other phone"), "其他电话"),
        ImportColumn("kind", gettext_lazy("Kind"), choice_of(Customer.Kind, **KINDS), synonyms=("客户类型",)),
        ImportColumn("level", gettext_lazy("Level"), choice_of(Customer.Level), synonyms=("客户级别", "等级")),
        ImportColumn("care_level", gettext_lazy("Care level"), choice_of(Customer.CareLevel)),
        _word(Customer, "credit_code", gettext_lazy("Unified social credit code"), "信用代码", "税号"),
        _word(Customer, "credit_code_note", gettext_lazy("Why the code differs from the standard")),
        ImportColumn(
            "id_number",
            gettext_lazy("ID number"),
            partial(parse_number_of, "id_number", _id_number),
            synonyms=("身份证", "身份证号码"),
        ),
        _word(Customer, "province", gettext_lazy("Province"), "省"),
        _word(Customer, "city", CITY, "市"),
        _word(Customer, "address", gettext_lazy("Address"), "详细地址"),
        _word(Customer, "industry", gettext_lazy("Industry"), "所属行业"),
        SOURCE,
    ),
    save=save_customers,
    options=TwinOptions,
    extends=Customer,
    help_text=gettext_lazy("One row per customer. New ones become yours, in your unit."),
)
LEADS = Importer(
    name="leads",
    label=gettext_lazy("Leads"),
    permission="customers.import_lead",
    columns=(
        _word(Lead, "name", NAME, "客户名称", "姓名", is_required=True),
        _phone("phone", gettext_lazy("Mobile phone"), "手机", "电话", is_required=True, mobile_only=True),
        _word(Lead, "city", CITY, "市"),
        ImportColumn("source", SOURCE.label, parse_text, is_required=True, synonyms=SOURCE.synonyms),
        ImportColumn("intent_level", gettext_lazy("Intent level"), choice_of(Lead.IntentLevel), synonyms=("级别",)),
        ImportColumn("note", gettext_lazy("Note"), parse_text, synonyms=("备注说明",)),
    ),
    save=save_leads,
    options=TwinOptions,
    extends=Lead,
    help_text=gettext_lazy("One row per lead. New ones wait in your unit to be assigned."),
)
IMPORTERS = (CUSTOMERS, LEADS)

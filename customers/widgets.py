"""Inputs of the customers area."""

from django import forms
from django.utils.translation import gettext as _

from customers.divisions import LEVELS, children, deepest, names, way_to


class DivisionSelect(forms.Widget):
    """Province, city and county, each offered once the one above is chosen; the value is the code of the deepest."""

    template_name = "customers/_division.html"

    def get_context(self, name: str, value: str | None, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        context["widget"]["levels"] = division_levels(value or "")
        return context

    def value_from_datadict(self, data, files, name: str) -> str:
        if name in data:  # the code as a whole, from another program
            return data[name]
        codes = [data.get(f"{name}_{level}", "") for level in range(LEVELS)]
        unknown = [code for code in codes if code and code not in names()]
        return unknown[0] if unknown else deepest(codes)

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return f"{name}_0" not in data and name not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


def division_levels(code: str) -> list[dict]:
    labels = (_("Province"), _("City"), _("County or district"))
    way = way_to(code)
    offered = [children(above) for above in ("", *way)][:LEVELS]
    return [
        {"label": label, "choices": choices, "chosen": way[level] if level < len(way) else ""}
        for level, (label, choices) in enumerate(zip(labels, offered, strict=False))
        if choices
    ]

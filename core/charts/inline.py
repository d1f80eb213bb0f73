"""Turn the library's SVG file into a fragment that lives safely inside a page."""

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

from .style import CSS_COLOURS

IDENT = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
LOCAL_URL = re.compile(r"url\(#([^)]+)\)")
NOT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: object) -> str:
    """Text that XML may hold; names come from people and from old systems."""
    return NOT_FOR_XML.sub(" ", str(text))


def inline_svg(markup: str, *, ident: str, label: str, css_class: str, tips: Mapping[str, Sequence[str]]) -> SafeString:
    if not IDENT.fullmatch(ident):
        raise ValueError(f"A chart is named by letters, digits and dashes, not {ident!r}")
    root = ElementTree.fromstring(markup[markup.index("<svg") :])
    _strip_namespaces(root)
    _remove_file_parts(root)
    linked = root.find(".//a") is not None
    _add_tips(root, tips)
    for element in root.iter():
        _inline_attributes(element)
    _prefix_ids(root, ident)
    view_box = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib.update(
        {
            "class": css_class,
            "viewBox": view_box,
            "aria-label": printable(label),
            # The content of an image is hidden from assistive technology, so a chart with links is a group.
            "role": "group" if linked else "img",
            "stroke-linejoin": "round",
            "stroke-linecap": "butt",
        }
    )
    return mark_safe(ElementTree.tostring(root, encoding="unicode"))


def _strip_namespaces(root: ElementTree.Element) -> None:
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def _remove_file_parts(root: ElementTree.Element) -> None:
    """The library's style element has a `*` rule: it would style the whole page."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("metadata", "style"):
                parent.remove(child)
        for child in list(parent):
            if child.tag == "defs" and len(child) == 0:
                parent.remove(child)


def _add_tips(root: ElementTree.Element, tips: Mapping[str, Sequence[str]]) -> None:
    groups = {element.get("id"): element for element in root.iter("g") if element.get("id") in tips}
    for name, group in groups.items():
        uses = [(parent, child) for parent in group.iter() for child in parent if child.tag == "use"]
        if not uses:
            _add_tip(group, tips[name][0])
        for (parent, use), tip in zip(uses, tips[name] if uses else (), strict=True):
            wrapper = ElementTree.Element("g")
            parent[list(parent).index(use)] = wrapper
            wrapper.append(use)
            _add_tip(wrapper, tip)
        for link in group.iter("a"):
            if uses:
                link.set("tabindex", "-1")  # 72 months are not 72 stops of the Tab key; the table has the same links
            link.set("aria-label", link.findtext(".//title") or printable(tips[name][0]))


def _add_tip(group: ElementTree.Element, tip: str) -> None:
    group.set("class", "chart-mark")
    title = ElementTree.Element("title")
    title.text = printable(tip)
    group.insert(0, title)


def _inline_attributes(element: ElementTree.Element) -> None:
    """Presentation attributes instead of style="": the page's content policy need not allow inline styles."""
    for declaration in filter(None, element.attrib.pop("style", "").split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            name, value = "font-size", value.partition(" ")[0]
        if name not in ("font-family", "font-stretch"):
            element.set(name, CSS_COLOURS.get(value, value))
    if element.get("fill") in CSS_COLOURS:
        element.set("fill", CSS_COLOURS[element.get("fill", "")])
    element.attrib.pop("target", None)


def _prefix_ids(root: ElementTree.Element, ident: str) -> None:
    """Ids must not clash between two charts of one page; those nobody refers to are dropped."""
    used = {element.get("href", "")[1:] for element in root.iter("use")}
    for element in root.iter():
        for value in element.attrib.values():
            used.update(LOCAL_URL.findall(value))
    for element in root.iter():
        if element.get("id") in used:
            element.set("id", f"{ident}-{element.get('id')}")
        else:
            element.attrib.pop("id", None)
        if element.tag == "use":
            element.set("href", f"#{ident}-{element.get('href', '')[1:]}")
        for name in ("clip-path", "fill"):
            if name in element.attrib:
                element.set(name, LOCAL_URL.sub(rf"url(#{ident}-\1)", element.attrib[name]))

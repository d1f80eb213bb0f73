"""A drawing that is named but not there would break its page."""

import re

import pytest
from django.conf import settings

from customers import timeline as contacts
from hafei_crm.menu import MENU
from inventory import timeline as movements

DRAWN = {file.stem for file in (settings.BASE_DIR / "static/icons").glob("*.svg")}


def icons_of_templates() -> set[str]:
    named = re.compile(r'{% icon "([^"]+)"')
    files = (settings.BASE_DIR / "templates").rglob("*.html")
    return {name for file in files for name in named.findall(file.read_text())}


@pytest.mark.parametrize(
    "named",
    [
        icons_of_templates(),
        {link.icon for _label, links in MENU for link in links},
        {*contacts.ICONS.values(), *movements.ICONS.values()},
    ],
    ids=["templates", "menu", "timelines"],
)
def test_every_icon_is_drawn(named):
    assert named <= DRAWN, named - DRAWN

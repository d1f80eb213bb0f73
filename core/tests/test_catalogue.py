import polib
import pytest

from core.catalogue import Message, compile_catalogues, messages_of_python, messages_of_template, update_catalogue


def test_messages_are_found_in_python():
    source = """
from django.utils.translation import gettext_lazy as _
title = _("A long sentence "
          "on two lines.")
month = pgettext("noun", "may")
count = ngettext("%(count)s car", "%(count)s cars", number)
skipped = gettext(variable)
"""
    assert set(messages_of_python(source, "x.py")) == {
        Message(None, "A long sentence on two lines."),
        Message("noun", "may"),
        Message(None, "%(count)s car", "%(count)s cars"),
    }


def test_messages_are_found_in_templates():
    source = """{% load i18n %}<p title="it's">{% translate "Sign in" %}</p> X's 'quotes
{% blocktranslate trimmed with name=user.name %}
  Hello %,
  {{ name }}
{% endblocktranslate %}{% translate "may" context "noun" as month %}{{ _("Total") }}{{ x|default:_("None") }}
{% blocktranslate count n=cars|length %}one car{% plural %}{{ n }} cars{% endblocktranslate %}"""
    assert set(messages_of_template(source, "x.html")) == {
        Message(None, "Sign in"),
        Message(None, "Hello %%, %(name)s"),
        Message("noun", "may"),
        Message(None, "Total"),
        Message(None, "None"),
        Message(None, "one car", "%(n)s cars"),
    }


def test_f_string_is_refused():
    with pytest.raises(ValueError, match="x.py:1"):
        list(messages_of_python('_(f"Hello {name}")', "x.py"))


def test_update_keeps_translations_and_drops_what_is_gone(tmp_path):
    path = tmp_path / "locale/zh_Hans/LC_MESSAGES/django.po"
    update_catalogue(path, {Message(None, "Order"), Message(None, "Car", "Cars")})
    catalogue = polib.pofile(str(path))
    catalogue.find("Order").msgstr = "订单"
    catalogue.save()

    updated = update_catalogue(path, {Message(None, "Order"), Message(None, "Lead")})
    assert [(entry.msgid, entry.msgstr) for entry in updated] == [("Lead", ""), ("Order", "订单")]
    assert "#:" not in path.read_text()

    compile_catalogues(tmp_path)
    assert [entry.msgstr for entry in polib.mofile(str(path.with_suffix(".mo")))] == ["订单"]

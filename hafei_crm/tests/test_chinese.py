"""The words Chinese readers see: where English has one word for two things, Chinese has two."""

import re

import polib
import pytest
from django.conf import settings
from django.utils import translation

from aftersales.models import Claim, ServiceRequest
from contracts.models import Contract, Receipt
from customers.models import KeyAccountRegistration
from dealers.models import Dealer
from inventory.models import Vehicle
from training.models import TrainingClass

CHINESE = "[\u4e00-\u9fff]"
HALF_WIDTH = re.compile(rf"{CHINESE}[,;:!?]|[,;!?]{CHINESE}")


@pytest.mark.parametrize(
    ("label", "chinese"),
    [
        (ServiceRequest.Status.CLOSED.label, "已关闭"),
        (TrainingClass.Status.CLOSED.label, "已结班"),
        (Dealer.State.SUSPENDED.label, "停业"),
        (Contract.Status.SUSPENDED.label, "已中止"),
        (Claim.Status.REJECTED.label, "已拒赔"),
        (KeyAccountRegistration.Status.REJECTED.label, "已驳回"),
        (Vehicle._meta.get_field("received_on").verbose_name, "到店日期"),
        (Receipt._meta.get_field("received_on").verbose_name, "收款日期"),
        (ServiceRequest._meta.get_field("complaint").verbose_name, "客户描述"),
        (Claim._meta.get_field("complaint").verbose_name, "故障描述"),
    ],
)
def test_word_says_what_the_thing_is(label, chinese):
    with translation.override("zh-hans"):
        assert str(label) == chinese


def test_chinese_sentences_have_chinese_punctuation():
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"))
    assert not [entry.msgstr for entry in catalogue if HALF_WIDTH.search(entry.msgstr)]

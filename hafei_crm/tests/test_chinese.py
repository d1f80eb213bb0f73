"""The words Chinese readers see: where English has one word for two things, Chinese has two."""

import re

import polib
import pytest
from django.conf import settings
from django.urls import reverse
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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "typed", "chinese"),
    [
        ("name", "刘\x00洋", "含有无法保存的字符，请删除后重新输入。"),
        ("name", "刘" * 81, "最多 80 个字符，现在是 81 个。"),
        ("kind", "nobody", "“nobody”不在可选范围内，请重新选择。"),
        ("parent", "0", "所选项不可用或您无权选择，请重新选择。"),
    ],
)
def test_what_a_form_refuses_is_said_in_plain_chinese(client, sales1, name, typed, chinese):
    client.force_login(sales1)
    page = client.post(reverse("customers:customer_add"), {name: typed})
    assert chinese in str(page.context["form"].errors[name])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "chinese"),
    [
        ("1234567890123456", "数字总共不得超过 14 位。"),
        ("1.234", "小数不得超过 2 位。"),
    ],
)
def test_an_amount_out_of_bounds_is_told_in_plain_chinese(client, sales1, typed, chinese):
    client.force_login(sales1)
    page = client.post(reverse("customers:opportunity_add"), {"amount": typed})
    assert chinese in str(page.context["form"].errors["amount"])

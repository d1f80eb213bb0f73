import pytest
from django.urls import reverse
from django.utils import translation

from core.models import Notice
from core.notices import notify, unread_count

pytestmark = pytest.mark.django_db
MESSAGE = "%(job)s is done."


@pytest.fixture
def notice(sales1):
    notify([sales1.pk], MESSAGE, url="/jobs/1/", job="Export")
    return Notice.objects.get()


def test_a_notice_is_read_in_the_language_of_the_reader(notice):
    with translation.override("en"):
        assert notice.text == "Export is done."


def test_each_user_is_told_once(sales1, sales2):
    notify([sales1.pk, sales2.pk, sales1.pk], MESSAGE, url="/", job="Export")
    assert sorted(Notice.objects.values_list("user", flat=True)) == sorted([sales1.pk, sales2.pk])


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", ""])
def test_a_notice_leads_to_this_site_only(sales1, url):
    with pytest.raises(ValueError):
        notify([sales1.pk], MESSAGE, url=url, job="Export")


def test_a_message_without_its_values_fails_when_it_is_sent(sales1):
    with pytest.raises(KeyError):
        notify([sales1.pk], MESSAGE, url="/")


def test_opening_marks_it_read_and_leads_to_its_page(client, sales1, notice):
    client.force_login(sales1)
    response = client.post(reverse("core:notice_open", args=[notice.pk]))
    assert (response.status_code, response.url) == (302, "/jobs/1/")
    assert unread_count(sales1) == 0


def test_a_notice_of_somebody_else_is_not_found(client, sales2, notice):
    client.force_login(sales2)
    assert client.post(reverse("core:notice_open", args=[notice.pk])).status_code == 404
    assert Notice.objects.get().read_at is None
    assert "Export" not in client.get(reverse("core:notice_list")).content.decode()


def test_reading_all_leaves_the_notices_of_others_alone(client, sales1, sales2, notice):
    notify([sales1.pk, sales2.pk], MESSAGE, url="/", job="Import")
    client.force_login(sales1)
    assert client.get(reverse("core:notice_read_all")).status_code == 405
    client.post(reverse("core:notice_read_all"))
    assert (unread_count(sales1), unread_count(sales2)) == (0, 1)


def test_the_text_is_escaped(client, sales1):
    notify([sales1.pk], MESSAGE, url="/", job="<script>alert(1)</script>")
    client.force_login(sales1)
    page = client.get(reverse("core:notice_list")).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_bell_costs_one_query(sales1, notice, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert unread_count(sales1) == 1

"""Long exports, written in the background in the rights their owner has by then."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.models import ExportLog, Job
from core.tasks import write_export
from customers.tests.factories import make_lead
from users import actions
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_export(client, manager, settings, tmp_path, monkeypatch):
    """A list that counts as long, ordered by the manager; the worker has not come to it yet."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr("core.views.lists.DIRECT_ROWS", 1)
    for name in ("王强", "李娜", "刘洋"):
        make_lead(unit=manager.unit, owner=manager, name=name)
    client.force_login(manager)
    answer = client.get(reverse("customers:lead_export"))
    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    return job


def test_long_list_is_written_by_a_job_and_logged(long_export, manager):
    write_export(long_export.pk)
    long_export.refresh_from_db()
    assert long_export.status == Job.Status.DONE
    book = load_workbook(io.BytesIO(long_export.result.read()))
    names = {cell for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) for cell in row}
    assert {"王强", "李娜", "刘洋"} <= names
    assert list(ExportLog.objects.values_list("by", "row_count")) == [(manager.pk, 3)]


@pytest.mark.parametrize("lost", ["right", "account"])
def test_who_lost_the_right_before_the_job_ran_gets_no_file(long_export, manager, security, sysadmin, lost):
    if lost == "right":
        actions.grant_roles(manager.pk, by=security, roles=["dealer_salesman"])
    else:
        actions.change_user(manager.pk, by=sysadmin, is_active=False)
    write_export(long_export.pk)
    long_export.refresh_from_db()
    assert long_export.status == Job.Status.FAILED
    assert not long_export.result
    assert not ExportLog.objects.exists()
    assert User.objects.get(pk=manager.pk).has_perm("core.export_rows") is False

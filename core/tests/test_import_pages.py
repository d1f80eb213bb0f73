import io
from unittest.mock import patch

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.models import ImportBatch, Job
from core.tests import files
from core.tests.folders_import import import_folders
from core.tests.records import Folder, allow, folder_table, forbid

pytestmark = pytest.mark.urls("core.tests.folders_import")
CSV = "名称,销量\n路宝,3\n赛豹,4\n".encode()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def keeper(client, db, sales1):
    with folder_table():
        allow(sales1, "view", "change")
        client.force_login(sales1)
        yield sales1


@pytest.fixture
def upload(client, keeper):
    def send(content=CSV, name="车型.csv", **values):
        data = {"file": files.upload(name, content), "kind": "company", **values}
        return client.post(reverse("imports:upload", args=["folders"]), data)

    return send


def text(response):
    return response.content.decode()


def start(client, batch):
    with patch.object(import_folders, "delay"):
        return client.post(reverse("imports:start", args=[batch.pk]))


def test_a_file_is_uploaded_checked_confirmed_and_imported(client, upload):
    page = text(client.get(upload().url))
    assert "路宝" in page
    batch = ImportBatch.objects.get()
    assert (batch.status, batch.report["created"]) == ("previewed", 2)
    assert not Folder.objects.exists()
    start(client, batch)
    assert "hx-get" in text(client.get(batch.get_absolute_url()))
    import_folders.apply(args=[Job.objects.get().pk])
    batch.refresh_from_db()
    assert (batch.status, batch.report["created"], batch.job.status) == ("done", 2, "done")
    assert Folder.objects.count() == 2
    assert client.get(batch.get_absolute_url()).status_code == 200


def test_a_job_that_runs_twice_imports_once(client, upload):
    upload()
    batch = ImportBatch.objects.get()
    start(client, batch)
    import_folders.apply(args=[batch.pk and Job.objects.get().pk])
    Folder.objects.all().delete()
    Job.objects.update(status="queued")
    import_folders.apply(args=[Job.objects.get().pk])
    assert not Folder.objects.exists()


def test_a_started_import_cannot_be_started_again(client, upload):
    upload()
    batch = ImportBatch.objects.get()
    start(client, batch)
    start(client, batch)
    assert Job.objects.count() == 1


def test_an_import_whose_job_was_cancelled_may_be_checked_and_started_again(client, upload):
    upload()
    batch = ImportBatch.objects.get()
    start(client, batch)
    client.post(reverse("core:job_cancel", args=[Job.objects.get().pk]))
    assert client.post(batch.get_absolute_url(), {}).status_code == 302
    start(client, batch)
    assert Job.objects.count() == 2


def test_columns_are_mapped_by_hand(client, upload):
    upload("型号,台\n路宝,3\n".encode())
    batch = ImportBatch.objects.get()
    assert batch.report["errors"]
    start(client, batch)
    assert not Job.objects.exists()
    client.post(batch.get_absolute_url(), {"name": "型号", "quantity": "台"})
    batch.refresh_from_db()
    assert (batch.report["created"], batch.report["errors"]) == (1, [])


def test_a_heading_that_is_not_in_the_file_is_a_form_error(client, upload):
    upload()
    response = client.post(ImportBatch.objects.get().get_absolute_url(), {"name": "password"})
    assert response.status_code == 200
    assert ImportBatch.objects.get().mapping == {}


def test_errors_are_shown_escaped_and_come_as_a_workbook_without_formulas(client, upload):
    upload("名称,销量\n路宝,=1+1\n赛豹,<script>x</script>\n".encode())
    batch = ImportBatch.objects.get()
    page = text(client.get(batch.get_absolute_url()))
    assert "&lt;script&gt;" in page
    assert "<script>x" not in page
    response = client.get(reverse("imports:errors", args=[batch.pk]))
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[:3] for row in rows[1:]] == [(2, "销量", "=1+1"), (3, "销量", "<script>x</script>")]
    assert sheet["C2"].data_type == "s"


def test_a_file_that_cannot_be_read_is_a_form_error(client, upload):
    for name, content in (
        ("a.xlsx", files.HTML),
        ("a.svg", files.SVG),
        ("a.csv", b""),
        ("a.xlsx", files.entity_bomb()),
    ):
        assert upload(content, name).status_code == 422
    assert upload(kind="rumour").status_code == 422
    assert not ImportBatch.objects.exists()


def test_the_same_file_is_announced_on_its_second_coming(client, upload):
    upload()
    start(client, ImportBatch.objects.get())
    import_folders.apply(args=[Job.objects.get().pk])
    url = upload().url
    batch = ImportBatch.objects.first()
    assert "alert-warning" in text(client.get(url))
    assert (batch.report["created"], batch.report["skipped"]) == (0, 2)


def test_the_empty_workbook_is_taken_back(client, keeper, upload):
    response = client.get(reverse("imports:template", args=["folders"]))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    book.worksheets[0].append(["路宝", "2010-01", 3, 4])
    buffer = io.BytesIO()
    book.save(buffer)
    upload(buffer.getvalue(), "模板.xlsx")
    assert ImportBatch.objects.get().report["created"] == 1


def test_an_import_of_somebody_else_is_not_found(client, upload, sales2):
    upload("名称,销量\n路宝,x\n".encode())
    batch = ImportBatch.objects.get()
    allow(sales2, "view", "change")
    client.force_login(sales2)
    for page in ("batch", "errors"):
        assert client.get(reverse(f"imports:{page}", args=[batch.pk])).status_code == 404
    assert start(client, batch).status_code == 404
    assert client.post(batch.get_absolute_url(), {}).status_code == 404


def test_without_the_right_nothing_is_imported(client, keeper, upload):
    upload()
    forbid(keeper)
    batch = ImportBatch.objects.get()
    for page, argument in (("upload", "folders"), ("template", "folders"), ("batch", batch.pk), ("errors", batch.pk)):
        assert client.get(reverse(f"imports:{page}", args=[argument])).status_code == 403
    assert start(client, batch).status_code == 403
    assert client.get(reverse("imports:index")).status_code == 403
    assert upload().status_code == 403
    assert ImportBatch.objects.count() == 1


def test_an_unknown_import_is_not_found(client, keeper):
    assert client.get(reverse("imports:upload", args=["nothing"])).status_code == 404
    assert client.get(reverse("imports:index")).status_code == 200

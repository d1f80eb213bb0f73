import hashlib

import pytest
from django.urls import reverse

from core.attachments import clean_name
from core.models import Attachment
from core.tests import files
from core.tests.records import Folder, allow, folder_table, forbid

EVIL_NAME = 'a"\r\nX-Evil: 1.png'


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def folder(db, sales1, sales2):
    with folder_table():
        for user in (sales1, sales2):
            allow(user, "view", "change")
        yield Folder.objects.create(name="合同", owner=sales1)


@pytest.fixture
def attach(client, folder, sales1):
    def send(user=sales1, name="照片.png", content=files.PNG, pk=None, model="folder"):
        client.force_login(user)
        url = reverse("core:attachment_add", args=["core", model, pk or folder.pk])
        return client.post(url, {"file": files.upload(name, content)})

    return send


def download(client, user, attachment):
    client.force_login(user)
    return client.get(attachment.get_absolute_url())


def test_a_file_is_stored_under_a_random_name_and_given_back_under_its_own(attach, client, sales1, media):
    assert attach().status_code == 302
    attachment = Attachment.objects.get()
    assert attachment.sha256 == hashlib.sha256(files.PNG).hexdigest()
    assert "照片" not in attachment.file.name
    assert not attachment.file.name.endswith(".png")
    response = download(client, sales1, attachment)
    assert b"".join(response.streaming_content) == files.PNG
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E7%85%A7%E7%89%87.png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_name_with_a_path_or_line_breaks_does_no_harm(attach, client, sales1):
    attach(name="..\\..\\etc\\合同.png")
    attachment = Attachment.objects.get()
    assert attachment.original_name == "合同.png"
    assert clean_name(f"/etc/{EVIL_NAME}") == 'a"X-Evil: 1.png'
    attachment.original_name = EVIL_NAME
    attachment.save()
    response = download(client, sales1, attachment)
    assert "X-Evil" not in response.headers
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.png", "a.exe"])
def test_a_dangerous_file_is_refused_with_a_sentence(attach, client, name):
    response = attach(name=name, content=files.SVG)
    assert response.status_code == 302
    assert not Attachment.objects.exists()


def test_the_same_file_is_attached_once(attach):
    attach()
    attach(name="again.png")
    assert Attachment.objects.count() == 1


def test_a_stranger_neither_attaches_nor_fetches(attach, client, sales2):
    attach()
    attachment = Attachment.objects.get()
    assert attach(user=sales2, name="b.png", content=files.PNG + b" ").status_code == 404
    assert download(client, sales2, attachment).status_code == 404
    assert Attachment.objects.count() == 1


def test_who_may_only_see_the_record_fetches_but_does_not_attach(attach, client, folder, sales2):
    attach()
    Folder.objects.update(is_public=True)
    assert download(client, sales2, Attachment.objects.get()).status_code == 200
    assert attach(user=sales2, content=files.PNG + b" ").status_code == 403
    assert Attachment.objects.count() == 1


def test_without_the_permission_to_change_nothing_is_attached(attach, folder, sales1):
    forbid(sales1)
    allow(sales1, "view")
    assert attach().status_code == 403
    forbid(sales1)
    assert attach().status_code == 404
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("model", ["counter", "nothing", "exportlog"])
def test_nothing_hangs_on_a_model_that_does_not_say_who_sees_it(attach, model):
    assert attach(model=model).status_code == 404


def test_only_the_uploader_takes_a_file_away_and_the_row_stays(attach, client, folder, sales1, sales2):
    attach()
    Folder.objects.update(is_public=True)
    attachment = Attachment.objects.get()
    url = reverse("core:attachment_hide", args=[attachment.pk])
    client.force_login(sales2)
    assert client.post(url).status_code == 403
    client.force_login(sales1)
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert download(client, sales1, attachment).status_code == 404
    assert Attachment.objects.filter(hidden_at__isnull=False).count() == 1
    assert not Attachment.objects.of(folder).exists()


def test_visible_attachments_are_those_on_visible_records(attach, sales1, sales2):
    attach()
    assert Attachment.objects.visible_to(sales1).count() == 1
    assert Attachment.objects.visible_to(sales2).count() == 0

import pytest

from hafei_crm.wiring import PAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pages", PAGES, ids=lambda pages: pages.name)
def test_list_and_add_render(client, director, sysadmin, pages):
    for user in (director, sysadmin):
        if user.has_perm(pages.permission("view")):
            client.force_login(user)
            assert client.get(pages.url("list")).status_code == 200
            if pages.has("add") and user.has_perm(pages.permission("add")):
                assert client.get(pages.url("add")).status_code == 200

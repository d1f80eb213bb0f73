"""Registered late by hafei_crm.testing, so that it stands above pytest-playwright's own fixture."""

import pytest
from playwright.sync_api import expect

from hafei_crm.browser import ARGUMENTS, find_browser

expect.set_options(timeout=15_000)  # a page may take seconds while other tests hold the processors


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": find_browser(), "args": ARGUMENTS}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The longest test begins first: as the last it would keep one worker busy while the others have nothing to do.
    items.sort(key=lambda item: not all(map(item.get_closest_marker, ("browser", "slow"))))
    if find_browser() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))

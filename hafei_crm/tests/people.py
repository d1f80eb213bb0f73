"""People before screens of their own, for the tests in Chromium: what they read, click and type."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@dataclass
class Person:
    """Somebody before a screen of his own, who clicks what he can read."""

    page: Page

    def sign_in(self, name: str) -> None:
        self.page.get_by_label("用户名").fill(name)
        self.page.get_by_label("密码").fill("hafei-demo")
        self.page.get_by_role("button", name="登录").click()
        expect(self.heading).to_have_text("工作台")

    @property
    def heading(self):
        return self.page.get_by_role("heading", level=1)

    def go_to(self, name: str, *, heading: str = "") -> None:
        """By the menu, which a phone keeps behind a button."""
        if self.page.locator(".burger").is_visible():
            self.page.locator(".burger").click()
        label = re.compile(rf"^\s*{name}\s*(\d+\+?)?\s*$")  # what waits there is counted beside the name
        link = self.page.get_by_role("link", name=label, include_hidden=True)
        group = self.page.locator("#side details", has=link)
        if not group.evaluate("group => group.open"):
            group.locator("summary").click()
        group.get_by_role("link", name=label).click()
        expect(self.heading).to_contain_text(heading or name)

    def go_home(self) -> None:
        self.page.locator("#side").get_by_role("link", name="首页", exact=True).click()
        expect(self.heading).to_have_text("工作台")

    def press(self, name: str) -> None:
        """A button or a link of the page; where it asks again, yes."""
        main = self.page.locator("main")
        found = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
        found.first.click()
        if self.page.locator("#confirm[open]").count():
            self.page.locator("#confirm").get_by_role("button", name="确定").click()

    def open(self, text: str) -> None:
        """A row of the list or of the tab that is shown."""
        self.page.locator("main table.rows td a:visible").filter(has_text=text).first.click()
        expect(self.page.locator("#facts")).to_be_visible()

    def open_tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=re.compile(name)).click()

    def fill(self, words: dict[str, object]) -> None:
        for label, value in words.items():
            box = self.page.locator("main").get_by_label(re.compile(rf"^\s*{label}(（.*）)?\s*\*?\s*$")).first
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(box.locator("option", has_text=str(value)).first.get_attribute("value"))
            else:
                box.fill(str(value))

    def reads(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)


@dataclass
class House:
    """Everybody's browser, opened at the first word from him; nothing may be fetched from elsewhere or fail."""

    open_browser: Callable[..., BrowserContext]
    address: str
    on_phones: tuple[str, ...] = ("dealer",)
    people: dict[str, Person] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = self._person(name)
        return self.people[name]

    def _person(self, name: str) -> Person:
        context = self.open_browser(viewport=PHONE if name in self.on_phones else DESK, locale="zh-CN")
        context.on("request", lambda request: self.asked.add(urlsplit(request.url).netloc))
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.goto(self.address)
        person = Person(page)
        person.sign_in(name)
        return person

    def day(self, ahead: int) -> str:
        return f"{timezone.localdate() + timedelta(days=ahead):%Y-%m-%d}"

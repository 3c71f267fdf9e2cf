"""Somebody at the workplace who has no mouse, and whose key presses and seconds are counted."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.journeys.system import System

SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"
FOCUSED = "selector => document.activeElement?.matches(selector) ?? false"
NO_MOUSE = """
for (const kind of ["pointerdown", "mousedown", "mouseup", "dblclick", "wheel"])
  addEventListener(kind, (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  }, {capture: true, passive: false});
addEventListener("click", (event) => {
  if (event.isTrusted && event.detail > 0) { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);
"""


@dataclass
class Contact:
    """What one contact took."""

    what: str
    presses: int = 0
    letters: int = 0
    seconds: float = 0.0


@dataclass
class Typist:
    """Keys only; every press is counted for the contact in hand, typed words apart from them."""

    page: Page
    town: System
    contacts: list[Contact] = field(default_factory=list)
    outside: list[Callable[[], bool]] = field(default_factory=list)  # what must be true in the end, out of the house
    _now: Contact = field(default_factory=lambda: Contact("before the first"))

    def __post_init__(self) -> None:
        self.page.add_init_script(NO_MOUSE)

    @contextmanager
    def contact(self, what: str) -> Iterator[None]:
        """The work on one contact, from the key that opens it to the key that lets it go."""
        self._now = Contact(what)
        began = time.monotonic()
        yield
        self._now.seconds = time.monotonic() - began
        self.contacts.append(self._now)

    def later(self, arrived: Callable[[], bool]) -> None:
        self.outside.append(arrived)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._now.presses += 1
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Words, as they are typed."""
        self._now.letters += len(text)
        self.page.keyboard.type(text)

    def tab_to(self, selector: str, most: int = 12) -> None:
        """Tab until it has the focus."""
        for _ in range(most):
            if self.page.evaluate(FOCUSED, selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is not reached in {most} steps on {self.page.url}")

    def focused(self, selector: str) -> None:
        expect(self.page.locator(selector)).to_be_focused()

    def settled(self) -> None:
        self.page.wait_for_function(SETTLED)

    def open(self, key: str, words: str = "") -> None:
        """Press a key that brings a contact, and wait until it is there."""
        before = self.page.url
        self.press(key)
        self.page.wait_for_url(lambda url: url != before and "/arbejdsplads/" in url)
        expect(self.page.locator("#henvendelse")).to_be_focused()
        if words:
            expect(self.page.locator("#samtale")).to_contain_text(words)

    def dialog(self, key: str, form: str) -> None:
        self.press(key)
        expect(self.page.locator(f"dialog {form}")).to_be_visible()
        self.page.wait_for_function("document.querySelector('dialog').contains(document.activeElement)")

    def away(self, *keys: str) -> None:
        """Press what sends the dialog off, and wait until the desk is there."""
        self.press(*keys)
        expect(self.page.locator("#henvendelse, dialog[open]")).to_have_count(0)

    @property
    def reference(self) -> str:
        return self.page.locator(".contact-head .number").first.inner_text()

    def state(self, reference: str) -> dict:
        """The contact as the JSON API has it."""
        status, contact = self.town.api("GET", f"/contacts/{reference}")
        assert status == 200, contact
        return contact

    def figures(self) -> str:
        rows = [
            f"  {one.what:<44} {one.presses:>3} presses {one.letters:>4} letters {one.seconds:5.1f} s"
            for one in self.contacts
        ]
        presses = statistics.median(one.presses for one in self.contacts)
        seconds = statistics.median(one.seconds for one in self.contacts)
        head = f"{len(self.contacts)} contacts: median {presses:g} key presses, {seconds:.1f} s; most "
        most = max(self.contacts, key=lambda one: one.presses)
        return "\n".join([f"{head}{most.presses} presses ({most.what})", *rows])

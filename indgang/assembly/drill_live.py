"""A browser that follows live events through every kill, opening its stream again whenever it is cut."""

import socket
import threading
from collections import Counter
from dataclasses import dataclass, field

from indgang.assembly.drill_browser import Browser
from indgang.assembly.drill_system import System


@dataclass
class Watcher:
    """An employee's page with the waiting list open."""

    system: System
    username: str
    streams: int = 0
    events: Counter[str] = field(default_factory=Counter)

    def run(self, stopping: threading.Event) -> None:
        """Until told to stop."""
        browser = logged_in(self.system, self.username, patience=60)
        while not stopping.is_set():
            try:
                self._follow(browser, stopping)
            except OSError:
                stopping.wait(0.3)

    def _follow(self, browser: Browser, stopping: threading.Event) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        with socket.create_connection(("127.0.0.1", self.system.port + 1), timeout=5) as stream:
            head = f"GET /live?topics=queue HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n"
            stream.sendall(head.encode())
            stream.settimeout(1)
            text, opened = "", False
            while not stopping.is_set():
                try:
                    received = stream.recv(65536)
                except TimeoutError:
                    continue
                if not received:
                    return
                text += received.decode("utf-8", "replace")
                opened = opened or self._opened(text)
                *lines, text = text.split("\n")
                self.events.update(line[6:].strip() for line in lines if line.startswith("event:"))

    def _opened(self, text: str) -> bool:
        if not text.startswith("HTTP/1.1 200"):
            return False
        self.streams += 1
        return True


def logged_in(system: System, username: str, *, patience: float = 20) -> Browser:
    """An employee's browser after the login page."""
    browser = Browser(system.port, patience=patience)
    page = browser.get("/log-ind")
    login = system.login(username)
    browser.submit(page, page.forms[-1], {"username": login["username"], "password": login["password"]})
    return browser

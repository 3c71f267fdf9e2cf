"""A browser without scripts: cookies, forms and redirects, sending a page again when no answer came."""

import secrets
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

_AGAIN = {429, 502, 503, 504}
_MOVED = {301, 302, 303}
File = tuple[str, str, bytes]  # field, file name, content


class NoAnswer(RuntimeError):
    """The server did not answer as long as the person was patient."""


@dataclass
class Form:
    """A form of a page as it would be sent untouched."""

    action: str = ""
    multipart: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """One answer."""

    status: int
    path: str
    text: str
    headers: Mapping[str, str]
    forms: list[Form]


class Browser:
    """One person's browser with an address of its own on loopback."""

    def __init__(
        self,
        port: int,
        *,
        address: str = "127.0.0.1",
        patience: float = 60.0,
        again: bool = True,
        timeout: float = 30.0,
    ) -> None:
        self.port, self.address, self.patience, self.again, self.timeout = port, address, patience, again, timeout
        self.cookies: dict[str, str] = {}
        self.answers: Counter[str] = Counter()

    def get(self, path: str) -> Page:
        """A page, after its redirects."""
        return self._followed("GET", path, b"", "")

    def submit(
        self, page: Page, form: Form, changes: Mapping[str, str] | None = None, files: Sequence[File] = ()
    ) -> Page:
        """Send a form of a page with what was typed."""
        return self.post(urljoin(page.path, form.action), {**form.fields, **(changes or {})}, files, form.multipart)

    def post(self, path: str, fields: Mapping[str, str], files: Sequence[File] = (), multipart: bool = False) -> Page:
        """Send these fields."""
        if multipart or files:
            body, kind = _multipart(fields, files)
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self._followed("POST", path, body, kind)

    def _followed(self, method: str, path: str, body: bytes, kind: str) -> Page:
        page = self._patiently(method, path, body, kind)
        for _ in range(5):
            if page.status not in _MOVED:
                break
            page = self._patiently("GET", urljoin(page.path, page.headers["location"]), b"", "")
        return page

    def _patiently(self, method: str, path: str, body: bytes, kind: str) -> Page:
        until = time.monotonic() + self.patience
        while True:
            try:
                page = self._once(method, path, body, kind)
            except (OSError, HTTPException) as cut:
                self.answers["cut off"] += 1
                if not self.again or time.monotonic() > until:
                    raise NoAnswer(f"{method} {path}: {cut}") from cut
            else:
                self.answers[str(page.status)] += 1
                if not self.again or page.status not in _AGAIN:
                    return page
                if time.monotonic() > until:
                    raise NoAnswer(f"{method} {path}: {page.status}")
            time.sleep(0.4)

    def _once(self, method: str, path: str, body: bytes, kind: str) -> Page:
        place = urlsplit(path)
        target = (place.path or "/") + (f"?{place.query}" if place.query else "")
        headers = {"Connection": "close", "Accept-Language": "da", "Host": f"127.0.0.1:{self.port}"}
        if kind:
            headers |= {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with closing(
            HTTPConnection("127.0.0.1", self.port, timeout=self.timeout, source_address=(self.address, 0))
        ) as connection:
            connection.request(method, target, body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
            self._keep_cookies(answer.headers.get_all("Set-Cookie") or [])
            known = {name.lower(): value for name, value in answer.getheaders()}
            text = content.decode("utf-8", "replace")
            return Page(answer.status, target, text, known, forms_of(text) if "<form" in text else [])

    def _keep_cookies(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


def forms_of(text: str) -> list[Form]:
    """The forms of a page."""
    parser = _Forms()
    parser.feed(text)
    parser.close()
    return parser.found


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(facts.get("action", ""), "multipart" in facts.get("enctype", "")))
        elif self.found and facts.get("name"):
            self._field(tag, facts)

    def _field(self, tag: str, facts: dict[str, str]) -> None:
        form, name, value = self.found[-1], facts["name"], facts.get("value", "")
        if tag == "textarea":
            form.fields[name], self._area = "", name
            form.texts.add(name)
        elif tag == "button":
            form.buttons.append((name, value))
        elif facts.get("type") in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(value)
            if "checked" in facts:
                form.fields[name] = value
        elif tag == "input" and facts.get("type") not in {"file", "submit"}:
            form.fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self.found:
            self.found[-1].fields[self._area] += unescape(data)


def _multipart(fields: Mapping[str, str], files: Sequence[File]) -> tuple[bytes, str]:
    border = secrets.token_hex(16)
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, file_name, content in files:
        head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"

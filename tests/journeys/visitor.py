"""Somebody who uses the pages without a browser: forms and cookies, nothing else."""

import re
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from tests.journeys.system import System

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Seen:
    """The page somebody ended at."""

    status: int
    path: str
    text: str


@dataclass
class Visitor:
    """A citizen at the web form, in one language."""

    town: System
    language: str = "da"
    jar: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str) -> Seen:
        return self._open(urllib.request.Request(self.town.url + path))

    def post(self, path: str, /, **fields: str) -> Seen:
        page = self.get(path).text
        found = TOKEN.search(page)
        assert found, f"no form at {path}: {page[:300]}"
        fields["csrfmiddlewaretoken"] = found.group(1)
        return self._open(urllib.request.Request(self.town.url + path, urlencode(fields).encode()))

    def post_file(self, path: str, file: str, content: bytes, /, **fields: str) -> Seen:
        """A form with a file in it."""
        fields["csrfmiddlewaretoken"] = TOKEN.search(self.get(path).text).group(1)
        border = uuid4().hex
        parts = [f'--{border}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
        parts.append(
            f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{file}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = "".join(parts).encode() + content + f"\r\n--{border}--\r\n".encode()
        request = urllib.request.Request(self.town.url + path, body)
        request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
        return self._open(request)

    def begin(self, words: str, task: str | None = None) -> str:
        """A form with these words; with a task chosen if one is given. Its token."""
        seen = self.post("/kontakt", tekst=words)
        assert seen.path.endswith("/emne"), f"{seen.status} {seen.path}"
        token = seen.path.split("/")[2]
        if task is not None:
            self.post(f"/kontakt/{token}/emne", task=task)
        return token

    def _open(self, request: urllib.request.Request) -> Seen:
        request.add_header("Accept-Language", self.language)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        try:
            with opener.open(request, timeout=30) as answer:
                return Seen(answer.status, urlsplit(answer.url).path, answer.read().decode())
        except HTTPError as refused:
            return Seen(refused.code, urlsplit(refused.url).path, refused.read().decode())

"""Log lines tell what happened and where, never about whom."""

import io
import json
import logging
import sys

import pytest
import structlog

from indgang.foundation.runtime import logs

PERSONAL = ("010190-1234", "0101901234", "karen@borger.example", "Karen Borger")


class Refused(Exception):
    pass


@pytest.fixture
def lines():
    """What the log's handler writes, line by line."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.formatter())
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers = [handler]
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers = before


def _crash(request=None):
    try:
        try:
            raise ValueError(" ".join(PERSONAL))
        except ValueError as error:
            raise Refused("Karen Borger 010190-1234") from error
    except Refused:
        extra = {"status_code": 500, "request": request}
        logging.getLogger("django.request").error("%s: %s", "Fejl", "/sag?cpr=010190-1234", exc_info=True, extra=extra)


def test_a_500_is_logged_with_types_and_places_but_no_values(lines):
    _crash()
    line = lines()[0]
    assert not any(value in json.dumps(line, ensure_ascii=False) for value in PERSONAL)
    assert line["exception"].endswith("Refused < builtins.ValueError")
    assert "test_logs.py" in line["where"][-1]
    assert line["status"] == 500
    assert line["event"] == "%s: %s"


def test_a_real_page_that_fails_leaves_a_line_without_people(lines, client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    assert client.get("/faelde/010190-1234?mail=karen@borger.example").status_code == 500
    text = json.dumps(lines(), ensure_ascii=False)
    assert "RuntimeError" in text
    assert "faelde/<str:who>" in text
    assert not any(value in text for value in PERSONAL)


def test_only_listed_keys_pass_and_long_values_are_cut(lines):
    structlog.get_logger("indgang.test").warning(
        "sent", transport="mail", name="Karen Borger", item={"cpr": "1"}, count=3
    )
    line = lines()[0]
    assert (line["event"], line["transport"], line["count"]) == ("sent", "mail", 3)
    assert "name" not in line
    assert not any(value in json.dumps(line) for value in PERSONAL)


def test_a_library_that_writes_values_into_its_message_is_known_by_its_place_only(lines):
    logging.getLogger("aiosmtpd").error(f"mail from {PERSONAL[2]}")
    line = lines()[0]
    assert line["event"].startswith("test_logs:")
    assert PERSONAL[2] not in json.dumps(line)


def test_an_uncaught_exception_of_a_process_shows_no_values(lines):
    try:
        raise RuntimeError(PERSONAL[3])
    except RuntimeError:
        logs.uncaught(*sys.exc_info())
    assert "RuntimeError" in lines()[0]["exception"]
    assert PERSONAL[3] not in json.dumps(lines(), ensure_ascii=False)


def _trap(request, who):
    raise RuntimeError(f"{who} {request.GET}")


from django.urls import path  # noqa: E402

urlpatterns = [path("faelde/<str:who>", _trap)]

"""The night the clocks go forward: opening hours and times of answers are right on both sides, by the demo's clock."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from indgang.assembly.drill_browser import Browser
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_senders import call
from indgang.assembly.drill_system import System

# 26 March 2028 is the Sunday; no holiday stands near it. The contact centre answers Monday to Friday 8-18.
_MOMENTS = (  # local time, whether the phone is open, when a task of four hours is answered (UTC)
    ("2028-03-24T16:30", True, "2028-03-27T08:30"),  # 1.5 h on Friday, 2.5 h on Monday from 8.00, now summer time
    ("2028-03-24T18:30", False, "2028-03-27T10:00"),
    ("2028-03-26T01:30", False, "2028-03-27T10:00"),  # half an hour before the hour that does not exist
    ("2028-03-26T03:30", False, "2028-03-27T10:00"),
    ("2028-03-27T08:15", True, "2028-03-27T10:15"),
    ("2028-03-27T17:45", True, "2028-03-28T09:45"),
)
_PHONE = re.compile(r"<strong>Telefon</strong>.*?</p>", re.DOTALL)


def summer_time(system: System, report: Report) -> None:
    """Every moment: the front page's opening status, and the time by which a contact is answered."""
    with _clock(system):
        wrong = []
        for moment, is_open, due in _MOMENTS:
            system.move_clock(moment)
            shown = _PHONE.search(Browser(system.port).get("/").text)
            if shown is None or ("åben til" in shown[0]) != is_open:
                wrong.append(f"{moment}: the front page says {shown[0][-60:] if shown else 'nothing'}")
            expected = _expected(system)
            if abs((expected - datetime.fromisoformat(f"{due}+00:00")).total_seconds()) > 60:
                wrong.append(f"{moment}: answered by {expected:%d %H:%M} instead of {due}")
        report.check("summer time: opening hours and due times on both sides", not wrong, "; ".join(wrong)
                     or f"{len(_MOMENTS)} moments")  # fmt: skip


def _expected(system: System) -> datetime:
    body = {"channel": "phone", "text": "Jeg flytter om foråret", "tasks": ["T-076"]}
    status, answer = call(system, "POST", "/contacts", body)
    if status != 201:
        raise RuntimeError(f"POST /contacts answered {status}")
    return datetime.fromisoformat(answer["expected_answer_by"]).astimezone(UTC)


@contextmanager
def _clock(system: System) -> Iterator[None]:
    try:
        yield
    finally:
        system.move_clock("real")

"""A worker that is really killed in the middle of a roster: the page says so, and it is done all the same."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from indgang.desks.administration.testing import at_desk
from indgang.desks.planning import runs
from indgang.desks.planning.models import PlanRun
from indgang.desks.planning.weeks import SLOTS
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[4]
WORKER = "import django; django.setup(); from indgang.desks.planning import runs; runs.work()"
PATIENCE = 240  # seconds for a process to start on a busy machine


def roster(seconds: int) -> PlanRun:
    """So large that the search takes all the time it is given."""
    draw, at = random.Random(3), clock.now()
    open_slots = [slot for slot in range(SLOTS) if slot // 48 < 5 and 14 <= slot % 48 < 40]
    patterns = ["name,start,end,break_start,break_minutes,cost"] + [
        f"{start}-{hours},{start:02d}:00,{start + hours:02d}:00,{start + 2:02d}:00,30,{draw.uniform(4, 9):.2f}"
        for start in range(7, 13)
        for hours in (4, 6, 8)
    ]
    people = ["name,hours,least_hours,wishes_free"] + [
        f"P{number},{draw.choice([15, 20, 30, 37])},14,{date(2026, 3, 2) + timedelta(days=draw.randrange(28))}"
        for number in range(45)
    ]
    given = {
        "need": [draw.randint(4, 16) if slot in open_slots else 0 for slot in range(SLOTS)],
        "first": "2026-03-02",
        "weeks": 4,
        "patterns": "\n".join(patterns),
        "employees": "\n".join(people),
        "seconds": seconds,
        "shares": [],
        "units": [],
    }
    return PlanRun.objects.create(
        id=uuid7(at), kind="roster", name="Telefon", input=given, started_by="x", asked_at=at
    )  # fmt: skip


def in_the_middle(row: PlanRun, process: "subprocess.Popen[bytes]") -> bool:
    """The search has begun, and its sign of life was seen."""
    for _look in range(PATIENCE * 5):
        row.refresh_from_db()
        if row.state == "running" and row.progress > 15:
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.2)
    return False


def page_of(row: PlanRun) -> str:
    """As a director sees it: the roster asks for nobody they could not see."""
    return at_desk("executive", name="Dora Direktør").get(f"/planlaegning/arbejde/{row.id}").content.decode()


def test_a_killed_worker_loses_nothing_and_the_page_says_what_happens():
    row = roster(seconds=12)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings", "INDGANG_DB_POOL": "2"}
    process = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environment)
    try:
        assert in_the_middle(row, process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    row.refresh_from_db()
    assert (row.state, row.attempt, row.result) == ("running", 1, None)
    assert runs.work() == 0  # nobody takes it while it may still be alive

    PlanRun.objects.update(heard_at=row.heard_at - runs.SILENT_AFTER)  # the time goes by
    assert "serveren er nok stoppet midt i arbejdet" in page_of(row)
    assert runs.give_back_silent(clock.now()) == 1
    assert "Serveren stoppede midt i arbejdet. Det begynder forfra af sig selv." in page_of(row)
    PlanRun.objects.update(state="running", attempt=2, heard_at=clock.now())
    assert "forsøg 2 af 3" in page_of(row)

    PlanRun.objects.update(state="queued", attempt=1)
    assert runs.work() == 1
    row.refresh_from_db()
    assert (row.state, row.attempt, row.progress) == ("done", 2, 100) and row.result["named"]


def test_a_roster_that_is_cancelled_while_it_is_searched_for_ends_without_a_result():
    row = roster(seconds=280)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings", "INDGANG_DB_POOL": "2"}
    process = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environment)
    try:
        assert in_the_middle(row, process) or row.progress > 10
        at_desk("executive", name="Dora Direktør").post(f"/planlaegning/arbejde/{row.id}/annuller")
        assert process.wait(timeout=PATIENCE) == 0  # by itself, long before the search would have ended
    finally:
        process.kill()
        process.wait()
    row.refresh_from_db()
    assert (row.state, row.result) == ("cancelled", None)

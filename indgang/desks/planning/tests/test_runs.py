"""Long work is told as it goes, stops when cancelled, and is found again when its worker is killed."""

import threading
from datetime import timedelta

import pytest

from indgang.desks.administration.testing import at_desk
from indgang.desks.planning import runs
from indgang.desks.planning.errors import TooShort
from indgang.desks.planning.models import PlanRun
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db(transaction=True)


def run(**more: object) -> PlanRun:
    at = clock.now()
    facts = {"kind": "forecast", "name": "Telefon", "input": {}, "started_by": "x", "asked_at": at} | more
    return PlanRun.objects.create(id=uuid7(at), **facts)


def done_by(monkeypatch, plan) -> None:
    monkeypatch.setitem(runs.PLANS, "forecast", plan)


def test_work_is_done_oldest_first_and_kept(monkeypatch):
    seen = []
    done_by(monkeypatch, lambda given, progress: seen.append(given["n"]) or {"tables": {}})
    first, second = run(input={"n": 1}), run(input={"n": 2})
    assert runs.work() == 2 and seen == [1, 2]
    first.refresh_from_db(), second.refresh_from_db()
    assert first.state == second.state == "done" and first.progress == 100
    assert runs.work() == 0  # a second run of the job finds nothing


def test_cancelled_work_stops_within_seconds_and_keeps_no_result(monkeypatch):
    planner, row, begun = at_desk("manager"), run(), threading.Event()

    def plan(given, progress):
        begun.set()
        for number in range(2000):
            progress(number / 2000)
            threading.Event().wait(0.01)
        return {"tables": {}}

    done_by(monkeypatch, plan)

    def cancel():
        begun.wait(10)
        planner.post(f"/planlaegning/arbejde/{row.id}/annuller")

    beside = threading.Thread(target=cancel)
    beside.start()
    runs.work()
    beside.join()
    row.refresh_from_db()
    assert row.state == "cancelled" and row.result is None


def test_cancelled_work_can_be_begun_again(monkeypatch):
    done_by(monkeypatch, lambda given, progress: {"tables": {}})
    planner, row = at_desk("manager"), run(state="cancelled")
    shown = planner.get(f"/planlaegning/arbejde/{row.id}").content.decode()
    assert "Start igen" in shown
    assert planner.post(f"/planlaegning/arbejde/{row.id}/igen", {"version": "1"}).status_code == 302
    assert planner.post(f"/planlaegning/arbejde/{row.id}/igen", {"version": "1"}).status_code == 409  # twice pressed
    runs.work()
    row.refresh_from_db()
    assert row.state == "done"


def test_what_a_killed_worker_left_is_taken_up_again(monkeypatch):
    done_by(monkeypatch, lambda given, progress: {"tables": {}})
    row = run(state="running", attempt=1, heard_at=clock.now() - timedelta(minutes=5))
    alive = run(state="running", attempt=1, heard_at=clock.now())
    assert runs.work() == 1
    row.refresh_from_db(), alive.refresh_from_db()
    assert (row.state, row.attempt, alive.state) == ("done", 2, "running")


def test_what_kills_its_worker_every_time_is_told_as_a_fault():
    row = run(state="running", attempt=runs.MOST_ATTEMPTS, heard_at=clock.now() - timedelta(minutes=5))
    assert runs.work() == 0
    shown = at_desk("manager").get(f"/planlaegning/arbejde/{row.id}").content.decode()
    assert "afbrudt 3 gange" in shown and "P53" in shown and "Start igen" in shown


def test_a_late_answer_of_a_lost_worker_changes_nothing(monkeypatch):
    row = run()

    def plan(given, progress):
        PlanRun.objects.filter(id=row.id).update(attempt=7)  # somebody else has taken it up meanwhile
        return {"tables": {}}

    done_by(monkeypatch, plan)
    runs.work()
    row.refresh_from_db()
    assert row.state == "running" and row.result is None


def test_a_refusal_is_told_in_the_readers_language(monkeypatch):
    def plan(given, progress):
        raise TooShort(days=3, least=15)

    done_by(monkeypatch, plan)
    planner, row = at_desk("manager"), run()
    runs.work()
    assert "Der er kun 3 dage med tal" in planner.get(f"/planlaegning/arbejde/{row.id}").content.decode()
    english = planner.get(f"/planlaegning/arbejde/{row.id}", headers={"Accept-Language": "en"}).content.decode()
    assert "Der er kun" not in english


def test_progress_is_asked_for_until_the_work_ends():
    planner, row = at_desk("manager"), run(state="running", progress=40, heard_at=clock.now())
    part = planner.get(f"/planlaegning/arbejde/{row.id}/fremdrift")
    assert 'value="40"' in part.content.decode() and "every 2s" in part.content.decode()
    PlanRun.objects.update(state="done", result={"tables": {}})
    assert planner.get(f"/planlaegning/arbejde/{row.id}/fremdrift")["HX-Refresh"] == "true"


def test_what_is_not_done_has_no_files():
    planner, row = at_desk("manager"), run()
    assert planner.get(f"/planlaegning/arbejde/{row.id}/regneark.xlsx").status_code == 404
    assert planner.get(f"/planlaegning/arbejde/{row.id}/days.csv").status_code == 404

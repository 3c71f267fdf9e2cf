"""`indgang discard`: a list first; deleted only what a person has approved and the archive has."""

import argparse
import json
from contextlib import nullcontext
from datetime import timedelta

import pytest

from indgang.assembly import discard_command
from indgang.assembly.database import CommandRefused
from indgang.core.cases import selectors, services
from indgang.core.cases.testing import TESTER, case_row, make_case
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def closed():
    """Two cases closed long ago: one the archive has, one it has not."""
    at = clock.now() - timedelta(days=3660)
    cases = [make_case(at=at) for _ in range(2)]
    for case in cases:
        services.close_case(case_id=case.id, ground="Trukket tilbage", viewer=TESTER, at=at)
    services.mark_archived(numbers=[cases[0].number], viewer=TESTER, at=at)
    return [case_row(case.id) for case in cases]


def run(*given):
    """What the command answers, as JSON."""
    parser, said = argparse.ArgumentParser(), []

    def add(name, command, text):
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=command)
        return parser

    discard_command.add_to(add, lambda arguments, facts, words: said.append((facts, words)) or 0,
                           lambda name: nullcontext())  # fmt: skip
    arguments = parser.parse_args(given)
    assert arguments.run(arguments) == 0
    facts, words = said[0]
    return json.loads(json.dumps(facts, default=str)), words


def test_it_says_what_would_go_and_why_not_and_deletes_nothing(closed):
    facts, words = run()
    assert {line["number"]: (line["goes"], line["why"]) for line in facts["lines"]} == {
        closed[0].number: (True, "aged"), closed[1].number: (False, "not_archived"),
    }  # fmt: skip
    assert f"--approve {facts['id']}" in words and "1 go, 1 stay" in words
    assert run("--show", facts["id"])[0]["goes"] == 1
    assert case_row(closed[0].id).number == closed[0].number


def test_it_deletes_only_what_a_person_has_approved_and_once(closed, now):
    made = run()[0]
    with pytest.raises(CommandRefused, match="not approved"):
        run("--approve", made["id"])
    sigurd = make_employee("Sigurd Sikker", roles=["security_leader"])
    key = selectors.discard_reports(viewer_of(sigurd))[0]
    services.approve_discard(run_id=key.id, viewer=viewer_of(sigurd), at=now, version=key.version)
    done, _ = run("--approve", made["id"])
    assert (done["cases"], done["stayed"]) == (1, 0)
    assert case_row(closed[1].id).number == closed[1].number
    with pytest.raises(type(closed[0]).DoesNotExist):
        case_row(closed[0].id)
    with pytest.raises(CommandRefused):
        run("--approve", made["id"])


@pytest.mark.parametrize(
    "given", [["--before", "i går"], ["--approve", "x"], ["--show", "x"], ["--show", "x", "--approve", "y"]]
)
def test_what_cannot_be_read_is_said(given):
    with pytest.raises(SystemExit):
        run(*given)


def test_a_day_ahead_and_a_list_that_is_not_there_are_refused(closed):
    with pytest.raises(CommandRefused):
        run("--before", "2999-01-01")
    with pytest.raises(CommandRefused):
        run("--show", "01a202f2-3fde-738c-bec0-1480c23d8cd0")

"""A letter that stayed goes again once; a template says what it asks for; a new day is seen before it goes."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import CaseLetter
from indgang.core.cases.testing import deadlines_of, steps_of
from indgang.core.cases.tests.decisions_around import AT, ready_case
from indgang.foundation.journal import services as journal
from indgang.foundation.letters.errors import UnknownTemplate
from indgang.foundation.letters.testing import text_of
from indgang.foundation.registers.testing import simulated_printer

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(filippa, seen_by):
    return seen_by(filippa, AT)


@pytest.fixture
def case(office, filippa):
    return ready_case(office, filippa)


@pytest.fixture
def printer(tmp_path: Path):
    with simulated_printer(tmp_path) as outside:
        yield outside


def shown(viewer, case):
    return selectors.decisions_of(viewer, case.id, AT).letters


def request_sent(case, me, **facts):
    fields = {"mangler.oplysninger": "En lejekontrakt", "mangler.frist": "8. april 2026", "mangler.følge": "Intet."}
    return services.send_case_letter(case_id=case.id, template="mangler", fields=fields, viewer=me, at=AT, **facts)


def test_a_letter_that_was_recalled_goes_again_once(case, me):
    letter = request_sent(case, me)
    assert [(row.may_recall, row.may_go_again) for row in shown(me, case)] == [(True, False)]
    services.recall_letter(letter_id=letter.id, viewer=me, at=AT)
    assert [(row.may_recall, row.may_go_again) for row in shown(me, case)] == [(False, True)]
    services.send_again(letter_id=letter.id, way="counter", viewer=me, at=AT + timedelta(minutes=1))
    assert [row.may_go_again for row in shown(me, case)] == [False, False]
    with pytest.raises(errors.LetterGone, match="sendt igen"):
        services.send_again(letter_id=letter.id, way="print", viewer=me, at=AT + timedelta(minutes=2))
    assert CaseLetter.objects.filter(case=case).count() == 2


def test_the_work_of_a_failed_letter_is_done_when_it_goes_again(case, me, printer):
    letter = request_sent(case, me)
    printer.behave("refuse")
    journal.deliver_due(AT)
    assert open_titles(case) == ["Brevet kunne ikke sendes: send det igen"]
    services.send_again(letter_id=letter.id, way="counter", viewer=me, at=AT)
    assert open_titles(case) == []


def open_titles(case):
    return [step.title for step in steps_of(case.id) if not step.done_at and step.kind == "task"]


def test_a_template_says_what_somebody_fills_in(case):
    found = {field.name: (field.shape, field.required) for field in selectors.letter_fields("mangler", "da", AT)}
    assert found == {
        "mangler.oplysninger": ("lines", True),
        "mangler.frist": ("day", True),
        "mangler.følge": ("words", True),
    }
    with pytest.raises(UnknownTemplate):
        selectors.letter_fields("afgoerelse", "da", AT)


def test_a_new_day_is_seen_in_its_letter_and_nothing_has_moved(case, me):
    services.set_deadline(case_id=case.id, kind="answer", due_at=AT + timedelta(days=9), viewer=me, at=AT)
    before = [row.due_at for row in deadlines_of(case.id)]
    pdf = selectors.preview_new_deadline(
        case_id=case.id, answer_by=date(2026, 5, 4), reason="Vi venter på en udtalelse.", viewer=me, at=AT
    )
    assert "4. maj 2026" in text_of(pdf) and "Vi venter på en udtalelse." in text_of(pdf)
    assert [row.due_at for row in deadlines_of(case.id)] == before and shown(me, case) == ()

"""Who else writes on a case is seen, and what one has typed survives the browser."""

from datetime import timedelta

import pytest

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.testing import events_of_case, make_case
from indgang.core.organisation.testing import viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.web import services as web

pytestmark = pytest.mark.django_db


@pytest.fixture
def filippa_sees(filippa, at):
    return viewer_of(filippa, at)


@pytest.fixture
def fatima(clerk, at):
    return viewer_of(clerk, at)


@pytest.fixture
def case(office, at):
    return make_case(unit=office, at=at)


@pytest.fixture
def told(monkeypatch):
    """What browsers that follow the case hear."""
    heard = []
    monkeypatch.setattr(web, "publish", lambda *said: heard.append(said))
    return heard


def be_there(case, viewer, at, part="decision", **facts):
    services.be_editing(case_id=case.id, part=part, employee=viewer.actor.employee, viewer=viewer, at=at, **facts)


def seen(viewer, case, at):
    return [(one.name, one.part, one.typing) for one in selectors.editors_of(viewer, case.id, at)]


@pytest.mark.req("esdh.addresses")
def test_two_employees_of_different_units_see_each_other_write(case, filippa_sees, fatima, at):
    be_there(case, fatima, at, typing=True), be_there(case, filippa_sees, at, part="note.body")
    assert seen(filippa_sees, case, at) == [("Fatima Forklar", "decision", True)]
    assert seen(fatima, case, at) == [("Filippa Falk", "note.body", False)]
    assert seen(filippa_sees, case, at + timedelta(seconds=20)) == [("Fatima Forklar", "decision", False)]
    assert seen(filippa_sees, case, at + timedelta(minutes=1)) == []


def test_the_others_hear_what_is_news_and_no_more(case, filippa_sees, at, told):
    be_there(case, filippa_sees, at)
    be_there(case, filippa_sees, at + timedelta(seconds=10))
    assert told == [(f"case:{case.id}", "editing", str(case.id))]
    be_there(case, filippa_sees, at + timedelta(seconds=20), typing=True)
    be_there(case, filippa_sees, at + timedelta(seconds=90), typing=True)
    assert len(told) == 3


def test_who_may_not_see_the_case_may_neither_be_there_nor_follow_it(case, stranger, filippa, at):
    bo = viewer_of(stranger, at)
    for ask in (
        lambda: be_there(case, bo, at),
        lambda: selectors.editors_of(bo, case.id, at),
        lambda: selectors.drafts_of(bo, case.id, at),
    ):
        with pytest.raises(NotFound):
            ask()
    assert web.may_follow(filippa.account_id, f"case:{case.id}")
    assert not web.may_follow(stranger.account_id, f"case:{case.id}")


def test_nobody_is_there_in_somebody_elses_name(case, filippa_sees, fatima, at):
    with pytest.raises(NotFound):
        services.be_editing(case_id=case.id, part="case", employee=fatima.actor.employee, viewer=filippa_sees, at=at)


def test_what_is_typed_is_kept_for_who_typed_it_until_it_is_saved(case, filippa_sees, fatima, at):
    before = len(events_of_case(case.id))
    be_there(case, filippa_sees, at, text="Begrundelse: huslejen …")
    be_there(case, filippa_sees, at + timedelta(minutes=1))
    later = at + timedelta(days=3)
    services.forget_editing(later)
    assert [(d.part, d.text) for d in selectors.drafts_of(filippa_sees, case.id, later)] == [
        ("decision", "Begrundelse: huslejen …")
    ]
    assert selectors.drafts_of(fatima, case.id, later) == ()
    assert len(events_of_case(case.id)) == before
    services.stop_editing(case_id=case.id, part="decision", employee=filippa_sees.actor.employee, at=later)
    assert selectors.drafts_of(filippa_sees, case.id, later) == ()


def test_who_leaves_is_gone_and_may_leave_the_draft(case, filippa_sees, fatima, at):
    be_there(case, filippa_sees, at, text="halvt")
    services.stop_editing(case_id=case.id, part="decision", employee=filippa_sees.actor.employee, keep_text=True, at=at)
    assert seen(fatima, case, at) == []
    assert [draft.text for draft in selectors.drafts_of(filippa_sees, case.id, at)] == ["halvt"]


def test_what_was_typed_in_a_form_that_is_saved_goes_and_nothing_else(case, filippa_sees, fatima, at):
    def kept(viewer):
        return [draft.part for draft in selectors.drafts_of(viewer, case.id, at)]

    for viewer in (filippa_sees, fatima):
        for part in ("note.body", "note.theme", "notes.body", "answer.body"):
            services.be_editing(
                case_id=case.id, part=part, employee=viewer.actor.employee, text="halvt", viewer=viewer, at=at
            )
    services.forget_typed(case_id=case.id, form="note", employee=filippa_sees.actor.employee)
    assert kept(filippa_sees) == ["answer.body", "notes.body"]
    assert len(kept(fatima)) == 4


def test_old_heartbeats_go(case, filippa_sees, at):
    be_there(case, filippa_sees, at)
    assert services.forget_editing(at + timedelta(hours=2)) == 1


@pytest.mark.parametrize(
    ("part", "text", "refusal"),
    [("../x", "", errors.UnknownPart), ("note", "a" * 200_001, errors.DraftTooLong)],
)
def test_what_cannot_be_kept_is_said(case, filippa_sees, at, part, text, refusal):
    with pytest.raises(refusal):
        be_there(case, filippa_sees, at, part=part, text=text)

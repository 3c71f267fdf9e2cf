"""Notes in the journal: what was told by mouth is written down, and nothing written is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import JournalEntry
from indgang.core.cases.testing import case_row, events_of_case, make_case
from indgang.core.cases.values import EntryKind
from indgang.core.cases.writing import enter
from indgang.core.organisation.testing import viewer_of
from indgang.foundation.access.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def filippa_sees(filippa, at):
    return viewer_of(filippa, at)


@pytest.fixture
def case(office, at):
    return make_case(unit=office, at=at)


def note(case, viewer, at, body="Borgeren oplyser, at huslejen er sat op.", **facts):
    return services.add_note(case_id=case.id, theme="Opkald om husleje", body=body, viewer=viewer, at=at, **facts)


def rows(viewer, case, at, **facts):
    return [row for row in selectors.entries_of(viewer, case.id, at=at, **facts).rows if row.kind == "note"]


@pytest.mark.req("esdh.addresses")
def test_a_clerk_elsewhere_writes_on_the_case_and_the_unit_reads_it_at_once(case, guide, filippa_sees, at):
    note(case, viewer_of(guide, at), at, channel="phone", oral_facts=True)
    [row] = rows(filippa_sees, case, at)
    assert (row.theme, row.author_name, row.channel_name, row.oral_facts, row.at) == (
        "Opkald om husleje", "Esben Ekspedit", "Telefon", True, at,
    )  # fmt: skip
    event = events_of_case(case.id)[-1]
    assert event.verb == "case.noted" and "husleje" not in str(event.data)


def test_who_may_not_see_a_case_neither_writes_nor_reads_its_notes(case, stranger, filippa_sees, at):
    entry = note(case, filippa_sees, at)
    bo = viewer_of(stranger, at)
    for ask in (
        lambda: note(case, bo, at),
        lambda: selectors.entries_of(bo, case.id, at=at),
        lambda: selectors.entry(bo, entry.id, at),
        lambda: selectors.earlier_words(bo, entry.id, at),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_note_put_right_the_same_day_keeps_what_it_said(case, filippa_sees, at):
    entry = note(case, filippa_sees, at)
    facts = dict(entry_id=entry.id, theme="Opkald", body="Huslejen er sat ned.", version=1, viewer=filippa_sees)
    services.change_note(**facts, at=at + timedelta(hours=1))
    [row] = rows(filippa_sees, case, at)
    assert (row.body, row.changed, row.may_change) == ("Huslejen er sat ned.", True, True)
    [before] = selectors.earlier_words(filippa_sees, entry.id, at)
    assert (before.theme, before.body) == ("Opkald om husleje", "Borgeren oplyser, at huslejen er sat op.")
    with pytest.raises(errors.StaleNote):
        services.change_note(**facts, at=at + timedelta(hours=2))
    with pytest.raises(errors.NoteSettled):
        services.change_note(**facts | {"version": 2}, at=at + timedelta(days=1))


def test_nobody_puts_somebody_elses_note_right(case, clerk, filippa_sees, at):
    entry = note(case, filippa_sees, at)
    fatima = viewer_of(clerk, at)
    assert not rows(fatima, case, at)[0].may_change
    with pytest.raises(errors.NotYourNote):
        services.change_note(entry_id=entry.id, theme="x", body="y", version=1, viewer=fatima, at=at)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"body": "  \n "}, errors.NoteEmpty),
        ({"body": "a" * 100_001}, errors.NoteTooLong),
        ({"theme": " "}, errors.TitleMissing),
        ({"theme": "Om 010190-1234"}, errors.CprInTitle),
        ({"internal": True}, errors.InternalGroundMissing),
    ],
)
def test_a_note_that_lacks_something_is_refused_with_what_to_do(case, filippa_sees, at, facts, refusal):
    with pytest.raises(refusal) as refused:
        services.add_note(
            **{"case_id": case.id, "theme": "Emne", "body": "Tekst", "viewer": filippa_sees, "at": at} | facts
        )
    assert refused.value.status == 422 and refused.value.field
    assert not JournalEntry.objects.filter(kind="note").exists()


def test_a_closed_case_still_takes_notes(case, filippa_sees, at):
    type(case).objects.filter(id=case.id).update(progress="closed", closed_at=at)
    assert note(case, filippa_sees, at).case_id == case.id


def told(case, viewer, at, channel, contact=None):
    enter(case_row(case.id), EntryKind.CONTACT, "Henvendelse", viewer=viewer, at=at, channel=channel, contact=contact)


def test_what_was_told_by_mouth_must_be_noted_and_what_was_written_need_not(case, filippa_sees, at):
    counter = uuid4()
    assert selectors.duty_met(case.id)
    told(case, filippa_sees, at, "mail")
    assert selectors.duty_met(case.id)
    told(case, filippa_sees, at, "phone", contact=case.id)
    assert not selectors.duty_met(case.id)
    note(case, filippa_sees, at + timedelta(minutes=1))
    assert not selectors.duty_met(case.id)  # a note of something else
    note(case, filippa_sees, at + timedelta(minutes=2), oral_facts=True)
    assert selectors.duty_met(case.id)
    told(case, filippa_sees, at + timedelta(hours=1), "counter", contact=counter)
    assert not selectors.duty_met(case.id)
    note(case, filippa_sees, at + timedelta(minutes=3), oral_facts=True, contact=counter)
    assert selectors.duty_met(case.id)  # written before it was linked, and it names the conversation


def test_the_journal_goes_on_where_it_ended_newest_first(case, filippa_sees, at):
    for minute in range(5):
        note(case, filippa_sees, at + timedelta(minutes=minute), f"Nr. {minute}")
    seen, cursor = [], ""
    for _ in range(9):
        page = selectors.entries_of(filippa_sees, case.id, show="notes", cursor=cursor, limit=2, at=at)
        seen += [row.body for row in page.rows]
        cursor = page.cursor
        if not cursor:
            break
    assert seen == [f"Nr. {n}" for n in (4, 3, 2, 1, 0)]
    with pytest.raises(errors.WrongCaseCursor):
        selectors.entries_of(filippa_sees, case.id, cursor="næste", at=at)

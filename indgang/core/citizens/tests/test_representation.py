"""Acting for somebody else: registered, in force, ended; seen from both sides."""

from datetime import UTC, date, datetime

import pytest

from indgang.core.citizens import errors, selectors, services
from indgang.core.citizens.models import Person
from indgang.core.citizens.testing import make_person, make_representation
from indgang.core.citizens.values import RepresentationRow, comes_of_age
from indgang.core.organisation.testing import make_agent, make_specialist, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.journal import selectors as journal

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 3)
REASON = Purpose("reason", "citizen_present")
pytestmark = pytest.mark.django_db


def agent() -> Viewer:
    return viewer_of(make_agent(), AT)


def register(representative: Person, citizen: Person, **more: object) -> int:
    facts = {"role": "attorney", "valid_from": TODAY, "viewer": agent(), "at": AT, **more}
    return services.register_representation(representative=representative.id, citizen=citizen.id, **facts).pk


def rows(person: Person, viewer: Viewer | None = None) -> list[RepresentationRow]:
    return selectors.representations(viewer or agent(), person.id, purpose=REASON, at=AT)


def test_a_power_of_attorney_is_seen_from_both_sides_with_its_tasks() -> None:
    helper, citizen = make_person("Hjælpsom Hede"), make_person("Bodil Bøge")
    register(helper, citizen, scope_tasks=["T-076", "T-077"], valid_to=date(2026, 12, 31))
    [by], [acts_for] = rows(citizen), rows(helper)
    assert (by.name, by.direction, by.role, by.scope_tasks) == ("Hjælpsom Hede", "by", "attorney", ("T-076", "T-077"))
    assert (acts_for.name, acts_for.direction, acts_for.person_id) == ("Bodil Bøge", "for", citizen.id)
    assert [look.kind for look in looks_at(helper.id)] == ["representation"]


def test_it_holds_for_its_tasks_and_days_only() -> None:
    helper, citizen = make_person(), make_person()
    register(helper, citizen, scope_tasks=["T-076"], valid_from=date(2026, 3, 4), valid_to=date(2026, 3, 5))
    may = lambda task, day: selectors.may_represent(helper.id, citizen.id, task, datetime(2026, 3, day, 12, tzinfo=UTC))  # noqa: E731
    assert [may("T-076", day) for day in (3, 4, 5, 6)] == [False, True, True, False]
    assert not may("T-001", 4)
    assert not selectors.may_represent(citizen.id, helper.id, "T-076", datetime(2026, 3, 4, tzinfo=UTC))


def test_custody_holds_every_task_until_the_day_before_the_eighteenth_birthday() -> None:
    parent, child = make_person(born=date(1990, 2, 2)), make_person(born=date(2008, 3, 10))
    register(parent, child, role="parent", valid_from=date(2008, 3, 10))
    assert [row.valid_to for row in rows(child)] == [date(2026, 3, 9)]
    may = lambda day: selectors.may_represent(parent.id, child.id, "T-001", datetime(2026, 3, day, 12, tzinfo=UTC))  # noqa: E731
    assert (may(9), may(10)) == (True, False)
    assert comes_of_age(date(2008, 2, 29)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"role": "neighbour"}, errors.UnknownRepresentationRole),
        ({"valid_to": date(2026, 3, 2)}, errors.WrongPeriod),
        ({"role": "parent"}, errors.NoMinor),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(more: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error) as refused:
        register(make_person(), make_person(), **more)
    assert str(refused.value)


def test_nobody_acts_for_themselves_and_no_child_has_custody() -> None:
    person = make_person()
    with pytest.raises(errors.NobodyForThemselves):
        register(person, person)
    with pytest.raises(errors.ParentTooYoung):
        register(make_person(born=date(2015, 1, 2)), make_person(born=date(2020, 1, 2)), role="parent")
    with pytest.raises(errors.NoMinor):
        register(person, make_person(born=None), role="parent")


def test_the_same_right_twice_in_a_period_is_refused_and_possible_again_after_its_end() -> None:
    helper, citizen = make_person(), make_person()
    first = register(helper, citizen, valid_to=date(2026, 6, 30))
    with pytest.raises(errors.AlreadyRepresents):
        register(helper, citizen, valid_from=date(2026, 6, 30))
    services.end_representation(representation_id=first, viewer=agent(), at=AT)
    register(helper, citizen)


def test_an_ended_right_holds_no_more_and_both_histories_tell_it() -> None:
    helper, citizen = make_person(), make_person()
    key = register(helper, citizen)
    services.end_representation(representation_id=key, version=1, viewer=agent(), at=AT)
    assert not selectors.may_represent(helper.id, citizen.id, "T-001", AT)
    assert (
        rows(citizen) == []
        and len(selectors.representations(agent(), citizen.id, purpose=REASON, at=AT, ended=True)) == 1
    )
    assert {e.verb for e in journal.events_of_citizen(citizen.id)} == {
        "citizen.representation_registered", "citizen.representation_ended",
    }  # fmt: skip
    assert {e.verb for e in journal.events_of_citizen(helper.id)} == {
        "citizen.own_representation_registered", "citizen.own_representation_ended",
    }  # fmt: skip
    assert helper.name not in repr(recorded("citizen.representation_ended"))
    with pytest.raises(errors.AlreadyEnded):
        services.end_representation(representation_id=key, viewer=agent(), at=AT)


def test_an_old_version_or_an_unknown_right_or_viewer_ends_nothing() -> None:
    key = register(make_person(), make_person())
    with pytest.raises(errors.Stale):
        services.end_representation(representation_id=key, version=7, viewer=agent(), at=AT)
    for viewer, number in ((viewer_of(make_stranger(), AT), key), (agent(), 10**9)):
        with pytest.raises(NotFound):
            services.end_representation(representation_id=number, viewer=viewer, at=AT)


def test_a_protected_other_side_has_no_name_and_no_id_but_may_still_be_represented() -> None:
    lawyer = make_person("Lars Lyng", street="Duggens Vej")
    secret = make_person("Hemmelig Hyben", protected_until=date(2030, 1, 1))
    make_representation(lawyer, secret)
    [row] = rows(lawyer)
    assert (row.name, row.person_id) == ("Beskyttet", None) and str(secret.id) not in repr(row)
    assert [look.outcome for look in looks_at(secret.id)] == ["refused"]
    assert selectors.may_represent(lawyer.id, secret.id, "T-001", AT)
    [seen] = rows(lawyer, viewer_of(make_specialist(), AT))
    assert (seen.name, seen.person_id) == ("Hemmelig Hyben", secret.id)

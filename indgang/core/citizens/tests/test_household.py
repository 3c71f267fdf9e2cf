"""Who lives together, and that it leads nobody to a protected person."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from indgang.core.citizens import selectors
from indgang.core.citizens.models import Person
from indgang.core.citizens.testing import make_person, make_representation
from indgang.core.organisation.testing import make_agent, make_specialist, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.values import Purpose, Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASON = Purpose("reason", "citizen_present")
LATER = date(2030, 1, 1)
pytestmark = pytest.mark.django_db


def family(**protected: date) -> dict[str, Person]:
    """Mother, father, two children and a lodger in one household."""
    home = uuid4()
    people = {
        key: make_person(name, born=born, household=home, protected_until=protected.get(key))
        for key, name, born in (
            ("mother", "Mette Mose", date(1985, 1, 2)),
            ("father", "Frode Mose", date(1983, 1, 2)),
            ("son", "Storm Mose", date(2015, 1, 2)),
            ("daughter", "Dagmar Mose", date(2017, 1, 2)),
            ("lodger", "Liva Lyng", date(2000, 1, 2)),
        )
    }
    people["mother"].spouse = people["father"]
    people["mother"].save()
    for parent in ("mother", "father"):
        for child in ("son", "daughter"):
            make_representation(people[parent], people[child], role="parent")
    return people


def lives_with(person: Person, viewer: Viewer | None = None) -> dict[str, str]:
    rows = selectors.household(viewer or viewer_of(make_agent(), AT), person.id, purpose=REASON, at=AT)
    return {row.name: row.relation for row in rows}


def test_everybody_is_named_with_what_they_are_to_the_person_and_logged() -> None:
    people = family()
    assert lives_with(people["mother"]) == {
        "Dagmar Mose": "child", "Frode Mose": "spouse", "Liva Lyng": "other", "Storm Mose": "child",
    }  # fmt: skip
    assert lives_with(people["son"]) == {
        "Dagmar Mose": "sibling", "Frode Mose": "parent", "Liva Lyng": "other", "Mette Mose": "parent",
    }  # fmt: skip
    assert lives_with(people["father"])["Mette Mose"] == "spouse"
    assert {look.kind for look in looks_at(people["lodger"].id)} == {"household"}


def test_whoever_lives_alone_has_no_household() -> None:
    assert lives_with(make_person()) == {}


def test_a_protected_person_is_in_nobodys_household_and_has_none() -> None:
    people = family(lodger=LATER)
    assert "Liva Lyng" not in lives_with(people["mother"]) and len(lives_with(people["mother"])) == 3
    assert lives_with(people["lodger"]) == {}
    assert {look.outcome for look in looks_at(people["lodger"].id)} == {"refused"}


def test_between_people_who_live_together_no_custody_shows_while_one_is_protected() -> None:
    people = family(son=LATER)
    shown = selectors.representations(viewer_of(make_agent(), AT), people["mother"].id, purpose=REASON, at=AT)
    assert [row.name for row in shown] == ["Dagmar Mose"]
    assert selectors.representations(viewer_of(make_agent(), AT), people["son"].id, purpose=REASON, at=AT) == []


def test_whose_work_needs_it_sees_the_whole_household() -> None:
    people = family(lodger=LATER)
    assert len(lives_with(people["lodger"], viewer_of(make_specialist(), AT))) == 4


def test_missing_and_forbidden_answer_alike() -> None:
    person = make_person()
    for ask in (selectors.household, selectors.representations):
        with pytest.raises(NotFound):
            ask(viewer_of(make_stranger(), AT), person.id, purpose=REASON, at=AT)
        with pytest.raises(NotFound):
            ask(viewer_of(make_agent(), AT), uuid4(), purpose=REASON, at=AT)

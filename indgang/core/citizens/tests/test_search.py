"""Searching persons: by what, in pages, and never a way to a protected person."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.core.citizens import errors, selectors
from indgang.core.citizens.models import Person
from indgang.core.citizens.testing import make_person
from indgang.core.citizens.values import FoundPage
from indgang.core.organisation.testing import make_agent, make_specialist, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.values import Purpose, Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASON = Purpose("reason", "citizen_present")
LATER = date(2030, 1, 1)
pytestmark = pytest.mark.django_db


def agent() -> Viewer:
    return viewer_of(make_agent(), AT)


def search(viewer: Viewer, q: str, **more: object) -> FoundPage:
    return selectors.search(viewer, q, AT, purpose=REASON, **more)  # type: ignore[arg-type]


def names(page: FoundPage) -> list[str]:
    return [row.name for row in page.rows]


@pytest.mark.parametrize(
    "q",
    [
        "Lanternens Allé 4", "lanternens alle 4, 2. th", "Lanternens 4, 2500", "Lanternens Allé 4, 2500 Valby",
        "Lanternens Allé, 2500", "LANTERNENS ALLE 4 2. TH 2500 VALBY",
    ],
)  # fmt: skip
def test_a_person_is_found_by_address_however_it_is_typed(q: str) -> None:
    person = make_person()
    make_person("Nabo Næs", house="40, 2. th")
    make_person("Fjern Fald", house="4, 2. th", postcode="2100", street="Duggens Vej")
    found = [row for row in search(agent(), q).rows if row.name != "Nabo Næs"]
    assert [(row.id, row.street) for row in found] == [(person.id, "Lanternens Allé 4, 2. th")]
    assert [look.kind for look in looks_at(person.id)] == ["search"]


@pytest.mark.parametrize(
    "q", ["Lanternens Allé 40", "Lanternens Allé 4B", "Lanternens Allé 4, 2100", "Allé 4", "4, 2500"]
)
def test_another_number_letter_or_postcode_is_another_address(q: str) -> None:
    make_person()
    assert search(agent(), q).rows == []


def test_a_house_letter_is_part_of_the_number() -> None:
    make_person("Bo Bøge", house="12 B, st. tv")
    assert names(search(agent(), "lanternens allé 12b")) == ["Bo Bøge"]
    assert names(search(agent(), "lanternens allé 12")) == []


def test_hits_come_in_pages_in_danish_order_and_nobody_twice() -> None:
    wanted = [f"Bente {word}" for word in ("Ask", "Bøg", "Eg", "Ærø", "Ørn", "Ål")]
    for name in (*reversed(wanted), "Bente Ål"):
        make_person(name)
    viewer, cursor, found = agent(), "", []
    while True:
        page = search(viewer, "bente", limit=3, cursor=cursor)
        found += page.rows
        cursor = page.cursor
        if not page.more:
            break
    assert [row.name for row in found] == [*wanted, "Bente Ål"] and cursor == ""
    assert len({row.id for row in found}) == 7


def test_of_very_many_hits_only_a_page_is_read() -> None:
    Person.objects.bulk_create(
        [Person(id=uuid4(), name=f"Bente {n}", sort_key=f"bente0{n:05}", invented=True) for n in range(10_000)]
    )
    viewer = agent()
    with CaptureQueriesContext(connection) as asked:
        page = search(viewer, "bente")
    assert len(page.rows) == 20 and page.more
    assert len(asked) <= 2 and all("LIMIT" in one["sql"] for one in asked if "citizens_person" in one["sql"])


def test_a_cursor_that_is_not_ours_is_refused_with_a_sentence() -> None:
    for cursor in ("x", "' OR 1=1", signing.dumps(uuid4().hex, salt="citizens.search")):
        with pytest.raises(errors.WrongCursor):
            search(agent(), "bente", cursor=cursor)


def test_a_cursor_does_not_name_anybody() -> None:
    for _ in range(3):
        make_person()
    cursor = search(agent(), "bente", limit=1).cursor
    assert "bente" not in cursor.lower() and "birkelund" not in signing.loads(cursor, salt="citizens.search")


@pytest.mark.parametrize("q", ["Lanternens Allé 4", "hemmelig hyben", "h@borger.example", "00 00 99 88", "hyben"])
def test_a_protected_person_is_found_by_nothing_but_cpr_and_the_attempt_is_logged(q: str) -> None:
    secret = make_person("Hemmelig Hyben", mail="h@borger.example", phone="00 00 99 88", protected_until=LATER)
    assert search(agent(), q).rows == []
    assert [(look.kind, look.outcome) for look in looks_at(secret.id)] == [("search", "refused")]


def test_searching_a_neighbours_address_shows_the_neighbour_alone() -> None:
    secret = make_person("Hemmelig Hyben", protected_until=LATER)
    make_person("Nabo Næs")
    page = search(agent(), "Lanternens Allé 4, 2. th")
    assert names(page) == ["Nabo Næs"] and not page.more and str(secret.id) not in repr(page)


def test_a_page_is_full_although_protected_people_stand_between() -> None:
    for number in range(40):
        make_person(f"Bente {number:02}", protected_until=LATER if number < 30 else None)
    page = search(agent(), "bente", limit=9)
    assert names(page) == [f"Bente {number}" for number in range(30, 39)] and page.more


def test_by_cpr_a_protected_person_is_found_masked_and_whose_work_needs_it_finds_them_by_address() -> None:
    make_person("Hemmelig Hyben", cpr="0202905555", protected_until=LATER)
    [masked] = search(agent(), "020290-5555").rows
    assert (masked.name, masked.street, masked.place) == ("Beskyttet", "", "")
    [seen] = search(viewer_of(make_specialist(), AT), "Lanternens Allé 4").rows
    assert (seen.name, seen.street, seen.protected) == ("Hemmelig Hyben", "Lanternens Allé 4, 2. th", True)


@pytest.mark.parametrize("q", ["bente", "nobody at all", "Lanternens Allé 4"])
def test_a_stranger_gets_the_same_answer_whether_there_is_anybody_or_not(q: str) -> None:
    make_person()
    with pytest.raises(NotFound):
        search(viewer_of(make_stranger(), AT), q)


@pytest.mark.parametrize(
    "q", ["a" * 5000, " , , , 12", "12, 2450", "… 4, 2500", "Lanternens Allé 4\x00; drop", "''''4 5"]
)
def test_no_search_breaks_anything(q: str) -> None:
    search(agent(), q)

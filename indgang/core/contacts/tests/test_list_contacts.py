"""The list of contacts: what it shows is what opening shows."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import contact_row, make_contact
from indgang.core.contacts.values import ContactQuery, Given
from indgang.core.organisation.testing import make_employee, make_stranger, make_unit, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.values import PUBLIC, Viewer, system

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1), "moving": (3, 1)}), AT)


def listed(viewer: Viewer, **query) -> list:
    return [row.id for row in selectors.contacts(viewer, ContactQuery(**query), at=AT).rows]


def test_the_list_and_its_count_are_exactly_what_opening_shows() -> None:
    make_task("T-076", group="moving"), make_task("T-112", group="tax")
    office, other = make_unit("skat", kind="office"), make_unit("andet", kind="office")
    people = [
        viewer_of(make_employee("Agnes A", groups={"general": (3, 1), "moving": (3, 1)}), AT),
        viewer_of(make_employee("Tage Skat", groups={"tax": (5, 2)}, unit=office), AT),
        viewer_of(make_employee("Lis Leder", roles=["manager"], unit=other), AT),
        viewer_of(make_stranger(), AT),
    ]
    chance = random.Random(7)
    made = []
    for _ in range(24):
        contact = make_contact(
            tasks=chance.choice([(), ("T-076",), ("T-112",), ("T-076", "T-112")]),
            unit=chance.choice([None, None, "skat", "andet"]), at=AT,
        )  # fmt: skip
        if chance.random() < 0.3:
            services.let_in(
                contact_id=contact.id, viewer=system("test"), at=AT,
                to=chance.choice([Given(unit=other.pk), Given(group="tax"), Given(employee=people[3].actor.employee)]),
            )  # fmt: skip
        made.append(contact.id)
    for viewer in people:
        opened = {key for key in made if _opens(viewer, key)}
        page = selectors.contacts(viewer, ContactQuery(), limit=100, at=AT)
        assert {row.id for row in page.rows} == opened
        assert (page.count, page.at_least) == (len(opened), False)


def _opens(viewer: Viewer, key) -> bool:
    try:
        selectors.contact(viewer, key, AT)
    except NotFound:
        return False
    return True


def test_pages_follow_each_other_without_gap_or_repeat(agnes: Viewer) -> None:
    made = [make_contact(at=AT - timedelta(minutes=n)).id for n in range(7)]
    cursor, seen = "", []
    while True:
        page = selectors.contacts(agnes, ContactQuery(), cursor, 3, at=AT)
        seen += [row.id for row in page.rows]
        cursor = page.cursor
        if not cursor:
            break
    assert seen == made
    assert listed(agnes, sort="oldest") == made[::-1]
    with pytest.raises(errors.WrongCursor):
        selectors.contacts(agnes, ContactQuery(), "x", at=AT)


def test_each_filter_narrows(agnes: Viewer) -> None:
    make_task("T-076", group="moving")
    a = make_contact("Flytning til Valby", tasks=["T-076"], mail="a@borger.example", name="Åse Ål", at=AT)
    b = make_contact("Pas", channel="phone", mail="", phone="00000077", name="Bo", at=AT - timedelta(days=3))
    services.close(contact_id=b.id, outcome="informed", tasks=(), viewer=agnes, at=AT)
    shown = contact_row(a.id).reference
    for query in (
        {"task": "T-076"}, {"channel": "mail"}, {"state": "open"}, {"q": shown}, {"q": "a@borger.example"},
        {"q": "flytning valby"}, {"q": "Åse"}, {"since": AT.date()},
    ):  # fmt: skip
        assert listed(agnes, **query) == [a.id], query
    for query in (
        {"channel": "phone"}, {"state": "closed"}, {"q": "00 00 00 77"}, {"handler": agnes.actor.employee},
        {"until": (AT - timedelta(days=3)).date()},
    ):  # fmt: skip
        assert listed(agnes, **query) == [b.id], query
    assert listed(agnes, state="in_hand") == [] and listed(agnes, q="\x00 findes ikke") == []


def test_a_state_nobody_knows_is_refused_and_the_public_sees_no_list(agnes: Viewer) -> None:
    with pytest.raises(errors.UnknownTag):
        listed(agnes, state="x")
    with pytest.raises(NotFound):
        listed(PUBLIC)


def test_the_list_takes_few_statements_however_long(agnes: Viewer, django_assert_max_num_queries) -> None:
    for _ in range(12):
        make_contact(at=AT)
    with django_assert_max_num_queries(6):
        selectors.contacts(agnes, ContactQuery(), at=AT)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("flyt", True),
        ("FLYTTER åge", True),
        ("ågård valby", True),
        ("T-076", True),
        ("valby tunge", False),
        ("ytter", False),
        ("å", False),
        ("Å. o'brien", False),
        ("' | \\ !", False),
        ("...", False),
    ],
)
def test_words_are_found_by_how_they_begin_and_all_of_them(agnes: Viewer, text: str, found: bool) -> None:
    contact = make_contact("Jeg flytter til Valby (T-076)", name="Åge Ågård", at=AT)
    make_contact("Noget andet", name="Bente Birkelund", at=AT)
    assert listed(agnes, q=text) == ([contact.id] if found else [])


def test_old_contacts_are_found_by_words_as_well(agnes: Viewer) -> None:
    contact = make_contact("Jeg flytter til Valby", at=AT - timedelta(days=900))
    assert listed(agnes, q="valby") == [contact.id]


def test_everybody_shown_in_a_list_stands_in_the_access_log(agnes: Viewer) -> None:
    person = make_person(name="Karla Kærgaard")
    known, unknown = make_contact(person=person.id, at=AT), make_contact(at=AT)
    assert len(listed(agnes)) == 2
    for key in (person.id, unknown.id):
        assert [(look.kind, look.purpose, look.actor) for look in looks_at(key)] == [
            ("contact_row", "list:contacts", agnes.name)
        ]
    assert not looks_at(known.id)

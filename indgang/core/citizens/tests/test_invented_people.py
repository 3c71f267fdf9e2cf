"""The demo town's people: invented, marked, and the same for the same seed."""

from collections import Counter
from datetime import UTC, datetime
from itertools import islice

import pytest

from indgang.core.citizens import people, services
from indgang.core.citizens.models import ContactPoint, Person
from indgang.core.citizens.values import cpr_checks_out, normal_cpr
from indgang.foundation.journal import selectors as journal

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TOWN = list(people.invent(5_000, seed=7))


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    assert list(people.invent(200, seed=7)) == TOWN[:200]
    assert list(people.invent(200, seed=8)) != TOWN[:200]


def test_a_larger_town_begins_with_the_smaller_one() -> None:
    assert list(islice(people.invent(900, seed=7), 300)) == list(people.invent(300, seed=7))


def test_every_cpr_number_has_a_possible_date_and_a_wrong_check_digit_and_is_used_once() -> None:
    assert all(normal_cpr(p.cpr) == p.cpr and not cpr_checks_out(p.cpr) for p in TOWN)
    assert all(p.cpr[:6] == f"{p.born:%d%m%y}" and (p.born.day, p.born.month) != (1, 1) for p in TOWN)
    assert len({p.cpr for p in TOWN}) == len(TOWN)


def test_the_century_digit_tells_the_year_of_birth() -> None:
    from stdnum.dk import cpr

    assert all(cpr.get_birth_date(p.cpr) == p.born for p in TOWN)


def test_mails_and_phones_can_reach_nobody() -> None:
    assert all(p.mail.endswith("@borger.example") and p.mail.isascii() for p in TOWN if p.mail)
    assert all(p.phone.startswith("0000") and len(p.phone) == 8 for p in TOWN if p.phone)


def test_about_two_percent_are_protected_and_four_speak_another_language() -> None:
    assert 60 <= sum(p.protected for p in TOWN) <= 145
    assert 140 <= sum(p.language != "da" for p in TOWN) <= 260


def test_people_live_in_households_with_one_name_and_address() -> None:
    homes = Counter((p.street, p.house, p.postcode, p.name.split()[-1]) for p in TOWN)
    assert max(homes.values()) >= 4 and len(homes) < len(TOWN)


@pytest.mark.django_db
def test_generating_writes_marked_people_and_one_event_without_their_names() -> None:
    assert services.generate(300, 7, AT) == 300
    assert Person.objects.filter(invented=True).count() == 300
    assert ContactPoint.objects.filter(kind="mail").count() > 200
    [event] = journal.events_of_subject("citizens.person:invented")
    assert event.data == {"count": 300, "seed": 7}


@pytest.mark.django_db
def test_generating_again_adds_only_who_is_missing() -> None:
    services.generate(100, 7, AT)
    assert services.generate(150, 7, AT) == 50
    points = ContactPoint.objects.count()
    assert services.generate(150, 7, AT) == 0
    assert (Person.objects.count(), ContactPoint.objects.count()) == (150, points)

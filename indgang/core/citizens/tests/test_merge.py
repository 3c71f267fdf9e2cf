"""A provisional person found to be a real one, and a wrong merge undone."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from indgang.core.citizens import errors, selectors, services
from indgang.core.citizens.models import ContactPoint, Person, Representation
from indgang.core.citizens.testing import make_person, make_representation, make_special_group
from indgang.core.organisation.testing import make_agent, make_employee, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.journal import selectors as journal

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASON = Purpose("reason", "citizen_present")
pytestmark = pytest.mark.django_db


def agent() -> Viewer:
    return viewer_of(make_agent(), AT)


def provisional() -> Person:
    return services.register_provisional("Bente", "bente@borger.example", "00 00 55 66", AT)


def merge(source: Person, target: Person, **more: object):
    return services.merge(provisional=source.id, into=target.id, viewer=agent(), at=AT, **more)


def everything() -> list[object]:
    """All rows of persons, points and representations, but for the counted versions."""
    people = [
        {key: value for key, value in row.items() if key != "version"} for row in Person.objects.order_by("id").values()
    ]
    return [
        people,
        list(ContactPoint.objects.order_by("id").values()),
        list(Representation.objects.order_by("id").values()),
    ]


def full_pair() -> tuple[Person, Person]:
    """A provisional person with something of every kind; the real one has some of the same."""
    adviser, helper = make_employee("Rosa Rådgiver"), make_person("Hjælpsom Hede")
    make_special_group()
    source, target = provisional(), make_person(mail="bente@borger.example", interpreter="ar")
    Person.objects.filter(id=source.id).update(adviser=adviser.pk, special_group="homeless", interpreter="tr")
    make_representation(helper, source)
    make_representation(source, make_person("Gammel Gren"))
    make_representation(target, source, role="guardian")
    make_representation(helper, target, valid_from=date(2001, 1, 1))
    return source, target


def test_what_was_known_of_the_provisional_person_goes_over_and_they_are_found_no_more() -> None:
    source, target = full_pair()
    merge(source, target)
    card = selectors.person(agent(), target.id, purpose=REASON, at=AT)
    assert (card.mails, card.phones) == (("bente@borger.example",), ("00005566",))
    assert (card.special_group, card.interpreter, card.adviser is not None) == ("homeless", "ar", True)
    assert selectors.by_phone("00 00 55 66") == [target.id]
    assert [hit.id for hit in selectors.find(agent(), "bente", AT)] == [target.id]
    names = {row.name for row in selectors.representations(agent(), target.id, purpose=REASON, at=AT)}
    assert names == {"Hjælpsom Hede", "Gammel Gren"}
    assert selectors.person(agent(), source.id, purpose=REASON, at=AT).merged_into == target.id


def test_a_wrong_merge_gives_back_exactly_what_it_took() -> None:
    source, target = full_pair()
    before = everything()
    done = merge(source, target)
    assert everything() != before
    services.undo_merge(merge_id=done.id, viewer=agent(), at=AT)
    assert everything() == before
    assert [(row.id, row.undone) for row in selectors.merges_of(target.id)] == [(done.id, True)]


def test_what_came_to_the_real_person_after_the_merge_stays_there() -> None:
    source, target = full_pair()
    done = merge(source, target)
    services.set_contact_points(
        person_id=target.id, mails=["bente@borger.example"], phones=["00005566", "00007788"], viewer=agent(), at=AT
    )
    services.set_needs(person_id=target.id, language="da", interpreter="ar", special_group="", viewer=agent(), at=AT)
    services.undo_merge(merge_id=done.id, viewer=agent(), at=AT)
    assert selectors.by_phone("00007788") == [target.id] and selectors.by_phone("00005566") == [source.id]
    assert selectors.person(agent(), target.id, purpose=REASON, at=AT).special_group == ""


def test_both_directions_are_told_once_with_ids_alone_and_in_both_histories() -> None:
    source, target = provisional(), make_person()
    done = merge(source, target)
    services.undo_merge(merge_id=done.id, viewer=agent(), at=AT)
    facts = {"from": str(source.id), "into": str(target.id), "merge": str(done.id)}
    assert (
        [data for _, data in recorded("citizen.merged")] == [facts] == [d for _, d in recorded("citizen.merge_undone")]
    )
    assert {e.verb for e in journal.events_of_citizen(source.id)} >= {
        "citizen.merged_away",
        "citizen.merge_undone_away",
    }
    assert {e.verb for e in journal.events_of_citizen(target.id)} >= {"citizen.merged", "citizen.merge_undone"}


def test_a_merge_that_makes_no_sense_is_refused_with_a_sentence() -> None:
    source, target, real = provisional(), make_person(), make_person()
    for one, other, error in (
        (source, source, errors.MergeIntoSelf),
        (source, provisional(), errors.MergeIntoProvisional),
        (real, target, errors.MergeOfRealPerson),
    ):
        with pytest.raises(error) as refused:
            merge(one, other)
        assert str(refused.value)
    done = merge(source, target)
    with pytest.raises(errors.AlreadyMerged):
        merge(source, real)
    with pytest.raises(errors.MergeIntoProvisional):
        merge(provisional(), source)
    services.undo_merge(merge_id=done.id, viewer=agent(), at=AT)
    with pytest.raises(errors.AlreadyUndone):
        services.undo_merge(merge_id=done.id, viewer=agent(), at=AT)
    merge(source, real)  # the right one at last


def test_an_old_version_an_unknown_person_or_a_stranger_merges_nothing() -> None:
    source, target = provisional(), make_person()
    with pytest.raises(errors.Stale):
        merge(source, target, version=7)
    for viewer, into in ((agent(), uuid4()), (viewer_of(make_stranger(), AT), target.id)):
        with pytest.raises(NotFound):
            services.merge(provisional=source.id, into=into, viewer=viewer, at=AT)
    with pytest.raises(NotFound):
        services.undo_merge(merge_id=uuid4(), viewer=agent(), at=AT)


def test_a_merged_person_is_changed_no_more_and_their_cpr_number_leads_to_the_real_one() -> None:
    source, target = services.register_provisional("Bente", "", "", AT, cpr="020290-7777"), make_person()
    merge(source, target)
    with pytest.raises(NotFound):
        services.set_adviser(person_id=source.id, employee_id=None, viewer=agent(), at=AT)
    assert services.register_provisional("Bente", "", "", AT, cpr="020290-7777").id == target.id

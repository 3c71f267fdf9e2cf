"""What serving a person takes: language, interpreter, special needs, an adviser, contact points."""

from datetime import UTC, date, datetime

import pytest

from indgang.core.citizens import errors, selectors, services
from indgang.core.citizens.models import Person
from indgang.core.citizens.testing import make_person, make_special_group
from indgang.core.citizens.values import PersonCard, PersonFacts
from indgang.core.organisation import services as organisation
from indgang.core.organisation.testing import make_agent, make_employee, make_stranger, make_unit, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import PUBLIC, Purpose, system

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASON = Purpose("reason", "citizen_present")
NEEDS = {"language": "ar", "interpreter": "ar", "special_group": "homeless"}
pytestmark = pytest.mark.django_db


def card(person: Person) -> PersonCard:
    return selectors.person(viewer_of(make_agent(), AT), person.id, purpose=REASON, at=AT)


def test_needs_stand_on_the_card_and_lead_to_the_specialist_unit() -> None:
    group, person = make_special_group(), make_person(born=date(1950, 1, 2))
    services.set_needs(person_id=person.id, **NEEDS, version=1, viewer=viewer_of(make_agent(), AT), at=AT)
    shown = card(person)
    assert (shown.language, shown.interpreter, shown.special_group_title) == ("ar", "ar", "Hjemløse")
    assert selectors.facts_for_routing(person.id, AT) == PersonFacts(None, "ar", "ar", "homeless", group.unit_id)
    [(_, facts)] = recorded("citizen.needs_set")
    assert facts == {"fields": ["language", "interpreter", "special_group_id"]}


def test_saying_the_same_again_changes_nothing() -> None:
    make_special_group()
    person, viewer = make_person(), viewer_of(make_agent(), AT)
    for _ in range(2):
        services.set_needs(person_id=person.id, **NEEDS, viewer=viewer, at=AT)
    assert card(person).version == 2 and len(recorded("citizen.needs_set")) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"language": ""}, errors.UnknownLanguage),
        ({"language": "dansk"}, errors.UnknownLanguage),
        ({"interpreter": "Arabisk"}, errors.UnknownLanguage),
        ({"special_group": "tall people"}, errors.UnknownSpecialGroup),
        ({"version": 9}, errors.Stale),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(change: dict[str, object], error: type[Exception]) -> None:
    make_special_group()
    person, viewer = make_person(), viewer_of(make_agent(), AT)
    with pytest.raises(error) as refused:
        services.set_needs(person_id=person.id, **{**NEEDS, "version": 1, **change}, viewer=viewer, at=AT)
    assert str(refused.value) and "{" not in str(refused.value)


def test_an_adviser_stands_on_the_card_and_is_told_to_routing_while_they_work_here() -> None:
    adviser, person, viewer = make_employee("Rosa Rådgiver"), make_person(), viewer_of(make_agent(), AT)
    services.set_adviser(person_id=person.id, employee_id=adviser.pk, viewer=viewer, at=AT)
    assert card(person).adviser == adviser.pk == selectors.adviser_of(person.id, AT)
    organisation.record_leave(employee_id=adviser.pk, last_day=date(2026, 3, 2), viewer=system("staff-register"), at=AT)
    assert selectors.adviser_of(person.id, AT) is None
    with pytest.raises(errors.UnknownAdviser):
        services.set_adviser(person_id=make_person().id, employee_id=adviser.pk, viewer=viewer, at=AT)
    services.set_adviser(person_id=person.id, employee_id=None, viewer=viewer, at=AT)
    assert card(person).adviser is None
    assert [facts["after"] for _, facts in recorded("citizen.adviser_set")] == [adviser.pk, None]


@pytest.mark.req("wp.any.received")
@pytest.mark.req("wp.any.address")
def test_what_one_centre_was_told_another_centre_finds() -> None:
    here = viewer_of(make_employee("Berit Balder", unit=make_unit("BS-VALBY", kind="centre")), AT)
    there = viewer_of(
        make_employee("Carl Castor", unit=make_unit("PO-SUNDBY", kind="office", administration="SUF")), AT
    )
    told = services.register_provisional("Frede Fjern", "", "00 00 44 55", AT, viewer=here)
    services.set_needs(person_id=told.id, language="tr", interpreter="tr", special_group="", viewer=here, at=AT)
    [found] = selectors.find(there, "00 00 44 55", AT)
    shown = selectors.person(there, found.id, purpose=REASON, at=AT)
    assert (shown.name, shown.language, shown.interpreter) == ("Frede Fjern", "tr", "tr")


def test_contact_points_become_exactly_what_was_said() -> None:
    person, viewer = make_person(mail="gammel@borger.example", phone="00 00 12 34"), viewer_of(make_agent(), AT)
    services.set_contact_points(
        person_id=person.id, mails=["Ny@Borger.example", "ny@borger.example"], phones=["00001234"], version=1,
        viewer=viewer, at=AT,
    )  # fmt: skip
    assert (card(person).mails, card(person).phones) == (("ny@borger.example",), ("00001234",))
    assert recorded("citizen.contact_points_set")[0][1] == {"added": 1, "removed": 1}
    for wrong, error in (
        ({"mails": ["ingen"]}, errors.WrongContactPoint),
        ({"phones": ["x"]}, errors.WrongContactPoint),
    ):
        with pytest.raises(error):
            services.set_contact_points(
                person_id=person.id, **{"mails": [], "phones": [], **wrong}, viewer=viewer, at=AT
            )
    with pytest.raises(errors.TooManyContactPoints):
        services.set_contact_points(person_id=person.id, mails=["a@b.example"] * 11, phones=[], viewer=viewer, at=AT)


@pytest.mark.req("def.borgerwide")
def test_a_citizen_of_another_municipality_can_be_registered_and_corrected() -> None:
    viewer = viewer_of(make_agent(), AT)
    person = services.register_provisional("Frede Fjern", "", "", AT, municipality="0185", viewer=viewer)
    assert card(person).is_other_municipality and card(person).municipality == "0185"
    services.correct_provisional(
        person_id=person.id, name="Frede Fjernberg", street="Vantens Vej", house="7 A", postcode="2770",
        city="Kastrup", municipality="0185", version=1, viewer=viewer, at=AT,
    )  # fmt: skip
    found = selectors.find(viewer, "Vantens Vej 7a", AT)
    assert [hit.name for hit in found] == ["Frede Fjernberg"]
    assert "Frede" not in repr(recorded("citizen.corrected"))
    with pytest.raises(errors.WrongMunicipality):
        services.register_provisional("Frede", "", "", AT, municipality="KBH")
    with pytest.raises(errors.RegisteredElsewhere):
        services.correct_provisional(person_id=make_person().id, name="Nyt Navn", viewer=viewer, at=AT)


def test_strangers_and_the_public_change_nothing() -> None:
    person = make_person()
    for viewer in (PUBLIC, viewer_of(make_stranger(), AT)):
        with pytest.raises(NotFound):
            services.set_adviser(person_id=person.id, employee_id=None, viewer=viewer, at=AT)


def test_special_groups_are_listed_in_their_order_without_those_that_ended() -> None:
    make_special_group()
    make_special_group("early", "Førtidspensionister", unit="PO")
    ended = make_special_group("gone", "Afskaffet")
    ended.valid_to = date(2026, 1, 1)
    ended.save()
    assert [(one.code, one.unit_code) for one in selectors.special_groups()] == [
        ("early", "PO"),
        ("homeless", "RAADGIV"),
    ]

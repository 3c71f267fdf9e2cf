"""Businesses: by CVR number, with those who speak for them."""

from datetime import UTC, date, datetime

import pytest

from indgang.core.citizens import errors, selectors, services
from indgang.core.citizens.testing import make_business, make_person
from indgang.core.citizens.values import BusinessCard, cvr_checks_out, normal_cvr
from indgang.core.organisation.testing import make_agent, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import PUBLIC, Purpose, Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASON = Purpose("reason", "citizen_present")
pytestmark = pytest.mark.django_db


def agent() -> Viewer:
    return viewer_of(make_agent(), AT)


def card(business) -> BusinessCard:
    return selectors.business(agent(), business.id, purpose=REASON, at=AT)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("90 00 00 12", "90000012"), ("DK90000012", "90000012"), ("9000-0012", "90000012"), ("00000012", None),
        ("9000001", None), ("９００００012", None), ("", None),
    ],
)  # fmt: skip
def test_a_cvr_number_is_eight_digits_however_it_is_typed(typed: str, kept: str | None) -> None:
    assert normal_cvr(typed) == kept


def test_a_business_is_registered_found_and_warned_about_a_check_digit_that_does_not_fit() -> None:
    viewer = agent()
    for cvr, name, warned in (("90000012", "Bageriet Bølgen", False), ("90000013", "Åens Auto", True)):
        made = services.register_business(
            cvr=cvr, name=name, street="Vantens Vej", house="7", postcode="2500", city="Valby", viewer=viewer, at=AT
        )
        shown = card(made)
        assert cvr_checks_out(cvr) is not warned and bool(shown.cvr_warning) is warned
        assert (shown.street, shown.place) == ("Vantens Vej 7", "2500 Valby")
    for q in ("90 00 00 12", "bølg", "BAGERIET"):
        assert [row.name for row in selectors.businesses(viewer, q, AT)] == ["Bageriet Bølgen"]
    assert "Bageriet" not in repr(recorded("business.registered"))


def test_what_cannot_be_is_refused_with_a_sentence() -> None:
    viewer = agent()
    make_business()
    for facts, error in (
        ({"cvr": "123"}, errors.WrongCvr),
        ({"cvr": "90000012"}, errors.CvrTaken),
        ({"cvr": "90000020", "name": " \x00"}, errors.MissingName),
    ):
        with pytest.raises(error) as refused:
            services.register_business(**{"name": "Ny", **facts}, viewer=viewer, at=AT)
        assert "{" not in str(refused.value)


def test_a_change_counts_the_version_and_an_old_one_is_refused() -> None:
    firm, viewer = make_business(), agent()
    services.change_business(business_id=firm.id, name="Bageriet Brisen", version=1, viewer=viewer, at=AT)
    with pytest.raises(errors.Stale):
        services.change_business(business_id=firm.id, name="Bageriet Blæst", version=1, viewer=viewer, at=AT)
    assert card(firm).name == "Bageriet Brisen"
    assert recorded("business.changed")[0][1] == {"fields": ["name"]}


def test_a_contact_person_stands_on_both_cards_until_removed() -> None:
    firm, person, viewer = make_business(), make_person(), agent()
    made = services.add_business_contact(
        business_id=firm.id, name="Bente Birkelund", title="Indehaver", person_id=person.id, viewer=viewer, at=AT
    )
    services.add_business_contact(business_id=firm.id, name="Ole i butikken", phone="00 00 12 34", viewer=viewer, at=AT)
    assert [(one.name, one.person_id) for one in card(firm).contacts] == [
        ("Bente Birkelund", person.id), ("Ole i butikken", None),
    ]  # fmt: skip
    assert [look.kind for look in looks_at(person.id)] == ["business"]
    shown = selectors.person(viewer, person.id, purpose=REASON, at=AT)
    assert [(one.name, one.cvr) for one in shown.businesses] == [("Bageriet Bølgen", "90000012")]
    services.remove_business_contact(contact_person_id=made.pk, viewer=viewer, at=AT)
    assert [one.name for one in card(firm).contacts] == ["Ole i butikken"]
    with pytest.raises(NotFound):
        services.remove_business_contact(contact_person_id=made.pk, viewer=viewer, at=AT)


def test_a_protected_contact_person_is_not_named() -> None:
    firm, viewer = make_business(), agent()
    person = make_person("Hemmelig Hyben", protected_until=date(2030, 1, 1))
    services.add_business_contact(
        business_id=firm.id, name=person.name, phone="00009988", mail="h@borger.example", person_id=person.id,
        viewer=viewer, at=AT,
    )  # fmt: skip
    shown = card(firm)
    assert [(one.name, one.person_id, one.phone, one.mail) for one in shown.contacts] == [("Beskyttet", None, "", "")]
    assert [look.outcome for look in looks_at(person.id)] == ["refused"]


def test_the_public_sees_no_business_and_strangers_make_none() -> None:
    firm = make_business()
    with pytest.raises(NotFound):
        selectors.business(PUBLIC, firm.id, purpose=REASON, at=AT)
    with pytest.raises(NotFound):
        selectors.businesses(PUBLIC, "bageriet", AT)
    with pytest.raises(NotFound):
        services.register_business(cvr="90000020", name="Ny", viewer=viewer_of(make_stranger(), AT), at=AT)

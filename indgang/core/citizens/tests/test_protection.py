"""Whatever is asked by somebody whose work does not need it, nothing of a protected person comes out."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indgang.core.citizens import selectors, services
from indgang.core.citizens.models import Business, ContactPoint, Person, Representation
from indgang.core.citizens.testing import make_business, make_person, make_representation
from indgang.core.organisation.testing import make_agent, make_specialist, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime.errors import DomainError

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASON = Purpose("reason", "citizen_present")
SECRETS = ("Hemmelig", "Hyben", "Skjulestedets", "Skjult By", "hemmelig@borger", "00009988")
ROLES = ("attorney", "parent", "guardian")
pytestmark = pytest.mark.django_db

towns = st.fixed_dictionaries(
    {
        "together": st.lists(st.booleans(), min_size=3, max_size=3),
        "ties": st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(ROLES)), max_size=6, unique=True
        ),
        "spouse": st.sampled_from([None, 0, 1, 2]),
        "speaks_for": st.booleans(),
        "provisional_merged": st.booleans(),
    }
)
questions = st.lists(
    st.sampled_from(
        [
            "Hemmelig", "hemmelig hyben", "Hyb", "hemmelig@borger.example", "00 00 99 88", "Skjulestedets Vej 13",
            "Skjulestedets Vej, 9998", "skjul 13, 9998 Skjult By", "nabo", "Skjulestedets 13, 2. th",
        ]
    ),
    min_size=1,
    max_size=3,
)  # fmt: skip


def build(town: dict) -> tuple[list[Person], Business]:
    """The protected person first, then neighbours of whom some live in the same household."""
    for model in (Representation, ContactPoint):
        model.objects.all().delete()
    home = uuid4()
    address = {"street": "Skjulestedets Vej", "house": "13, 2. th", "postcode": "9998", "city": "Skjult By"}
    people = [
        make_person(
            "Hemmelig Hyben", mail="hemmelig@borger.example", phone="00 00 99 88", household=home,
            protected_until=date(2030, 1, 1), **address,
        )
    ]  # fmt: skip
    for number, together in enumerate(town["together"]):
        place = address if together else {}
        people.append(make_person(f"Nabo {'ABC'[number]}", household=home if together else None, **place))
    for one, other, role in town["ties"]:
        if one != other:
            make_representation(people[one], people[other], role=role)
    if town["spouse"] is not None:
        Person.objects.filter(id=people[0].id).update(spouse=people[town["spouse"] + 1])
    firm = make_business(cvr=f"9{uuid4().int % 10**7:07}")
    if town["speaks_for"]:
        system = viewer_of(make_specialist(), AT)
        services.add_business_contact(
            business_id=firm.id, name="Hemmelig Hyben", phone="00009988", mail="hemmelig@borger.example",
            person_id=people[0].id, viewer=system, at=AT,
        )  # fmt: skip
    if town["provisional_merged"]:
        known = services.register_provisional("Hemmelig Hyben", "hemmelig@borger.example", "", AT)
        services.merge(provisional=known.id, into=people[0].id, viewer=viewer_of(make_specialist(), AT), at=AT)
        people.append(known)
    return people, firm


def answers(viewer: Viewer, people: list[Person], firm: Business, asked: list[str]) -> list[object]:
    """Everything every selector that takes a viewer says, about everybody."""
    said: list[object] = []
    for key in (one.id for one in people):
        for ask in (selectors.person, selectors.household, selectors.representations):
            said.append(ask(viewer, key, purpose=REASON, at=AT))
    said += [selectors.search(viewer, q, AT, purpose=REASON) for q in asked]
    said += [selectors.find(viewer, people[0].cpr or "", AT), selectors.businesses(viewer, "bageriet", AT)]
    return [*said, selectors.business(viewer, firm.id, purpose=REASON, at=AT)]


def mentions(found: object, key: UUID) -> bool:
    return repr(key) in repr(found)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(town=towns, asked=questions)
def test_no_selector_tells_a_protected_persons_name_address_mail_phone_or_household(
    town: dict, asked: list[str]
) -> None:
    people, firm = build(town)
    agent, secret = viewer_of(make_agent(), AT), people[0]
    for found in answers(agent, people, firm, asked):
        # the neighbours' own address is theirs to show; it must lead to no row of the protected person
        own = (
            repr(found)
            if mentions(found, secret.id)
            else repr(found).replace("Skjulestedets", "").replace("Skjult By", "")
        )
        assert not [word for word in SECRETS if word in own]
    for one in people[1:]:
        told = [
            selectors.household(agent, one.id, purpose=REASON, at=AT),
            selectors.representations(agent, one.id, purpose=REASON, at=AT),
        ]
        assert not mentions(told, secret.id)
    assert selectors.household(agent, secret.id, purpose=REASON, at=AT) == []
    shown = selectors.representations(agent, secret.id, purpose=REASON, at=AT)
    housemates = {p.id for p, together in zip(people[1:4], town["together"], strict=True) if together}
    assert not {row.person_id for row in shown} & housemates
    for q in asked:
        assert not mentions(selectors.search(agent, q, AT, purpose=REASON), secret.id)
    for one in people:
        Person.objects.filter(id=one.id).update(household=None, cpr=None, name="Glemt", sort_key="glemt", street_key="")


def test_every_selector_that_names_a_person_is_asked_above() -> None:
    """A new door that takes a viewer must be added to the question, or named here with its reason."""
    import inspect

    takes_viewer = {
        name
        for name in selectors.__all__
        if inspect.isfunction(getattr(selectors, name))
        and "viewer" in inspect.signature(getattr(selectors, name)).parameters
    }
    asked = {"person", "household", "representations", "search", "find", "businesses", "business"}
    of_the_security_leader = {"protected_among", "id_of_cpr", "near"}  # ids alone
    to_registers = {"register_subject"}  # a number nobody reads: the registers mask what they answer
    to_the_post = {"reach"}  # the envelope, for processes alone: the next test
    assert takes_viewer - of_the_security_leader - to_registers - to_the_post == asked


def test_an_envelope_is_for_processes_alone() -> None:
    protected = make_person("Hemmelig Hyben", protected_until=date(2030, 1, 1))
    with pytest.raises(NotFound):
        selectors.reach(viewer_of(make_agent(), AT), protected.id, purpose=Purpose("reason", "citizen_present"), at=AT)


def test_errors_do_not_name_anybody() -> None:
    secret = make_person("Hemmelig Hyben", protected_until=date(2030, 1, 1))
    agent = viewer_of(make_agent(), AT)
    said = []
    for work in (
        lambda: services.register_representation(
            representative=secret.id,
            citizen=secret.id,
            role="attorney",
            valid_from=date(2026, 1, 1),
            viewer=agent,
            at=AT,
        ),
        lambda: services.merge(provisional=secret.id, into=make_person().id, viewer=agent, at=AT),
        lambda: services.correct_provisional(person_id=secret.id, name="Ny", viewer=agent, at=AT),
    ):
        with pytest.raises((DomainError, NotFound)) as refused:
            work()
        said.append(str(refused.value))
    assert not [word for word in SECRETS if word in " ".join(said)]

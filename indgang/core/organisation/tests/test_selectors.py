"""Who the employees are, and what routing is told about them."""

import pytest

from indgang.core.organisation import selectors
from indgang.core.organisation.testing import make_employee, make_group, make_manager, make_unit, viewer_of
from indgang.foundation.access import selectors as rights
from indgang.foundation.access import services as access
from indgang.foundation.access.testing import make_authorisation
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembering

pytestmark = pytest.mark.django_db


def test_an_employee_becomes_the_viewer_with_their_rights() -> None:
    agnes = make_employee(groups={"moving": (3, 2)})
    viewer = viewer_of(agnes)
    assert viewer.name == f"employee:{agnes.pk}" and viewer.is_staff and viewer.dispensation
    assert viewer.actor is not None
    assert viewer.actor.competences == {"moving": 2} and viewer.actor.rights[0].level == 2


def test_an_account_without_an_employee_in_force_is_nobody() -> None:
    agnes = make_employee()
    agnes.valid_to = clock.today().replace(year=2000)
    agnes.save()
    assert selectors.viewer_of_account(agnes.account_id, clock.now()) is None
    assert selectors.viewer_of_account(0, clock.now()) is None


def test_a_manager_leads_the_units_of_their_people() -> None:
    centre = make_unit("vest", kind="centre")
    marie = make_manager()
    make_employee("Bo", unit=centre, manager=marie)
    actor = viewer_of(marie).actor
    assert actor is not None and actor.units == {marie.unit_id, centre.pk}


@pytest.mark.django_db(transaction=True)  # within a transaction nothing is kept
def test_who_asks_is_found_out_in_three_statements_and_again_in_one(django_assert_num_queries) -> None:
    at, day = clock.now(), clock.today()
    agnes = make_employee(groups={"moving": (3, 2), "tax": (1, 1)})
    make_authorisation(agnes.account, task="T-001", level=2)
    access.set_switch(code="dispensation", on=True, tasks=["T-001"], viewer=system("test"), at=at)
    with remembering():
        viewer = selectors.viewer_of_account(agnes.account_id, at)
    with django_assert_num_queries(1), remembering():  # has anything changed?
        assert selectors.viewer_of_account(agnes.account_id, at) == viewer
    with django_assert_num_queries(3):
        assert selectors.viewer_of_account(agnes.account_id, at) == viewer
    assert viewer is not None and viewer.actor is not None
    assert viewer.actor.rights == rights.rights_of([agnes.account_id], day)[agnes.account_id]
    assert viewer.actor.competences == {"moving": 2, "tax": 1}
    assert (viewer.dispensation, viewer.separation) == (frozenset({"T-001"}), True)


def test_routing_asks_two_questions_for_three_hundred_employees(django_assert_num_queries) -> None:
    for number in range(300):
        make_employee(f"Medarbejder {number}", groups={"moving": (3, 1), "tax": (2, 2)} if number % 3 else {})
    at = clock.now()
    with django_assert_num_queries(2):
        facts = selectors.agent_facts(None, at)
    assert len(facts) == 300
    assert facts[1].competences == {"moving": (3, 1), "tax": (2, 2)} and facts[0].competences == {}
    with django_assert_num_queries(2):
        assert len(selectors.agent_facts([fact.employee for fact in facts], at)) == 300


def test_routing_sees_the_level_that_is_both_known_and_authorised() -> None:
    unauthorised = make_employee(groups={"moving": (5, 3)}, authorised=False)
    make_authorisation(unauthorised.account, task="T-001", level=2)
    outsider = make_employee(groups={"moving": (5, 3)}, roles=["manager"], authorised=False)
    facts = {fact.employee: fact for fact in selectors.agent_facts(None, clock.now())}
    assert facts[unauthorised.pk].competences == {"moving": (5, 1)} and facts[unauthorised.pk].tasks == {"T-001": 2}
    assert facts[outsider.pk].competences == {"moving": (5, 0)}


def test_a_closed_account_is_no_agent() -> None:
    agnes = make_employee()
    access.deactivate(account=agnes.account_id, viewer=access.SETUP, at=clock.now())
    assert selectors.agent_facts(None, clock.now()) == []


def test_employees_are_found_and_listed_in_danish_order() -> None:
    for name in ("Åse Holm", "Zenia Bak", "Ælla Ærø", "Øjvind Dal"):
        make_employee(name)
    assert [card.name for card in selectors.employees()] == ["Zenia Bak", "Ælla Ærø", "Øjvind Dal", "Åse Holm"]
    assert [card.name for card in selectors.employees(q="åse")] == ["Åse Holm"]
    assert selectors.employees(unit="andetsteds") == []
    assert len(selectors.employees(unit="kontaktcenter")) == 4


def test_units_and_groups_are_listed() -> None:
    unit = make_unit("vest", kind="centre", address="Torvet 1")
    make_group("tax", "Skat")
    assert [card.code for card in selectors.units(kind="centre")] == ["vest"]
    assert selectors.unit("vest") == selectors.unit(unit.pk) and selectors.unit("findes-ikke") is None
    assert selectors.groups() == [("tax", "Skat")]


def test_employee_cards() -> None:
    agnes = make_employee(languages=["da", "en"])
    card = selectors.employee(agnes.pk)
    assert card is not None and card.languages == ("da", "en") and card.unit_name == "Kontaktcenter"
    assert selectors.employee_of_account(agnes.account_id) == card and selectors.employee(0) is None

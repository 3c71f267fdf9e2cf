"""Facts given and obtained are records with their ground; registers are asked under the right of the task's owner."""

from pathlib import Path

import pytest

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Disclosure
from indgang.core.cases.testing import entries_of, make_case, make_setting
from indgang.core.citizens.testing import make_person
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.selectors import disclosures_of
from indgang.foundation.journal import services as journal
from indgang.foundation.registers.errors import WrongAmount, WrongYear
from indgang.foundation.registers.testing import BENTE, look_sources, registers

pytestmark = pytest.mark.django_db
LAW = "Retssikkerhedsloven § 11 a"


@pytest.fixture
def outside(tmp_path: Path):
    with registers(tmp_path) as running:
        yield running


@pytest.fixture
def bente(db):
    return make_person("Bente Birkelund", cpr=BENTE)


@pytest.fixture
def case(office, filippa, bente, at):
    made = make_case(unit=office, handler=filippa.pk, person=bente.id, at=at)
    make_setting(income_dependent=True)
    return made


@pytest.fixture
def me(filippa, seen_by, at):
    return seen_by(filippa, at)


def obtained(case):
    return [entry.body for entry in entries_of(case.id) if entry.kind == "obtained"]


@pytest.mark.req("law.disclose2")
def test_what_was_given_to_whom_and_why_is_on_the_case_and_open_to_the_citizen(case, me, bente, at):
    services.give_facts(case_id=case.id, other="Udbetaling Danmark", facts=["Husleje", "Antal i husstanden"],
                        ground=LAW, viewer=me, at=at)  # fmt: skip
    [row] = selectors.shared_of(me, case.id, at).disclosures
    assert (row.direction_name, row.other, row.what, row.ground, row.employee_name) == (
        "Videregivet", "Udbetaling Danmark", "Husleje, Antal i husstanden", LAW, "Filippa Falk",
    )  # fmt: skip
    assert [one.fields for one in disclosures_of(bente.id, 5)] == [("Antal i husstanden", "Husleje")]


def test_what_others_told_is_in_the_journal(case, me, at):
    services.obtain_facts(case_id=case.id, other="Udlejeren", what="Husleje", ground="", consent=True,
                          found="Huslejen er 7.000 kr. om måneden.", viewer=me, at=at)  # fmt: skip
    [body] = obtained(case)
    assert "Huslejen er 7.000 kr." in body and "samtykke" in body


@pytest.mark.req("law.obtain")
@pytest.mark.parametrize("raised_by", ["notice", "authority", "complaint"])
def test_only_where_the_citizen_has_applied_facts_are_obtained(office, filippa, bente, me, outside, raised_by, at):
    made = make_case(unit=office, handler=filippa.pk, person=bente.id, raised_by=raised_by, at=at)
    with pytest.raises(errors.NotApplied):
        services.obtain_facts(case_id=made.id, other="Udlejeren", what="Husleje", ground=LAW, viewer=me, at=at)
    with pytest.raises(errors.NotApplied):
        services.obtain_from_register(case_id=made.id, register="cpr", viewer=me, at=at)
    assert not Disclosure.objects.exists() and look_sources(bente.id) == []


@pytest.mark.req("law.obtainlike")
def test_a_clerk_of_a_centre_asks_what_the_owner_of_the_task_could(case, clerk, seen_by, bente, outside, at):
    services.set_handler(case_id=case.id, employee_id=clerk.pk, viewer=seen_by(clerk, at), at=at)
    got = services.obtain_from_register(case_id=case.id, register="income", viewer=seen_by(clerk, at), at=at)
    assert "Løn, forventet i året" in got.words and not got.stale
    assert obtained(case)[0].endswith(got.words)
    assert ("income", "register", "shown") in look_sources(bente.id)
    [row] = Disclosure.objects.all()
    assert row.ground == "indkomstregisterloven § 7; retssikkerhedsloven § 11 a" and row.register == "income"


def test_a_task_that_does_not_depend_on_income_asks_for_none_without_consent(case, me, bente, outside, at):
    make_setting(income_dependent=False)
    with pytest.raises(errors.NotForTask):
        services.obtain_from_register(case_id=case.id, register="income", viewer=me, at=at)
    assert look_sources(bente.id) == []
    assert services.obtain_from_register(case_id=case.id, register="income", consent=True, viewer=me, at=at).words


def test_only_the_facts_asked_for_are_noted(case, me, outside, at):
    got = services.obtain_from_register(case_id=case.id, register="cpr", facts=["civil_status"], viewer=me, at=at)
    assert "Civilstand" in got.words and "Adresse" not in got.words


def test_a_register_that_is_down_leaves_nothing_on_the_case_and_says_so(case, me, outside, at):
    outside["income"].kill()
    with pytest.raises(errors.NothingObtained) as refused:
        services.obtain_from_register(case_id=case.id, register="income", viewer=me, at=at)
    assert "spørg borgeren" in str(refused.value)
    assert not Disclosure.objects.exists()


def test_what_it_said_earlier_is_noted_as_earlier(case, me, outside, at):
    services.obtain_from_register(case_id=case.id, register="income", viewer=me, at=at)
    outside["income"].kill()
    got = services.obtain_from_register(case_id=case.id, register="income", viewer=me, at=at)
    assert got.stale and "svarer ikke" in got.words


@pytest.mark.req("esdh.online")
def test_an_income_changed_at_the_workplace_is_what_the_register_shows(case, me, outside, at):
    services.report_income(case_id=case.id, facts={"salary": 212_000}, year=2026, viewer=me, at=at)
    journal.deliver_due(at)
    got = services.obtain_from_register(case_id=case.id, register="income", facts=["salary"], viewer=me, at=at)
    assert "212.000 kr." in got.words
    assert "Løn, forventet i året: 212.000 kr." in [entry.body for entry in entries_of(case.id)]


def test_wrong_amounts_and_years_are_refused_and_nothing_is_reported(case, me, at):
    with pytest.raises(WrongAmount):
        services.report_income(case_id=case.id, facts={"salary": -1}, year=2026, viewer=me, at=at)
    with pytest.raises(WrongYear):
        services.report_income(case_id=case.id, facts={"salary": 1}, year=1990, viewer=me, at=at)


def test_a_case_without_a_citizen_asks_no_register(office, filippa, me, at):
    made = services.open_case(task=make_case(at=at).task_id, person=None, unit=office.pk, handler=filippa.pk, viewer=me,
                              at=at)  # fmt: skip
    with pytest.raises(errors.NobodyOnCase):
        services.obtain_from_register(case_id=made.id, register="cpr", viewer=me, at=at)


def test_who_may_not_work_on_the_case_asks_nothing(case, guide, stranger, seen_by, bente, outside, at):
    with pytest.raises(errors.NotYourCase):
        services.obtain_from_register(case_id=case.id, register="cpr", viewer=seen_by(guide, at), at=at)
    with pytest.raises(NotFound):
        services.give_facts(case_id=case.id, other="Udlejeren", facts=["Husleje"], ground=LAW,
                            viewer=seen_by(stranger, at), at=at)  # fmt: skip
    assert look_sources(bente.id) == []


def test_income_is_for_those_whose_tasks_depend_on_it(case, me, stranger, seen_by, at):
    assert selectors.registers_for(me, at) == {"cpr": True, "income": True}
    assert selectors.registers_for(seen_by(stranger, at), at) == {"cpr": True, "income": False}


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"other": ""}, errors.AuthorityMissing),
        ({"facts": []}, errors.WhatMissing),
        ({"ground": " "}, errors.LegalGroundMissing),
        ({"facts": ["020290-1111"]}, errors.CprInWords),
    ],
)
def test_a_record_without_its_parts_is_refused(case, me, facts, error, at):
    given = {"other": "Udlejeren", "facts": ["Husleje"], "ground": LAW}
    with pytest.raises(error):
        services.give_facts(case_id=case.id, viewer=me, at=at, **(given | facts))

"""A leader sees who has how many cases, what is late, and moves them after a look."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.cases.testing import case_row, make_case
from indgang.core.organisation.testing import make_employee, make_group, make_manager, make_unit
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    make_group("housing_benefit")
    return make_unit("familieydelser", kind="office", administration="FAF")


@pytest.fixture
def ylva(office):
    return make_employee("Ylva Ydelse", unit=office, roles=["caseworker"], groups={"housing_benefit": (5, 3)})


@pytest.fixture
def bodil(office):
    return make_employee("Bodil Bolig", unit=office, roles=["caseworker"], groups={"housing_benefit": (5, 3)})


def browser(employee) -> Client:
    client = Client()
    client.force_login(employee.account)
    return client


@pytest.fixture
def leader(office):
    lisa = make_employee("Lisa Leder", unit=office, roles=["manager"], groups={"housing_benefit": (1, 1)})
    return browser(lisa)


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_load_of_each_is_shown_and_what_is_late(leader, office, ylva):
    late = {"deadline": clock.now() - timedelta(days=2), "at": clock.now() - timedelta(days=20)}
    make_case(unit=office, handler=ylva.pk, title="Forsinket sag", **late)
    make_case(unit=office, handler=ylva.pk, title="Sag i god tid")
    make_case(unit=office, title="Ingens sag")
    page = text_of(leader.get("/ledelse/sager"))
    row = page.split("Ylva Ydelse</a>")[1].split("</tr>")[0]
    assert row.count(">2<") == 1 and row.count(">1<") == 1
    assert "Forsinket sag" in page and "Sag i god tid" not in page
    assert "Sag i god tid" in text_of(leader.get(f"/ledelse/sager?hos={ylva.pk}"))
    assert "Ingens sag" in text_of(leader.get("/ledelse/sager?hos=ingen"))


def test_cases_are_moved_after_a_look_and_given_back(leader, office, ylva, bodil):
    cases = [make_case(unit=office, handler=ylva.pk, title=f"Sag nr. {n}.") for n in range(2)]
    facts = {"valgt": [str(case.id) for case in cases], "til": str(bodil.pk), "enhed": str(office.pk)}
    looked = text_of(leader.post("/ledelse/sager/se", facts))
    assert "Intet er sket endnu" in looked and "Flyt 2 sager" in looked
    assert {case_row(case.id).handler_id for case in cases} == {ylva.pk}
    versions = {f"version-{case.id}": str(case.version) for case in cases}
    page = text_of(leader.post("/ledelse/sager/flyt", {**facts, **versions}, follow=True))
    assert "2 sager er flyttet." in page
    assert {case_row(case.id).handler_id for case in cases} == {bodil.pk}
    key = page.split('name="fortryd" value="')[1].split('"')[0]
    assert "2 sager er givet tilbage." in text_of(leader.post("/ledelse/sager/fortryd", {"fortryd": key}, follow=True))
    assert {case_row(case.id).handler_id for case in cases} == {ylva.pk}


def test_what_changed_since_the_look_stays_and_is_named(leader, office, ylva, bodil):
    case = make_case(unit=office, handler=ylva.pk)
    facts = {"valgt": str(case.id), "til": str(bodil.pk), "enhed": str(office.pk), f"version-{case.id}": "99"}
    page = text_of(leader.post("/ledelse/sager/flyt", facts, follow=True))
    assert f"{case.number}: Sagen er ændret af en anden imens." in page
    assert case_row(case.id).handler_id == ylva.pk


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"til": "ingen"}, "Vælg mindst én sag."), ({"valgt": "x"}, "Vælg, hvem sagerne skal gives til.")],
)
def test_what_lacks_is_said(leader, office, facts, said):
    answer = leader.post("/ledelse/sager/se", facts)
    assert 400 <= answer.status_code < 500 and said in text_of(answer)


def test_who_leads_nobody_finds_no_such_page(ylva):
    assert browser(ylva).get("/ledelse/sager").status_code == 404
    assert browser(ylva).post("/ledelse/sager/flyt", {}).status_code == 404


def test_a_leader_without_rights_sees_the_numbers_alone(office, ylva):
    late = {"deadline": clock.now() - timedelta(days=2), "at": clock.now() - timedelta(days=20)}
    make_case(unit=office, handler=ylva.pk, title="Forsinket sag", **late)
    page = text_of(browser(make_manager(office)).get("/ledelse/sager"))
    assert "Ylva Ydelse" in page and "Forsinket sag" not in page and "Du har ingen rettigheder" in page


def names_in_order(page: str) -> list[str]:
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [part.split("</a>")[0].rpartition(">")[2] for part in body.split("</tr>")[:-1]]


def test_who_is_most_behind_stands_first_and_each_column_can_be_asked_for(leader, office, ylva, bodil):
    late = {"deadline": clock.now() - timedelta(days=2), "at": clock.now() - timedelta(days=20)}
    for who in (ylva, ylva, ylva):
        make_case(unit=office, handler=who.pk)
    make_case(unit=office, handler=bodil.pk, **late)
    page = text_of(leader.get("/ledelse/sager"))
    assert names_in_order(page)[:3] == ["Ingen endnu", "Bodil Bolig", "Ylva Ydelse"]
    assert "I alt</th>" in page and ">4<" in page.split("<tfoot>")[1]
    assert names_in_order(text_of(leader.get("/ledelse/sager?sorter=aabne")))[1] == "Ylva Ydelse"
    by_name = names_in_order(text_of(leader.get("/ledelse/sager?sorter=navn")))
    assert by_name[1:] == sorted(by_name[1:])
    assert names_in_order(text_of(leader.get("/ledelse/sager?sorter=x")))[1] == "Bodil Bolig"
    chosen = text_of(leader.get(f"/ledelse/sager?hos={ylva.pk}&sorter=aabne"))
    assert "Sager hos Ylva Ydelse" in chosen and f"hos={bodil.pk}&amp;sorter=aabne#sagerne" in chosen


def test_many_people_and_cases_cost_no_more_questions(leader, office, ylva, django_assert_max_num_queries):
    def asked() -> int:
        with django_assert_max_num_queries(60) as seen:
            leader.get("/ledelse/sager?hos=ingen")
        return len(seen)

    make_case(unit=office)
    few = asked()
    for number in range(12):
        who = make_employee(f"Medarbejder {number}", unit=office, roles=["caseworker"])
        make_case(unit=office, handler=who.pk)
        make_case(unit=office)
    assert asked() == few

"""The caseworker's lists: whose cases they show, how one finds one, and page by page."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.cases import services
from indgang.core.cases.testing import case_row, make_case
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.desks.workplace.case_lists import PAGE
from indgang.desks.workplace.tests.case_people import HX, at_desk, caseworker, own_case, the_office
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ylva():
    return caseworker()


def shown(client, query="") -> str:
    answer = client.get(f"/arbejdsplads/sager{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_tab_shows_its_own_cases(ylva):
    own_case(ylva, title="Min med frist", deadline=clock.now() + timedelta(days=2))
    own_case(ylva, title="Min uden hast", deadline=clock.now() + timedelta(days=60))
    waiting, _address = own_case(ylva, title="Min der venter")
    services.set_waiting(case_id=waiting.id, waiting="citizen", viewer=viewer_of(ylva), at=clock.now())
    make_case(title="Enhedens", unit=the_office())
    make_case(title="En andens", unit=make_unit("skadesag", kind="office", administration="FAF"))
    client = at_desk(ylva)
    tabs = {
        "": {"Min med frist", "Min uden hast", "Min der venter"},
        "?vis=enhed": {"Min med frist", "Min uden hast", "Min der venter", "Enhedens"},
        "?vis=frist": {"Min med frist"},
        "?vis=venter": {"Min der venter"},
        "?vis=alle": {"Min med frist", "Min uden hast", "Min der venter", "Enhedens", "En andens"},
    }
    every = set.union(*tabs.values())
    for query, expected in tabs.items():
        page = shown(client, query)
        assert {title for title in every if title in page} == expected, query


def test_the_most_urgent_stands_first_and_late_ones_say_so(ylva):
    at = clock.now()
    own_case(ylva, title="Senere", deadline=at + timedelta(days=9))
    own_case(ylva, title="Forsinket", deadline=at - timedelta(days=1), at=at - timedelta(days=9))
    page = shown(at_desk(ylva))
    assert page.index("Forsinket") < page.index("Senere") and "overskredet" in page


def test_a_case_is_found_by_words_and_by_the_citizens_name(ylva):
    own_case(ylva, title="Boligsikring efter skilsmisse", person=make_person(name="Nikoline Nyboe").id)
    own_case(ylva, title="Noget helt andet")
    client = at_desk(ylva)
    page = shown(client, "?vis=mine&q=skilsmisse")
    assert "Boligsikring efter skilsmisse" in page and "Noget helt andet" not in page
    assert "Boligsikring efter skilsmisse" in shown(client, "?vis=alle&q=Nikoline+Nyboe")
    assert "Ingen sager passer på det" in shown(client, "?vis=alle&q=qqxzy")


def test_closed_cases_are_shown_when_they_are_asked_for(ylva):
    case, _address = own_case(ylva, title="Den lukkede")
    services.close_case(case_id=case.id, ground="Trukket tilbage", viewer=viewer_of(ylva), at=clock.now())
    client = at_desk(ylva)
    assert "Den lukkede" not in shown(client)
    assert "Den lukkede" in shown(client, "?fremdrift=closed")


def test_a_filter_nobody_knows_is_not_used_and_the_page_says_so(ylva):
    own_case(ylva, title="Min sag")
    client = at_desk(ylva)
    for query in ("?fremdrift=qq", "?frist=qq"):
        page = shown(client, query)
        assert "Noget i filteret kan ikke læses" in page and "Min sag" in page


def test_a_long_list_is_read_page_by_page(ylva):
    person = make_person().id
    for number in range(PAGE + 3):
        own_case(ylva, title=f"Sag nr. {number}.", person=person)
    client = at_desk(ylva)
    first = shown(client)
    assert f"({PAGE + 3})" in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = shown(client, following)
    assert second.count("data-row>") == 3 and "Fra begyndelsen" in second


def test_an_empty_list_says_why_and_what_to_do(ylva):
    client = at_desk(ylva)
    assert "Du har ingen åbne sager" in shown(client)
    assert "Ingen af dine sager har frist" in shown(client, "?vis=frist")


def test_somebody_of_another_trade_sees_none_of_them(ylva):
    own_case(ylva, title="Boligsikring for Bente")
    bo = make_employee("Bo Byggesag", unit=make_unit("andetsteds", administration="BTF"), groups={"building": (5, 3)})
    assert "Boligsikring for Bente" not in shown(at_desk(bo), "?vis=alle")


def test_a_stranger_is_asked_to_log_in():
    assert Client().get("/arbejdsplads/sager").url.startswith("/log-ind")


def test_several_are_given_to_a_colleague_after_a_look_and_taken_back(ylva):
    bodil = caseworker("Bodil Bolig")
    cases = [own_case(ylva, title=f"Sag nr. {n}.")[0] for n in range(3)]
    chosen = "&".join(f"sag={case.id}" for case in cases[:2])
    client = at_desk(ylva)
    looked = client.get(f"/arbejdsplads/sager/giv?{chosen}", headers=HX).content.decode()
    assert "Sag nr. 0." in looked and "Sag nr. 2." not in looked and "nu hos Ylva Ydelse" in looked
    facts = {"sag": [str(case.id) for case in cases[:2]], "to": f"employee:{bodil.pk}"}
    page = client.post("/arbejdsplads/sager/giv", facts, follow=True).content.decode()
    assert "2 sager er givet videre." in page and "Fortryd" in page
    assert [case_row(case.id).handler_id for case in cases] == [bodil.pk, bodil.pk, ylva.pk]
    assert "Sagerne er, som de var" in client.post("/arbejdsplads/sager/fortryd", follow=True).content.decode()
    assert {case_row(case.id).handler_id for case in cases} == {ylva.pk}
    assert client.post("/arbejdsplads/sager/fortryd").status_code == 404


def test_what_somebody_changed_meanwhile_stays_and_the_page_says_why(ylva):
    bodil = caseworker("Bodil Bolig")
    cases = [own_case(ylva)[0] for _ in range(2)]
    facts = {"sag": [str(case.id) for case in cases], "to": f"employee:{bodil.pk}", f"version-{cases[1].id}": "99"}
    page = at_desk(ylva).post("/arbejdsplads/sager/giv", facts, follow=True).content.decode()
    assert f"{cases[1].number}: Sagen er ændret af en anden imens." in page
    assert [case_row(case.id).handler_id for case in cases] == [bodil.pk, ylva.pk]


def test_a_colleague_who_does_not_know_the_task_is_said_before_anything_is_done(ylva):
    case, _address = own_case(ylva)
    bo = make_employee("Bo Byggesag", unit=the_office(), groups={"building": (5, 3)})
    query = f"sag={case.id}&to=employee:{bo.pk}&q="
    looked = at_desk(ylva).get(f"/arbejdsplads/sager/giv?{query}", headers=HX).content.decode()
    assert "har ikke kompetencen" in looked


def test_the_deadline_of_several_is_moved_with_one_reason_and_back(ylva):
    due = clock.now() + timedelta(days=5)
    cases = [own_case(ylva, deadline=due)[0] for _ in range(2)]
    client = at_desk(ylva)
    day = clock.local(clock.now() + timedelta(days=30)).date()
    facts = {"sag": [str(case.id) for case in cases], "day": day.isoformat(), "ground": ""}
    assert client.post("/arbejdsplads/sager/frist", facts, headers=HX).status_code == 422
    facts["ground"] = "Registeret er nede"
    assert "på 2 sager" in client.post("/arbejdsplads/sager/frist", facts, follow=True).content.decode()
    assert {clock.local(case_row(case.id).deadline).date() for case in cases} == {day}
    client.post("/arbejdsplads/sager/fortryd")
    assert {case_row(case.id).deadline for case in cases} == {due}


def test_with_nothing_chosen_the_page_says_what_to_do(ylva):
    for address in ("giv", "frist"):
        page = at_desk(ylva).get(f"/arbejdsplads/sager/{address}", headers=HX).content.decode()
        assert "Vælg mindst en sag i listen først." in page

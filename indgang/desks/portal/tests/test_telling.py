"""News is read and marked, feedback is answered, forms go to the citizen in hand, hits are counted."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services as cards
from indgang.core.catalogue.testing import make_authority, make_card, make_card_text, make_rate, make_task
from indgang.core.contacts.testing import contact_row, make_contact, make_material, messages_of
from indgang.core.organisation.testing import make_administration, make_employee, make_group, make_unit, viewer_of
from indgang.core.routing.testing import make_available
from indgang.desks.portal import findings, news, services
from indgang.foundation.journal import selectors as journal_selectors
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db


def browser(employee) -> Client:
    client = Client()
    client.force_login(employee.account)
    return client


@pytest.fixture
def pension():
    make_administration("SUF", "Sundhedsforvaltningen")
    make_group("pension")
    make_task("T-076")
    make_task("T-121", title="Varmetillæg", group="pension", administration="SUF", level=1)
    make_card("T-121")


@pytest.fixture
def agnes(pension):
    return make_employee("Agnes Agent", groups={"pension": (3, 1)})


@pytest.fixture
def karen(pension):
    return make_employee("Karen Kontakt", roles=("manager",))


def written(author, **facts: object):
    given = {"title": "Ny frist for varmetillæg", "body": "Fra mandag gælder den nye frist.", **facts}
    return services.save_news(viewer=viewer_of(author), at=clock.now(), **given)


def test_an_instruction_is_read_marked_and_the_leader_sees_who_has(agnes, karen) -> None:
    make_employee("Mads Modtager", groups={"moving": (3, 1)})
    client = browser(agnes)
    made = written(karen, must_read=True, groups=["pension"])
    assert "skal læses" in client.get("/portal").content.decode()
    leader = browser(karen)
    before = leader.get(f"/portal/nyheder/{made}").content.decode()
    assert "0 af 1" in before and "Agnes Agent" in before and "Mads Modtager" not in before
    client.post(f"/portal/nyheder/{made}/laest", {"tilbage": "/portal"})
    assert "1 af 1" in leader.get(f"/portal/nyheder/{made}").content.decode()
    assert "Hvem har læst" not in client.get(f"/portal/nyheder/{made}").content.decode()


def test_news_is_for_those_with_the_competence_and_for_its_days(agnes, karen) -> None:
    today = clock.today()
    written(karen, title="Kun for flytning", groups=[make_group("moving").code])
    written(karen, title="Først i næste uge", valid_from=today + timedelta(days=7))
    written(karen, title="Var i sidste uge", valid_from=today - timedelta(days=7), valid_to=today - timedelta(days=1))
    written(karen, title="For alle nu")
    page = browser(agnes).get("/portal/nyheder").content.decode()
    assert "For alle nu" in page
    assert not re.search("Kun for flytning|Først i næste uge|Var i sidste uge", page)


def test_what_changed_in_an_instruction_is_read_again(agnes, karen) -> None:
    made = written(karen, must_read=True)
    services.mark_read(news=made, viewer=viewer_of(agnes), at=clock.now())
    assert news.unread(viewer_of(agnes), clock.now()) == 0
    written(karen, news=made, version=1, must_read=True, body="Fristen er rykket.")
    assert news.unread(viewer_of(agnes), clock.now()) == 1


def test_wrong_news_is_refused_and_stays_in_the_form(karen) -> None:
    leader = browser(karen)
    sent = {"title": "", "body": "Vigtigt", "start": "2026-01-02", "end": "2026-01-01"}
    refused = leader.post("/portal/nyheder/gem", sent)
    assert refused.status_code == 422 and "Vigtigt" in refused.content.decode()
    refused = leader.post("/portal/nyheder/gem", {**sent, "title": "Frist"})
    assert refused.status_code == 422 and "sidste dag" in refused.content.decode()
    assert leader.post("/portal/nyheder/gem", {**sent, "title": "Frist", "end": ""}).status_code == 302


def test_an_older_form_does_not_overwrite_newer_news(karen) -> None:
    made = written(karen)
    written(karen, news=made, version=1, body="Rettet først")
    sent = {"id": made, "version": "1", "title": "x", "body": "Rettet sidst", "start": "", "end": ""}
    assert browser(karen).post("/portal/nyheder/gem", sent).status_code == 409


def test_agents_write_no_news_and_leaders_only_their_own(agnes, karen) -> None:
    made = written(karen)
    assert browser(agnes).get("/portal/nyheder/ny").status_code == 404
    other = make_employee("Lea Leder", roles=("manager",))
    assert browser(other).post(f"/portal/nyheder/{made}/traek-tilbage", {"version": "1"}).status_code == 404
    assert browser(karen).post(f"/portal/nyheder/{made}/traek-tilbage", {"version": "1"}).status_code == 302
    assert "trukket tilbage" in browser(karen).get("/portal/nyheder?arkiv=1").content.decode()


def test_what_an_employee_misses_is_work_for_the_owner_and_is_answered(agnes) -> None:
    client = browser(agnes)
    sent = {"slags": "missing", "afsnit": "klage", "tekst": "Fristen for klage mangler"}
    assert client.post("/portal/opgaver/T-121/melding", sent).status_code == 302
    owner = browser(make_employee("Poula Pension", roles=("task_owner",), employer="SUF"))
    page = owner.get("/portal/redaktion?liste=meldinger").content.decode()
    assert "Fristen for klage mangler" in page and "Agnes Agent" in page
    stranger = browser(make_employee("Mille Miljø", roles=("task_owner",), employer="MFF"))
    assert "Fristen for klage" not in stranger.get("/portal/redaktion?liste=meldinger").content.decode()
    address = re.search(r'action="(/portal/redaktion/meldinger/[^"]+)"', page)[1]
    assert stranger.post(address, {"svar": "Nej"}).status_code == 404
    assert owner.post(address, {"svar": "Tak, den er skrevet ind."}).status_code == 302
    front = client.get("/portal").content.decode()
    assert "Tak, den er skrevet ind." in front
    client.post(re.search(r'action="(/portal/svar/[^"]+)"', front)[1])
    assert "Tak, den er skrevet ind." not in client.get("/portal").content.decode()


def test_an_empty_remark_is_refused_in_words(agnes) -> None:
    refused = browser(agnes).post("/portal/opgaver/T-121/melding", {"slags": "wrong", "tekst": " "})
    assert refused.status_code == 422 and "Skriv, hvad der mangler" in refused.content.decode()


@pytest.mark.req("po.rates")
def test_the_rates_of_a_day_stand_with_their_source(agnes) -> None:
    make_rate()
    page = browser(agnes).get("/portal/satser", {"dag": "2026-05-01"}).content.decode()
    assert "opfundet" in page and "1.1.2026" in page and "50760" in page.replace(".", "")
    make_card("T-121", text=make_card_text("T-121", fields='rates = ["housing_benefit.max_benefit"]'))
    card = browser(agnes).get("/portal/opgaver/T-121").content.decode().split('id="satser"')[1]
    assert "50.760 kr." in card and "opfundet" in card
    assert "ikke oplyst for den dag" in browser(agnes).get("/portal/satser", {"dag": "2030-01-01"}).content.decode()


@pytest.mark.req("po.otherauth")
def test_other_authorities_are_found_by_what_they_do(agnes) -> None:
    make_authority()
    page = browser(agnes).get("/portal/myndigheder", {"q": "skattekort"}).content.decode()
    assert "Skatteforvaltningen" in page and "Udfyldes af kommunen" in page
    assert "Skatteforvaltningen" not in browser(agnes).get("/portal/myndigheder", {"q": "told"}).content.decode()


def test_what_an_agent_says_beside_a_contact_is_counted_here(agnes) -> None:
    contact = uuid7(clock.now())
    journal.record(
        "contact.card_used", at=clock.now(), viewer_name="employee:1", subject="contacts.contact", contact=contact,
        data={"task": "T-121", "answered": True},
    )  # fmt: skip
    report = findings.report(clock.now())
    assert (report.answered, report.cards[0].task) == (1, "T-121")


def test_the_report_is_for_leaders_and_editors(agnes, karen) -> None:
    assert browser(agnes).get("/portal/fund").status_code == 404
    assert browser(karen).get("/portal/fund?dage=7").status_code == 200


@pytest.mark.req("po.beslutningsstøtte")
def test_guided_questions_end_with_a_result_and_its_reason(agnes) -> None:
    tables = """
[[guide]]
id = "start"
ask = "Er du pensionist?"
help = ""
[[guide.answers]]
text = "Ja"
goto = "wealth"
[[guide.answers]]
text = "Nej"
result = "not_entitled"
why = "Tillægget er for pensionister."
[[guide]]
id = "wealth"
ask = "Har du en stor formue?"
help = "Penge i banken tæller med."
[[guide.answers]]
text = "Nej"
result = "entitled"
why = "Så kan du søge."
[[guide.answers]]
text = "Ja"
result = "specialist"
why = "Det skal regnes ud."
"""
    make_task("T-122", title="Helbredstillæg", group="pension", administration="SUF")
    make_card("T-122", text=make_card_text("T-122", tables=tables))
    client, part = browser(agnes), {"HX-Request": "true"}
    asked = client.get("/portal/opgaver/T-122?svar=0", headers=part).content.decode()
    assert "Har du en stor formue?" in asked and "?svar=" in asked and "<html" not in asked
    for answers, result in (("0-0", "Så kan du søge."), ("0-1", "Det skal regnes ud."), ("1", "pensionister.")):
        assert result in client.get(f"/portal/opgaver/T-122?svar={answers}").content.decode()
    assert "Er du pensionist?" in client.get("/portal/opgaver/T-122?svar=9-9").content.decode()


def test_a_form_needs_a_citizen_in_hand(agnes) -> None:
    make_unit("KC")
    refused = browser(agnes).post("/portal/opgaver/T-121/send", {"material": "varme", "way": "mail"})
    assert refused.status_code == 409 and "ingen henvendelse i hånden" in refused.content.decode()


@pytest.mark.req("po.tips")
def test_a_form_that_is_gone_is_reported_to_the_editors(agnes) -> None:
    make_card("T-121", text=make_card_text("T-121", fields='materials = ["varme"]'))
    editor = browser(make_employee("Edith Editor", roles=("editor",)))
    assert "Koden findes ikke mere" in editor.get("/portal/redaktion?liste=links").content.decode()
    make_material("varme", title="Skema til varmetillæg", tasks=["T-121"])
    assert "Koden findes ikke mere" not in editor.get("/portal/redaktion?liste=links").content.decode()
    assert "Skema til varmetillæg" in browser(agnes).get("/portal/opgaver/T-121").content.decode()


@pytest.mark.req("po.competence")
def test_a_question_to_the_professionals_is_answered_and_the_answer_stands_on_the_card(agnes) -> None:
    client = browser(agnes)
    client.post("/portal/opgaver/T-121/melding", {"slags": "question", "tekst": "Tæller el til varmepumpe med?"})
    poula = make_employee("Poula Pension", roles=("task_owner",), employer="SUF")
    page = browser(poula).get("/portal/redaktion?liste=meldinger").content.decode()
    address = re.search(r'action="(/portal/redaktion/meldinger/[^"]+)"', page)[1]
    browser(poula).post(address, {"svar": "Ja, el til en varmepumpe tæller med."})
    assert "varmepumpe tæller med" in client.get("/portal").content.decode()
    text = catalogue.card_draft("T-121").text.replace("Legitimation", "El til en varmepumpe tæller med")
    at, editor = clock.now(), viewer_of(make_employee("Edith Editor", roles=("editor",)))
    number = cards.save_card_draft(
        task="T-121", text=text, based_on=1, why="Svar på et spørgsmål", viewer=editor, at=at
    )
    cards.submit_card(task="T-121", version=number, viewer=editor, at=at)
    cards.approve_card(task="T-121", version=number, publish_on=None, viewer=viewer_of(poula), at=at)
    assert "El til en varmepumpe tæller med" in client.get("/portal/opgaver/T-121").content.decode()


def test_a_form_of_the_card_goes_to_the_citizen_in_hand(agnes) -> None:
    make_group("general")
    form = make_material("varme", title="Skema til varmetillæg", tasks=["T-121"])
    make_card("T-121", text=make_card_text("T-121", fields='materials = ["varme"]'))
    contact = make_contact("Min mor kan ikke betale varmen", tasks=["T-121"], mail="datter@borger.example")
    make_available(agnes.pk, clock.now())
    client = browser(agnes)
    assert client.post("/arbejdsplads/naeste").status_code == 302
    card = client.get("/portal/opgaver/T-121").content.decode()
    assert "Skema til varmetillæg" in card and 'action="/portal/opgaver/T-121/send"' in card
    assert f'data-ticks="{contact.id}:T-121"' in card
    assert client.post("/portal/opgaver/T-121/send", {"material": form, "way": "mail"}).status_code == 302
    assert any("Skema til varmetillæg" in message.body for message in messages_of(contact.id))


def test_what_is_answered_with_a_contact_in_hand_is_tied_to_it(agnes) -> None:
    make_group("general")
    contact = make_contact("Varmen er for dyr", tasks=["T-121"], mail="datter@borger.example")
    make_available(agnes.pk, clock.now())
    client = browser(agnes)
    client.post("/arbejdsplads/naeste")
    reference = contact_row(contact.id).reference
    client.post("/portal/opgaver/T-121/svarede", {"svarede": "1", "henvendelse": reference})
    told = [line for line in journal_selectors.events_of_contact(contact.id) if line.verb == "card.used"]
    assert [line.data for line in told] == [{"task": "T-121", "answered": True}]

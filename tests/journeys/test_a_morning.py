"""A morning of one agent with the mouse disabled: twenty contacts in a row, by key alone."""

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import stage
from tests.journeys.steps import (
    add_task,
    answer,
    by_form,
    by_mail,
    close,
    closed,
    delivered,
    find_citizen,
    note,
    one_more_waits,
    send_and_close,
)
from tests.journeys.system import System, wait_for
from tests.journeys.test_first_journey import mail, somebody
from tests.journeys.typist import Typist

WHO = "agnes.agent"
TAKEN_AT_LEAST = 20
MOST_PRESSES = 8  # the median; whoever does 80 a day feels every one
PARENT = "Niels Sølbakke"
CHILD = "Elvira Sølbakke"


@pytest.fixture
def agnes(town: System, page: Page) -> Iterator[Typist]:
    """An agent at the desk, logged in by keys."""
    with stage.quiet_floor(town, WHO, "torben.toldskat"):
        typist = Typist(page, town)
        login = town.login(WHO)
        page.goto("/log-ind")
        typist.tab_to("#id_username")
        typist.write(login["username"])
        typist.press("Tab")
        typist.write(login["password"])
        typist.press("Enter")
        page.wait_for_url("**/arbejdsplads")
        yield typist


@pytest.mark.req("wp.uniform", "wp.env", "wp.nohop", "kc.personaladviser")
def test_twenty_contacts_before_lunch_without_a_mouse(agnes: Typist):
    written_contacts(agnes)
    callers_and_visitors(agnes)
    handed_on_and_put_aside(agnes)
    sys.stdout.write(f"\n{agnes.figures()}\n")
    for arrived in agnes.outside:
        wait_for(arrived, what="a mail at the citizen's")
    assert len(agnes.contacts) >= TAKEN_AT_LEAST
    presses = sorted(one.presses for one in agnes.contacts)
    assert presses[len(presses) // 2] <= MOST_PRESSES, agnes.figures()


def written_contacts(agnes: Typist) -> None:
    page, town = agnes.page, agnes.town
    flytter = by_mail(agnes, "Flytning", "Hej. Jeg flytter til Valby på lørdag. Hvordan melder jeg flytning?")
    with agnes.contact("mail, standard reply"):
        agnes.open("n", "flytter til Valby")
        reference = agnes.reference
        agnes.dialog("s", "#find-svar")
        agnes.write("melder flytning")
        agnes.press("Enter")
        expect(page.locator("#svar")).to_have_value(re.compile("fem dage.*Agnes", re.S))
        agnes.focused("#svar")
        agnes.write("Karla")  # a mail without a name: what is missing is selected
        expect(page.locator("#svar")).to_have_value(re.compile(r"^Kære Karla\n"))
        send_and_close(agnes, reference)
    agnes.later(lambda: delivered(town, flytter, "Kære Karla"))

    by_mail(agnes, "Sundhedskort", "Mit sundhedskort er blevet væk. Hvordan får jeg et nyt?")
    with agnes.contact("mail, own answer"):
        agnes.open("n", "blevet væk")
        answer(agnes, "Bestil et nyt på nettet, så kommer det med posten.")

    for words in ("Vi flytter sammen i næste uge, hvad skal vi huske?", "Jeg mangler en attest på min bopæl"):
        address = somebody("formular")
        by_form(agnes, words, address)
        with agnes.contact("web form, own answer"):
            agnes.open("n", words[:20])
            answer(agnes, "Det klarer du på nettet med MitID; ring, hvis noget driller.")

    undone_answer(agnes)
    cpr_in_an_answer(agnes)
    two_at_a_time(agnes)


def undone_answer(agnes: Typist) -> None:
    page, town = agnes.page, agnes.town
    sender = by_mail(agnes, "Ny læge", "Hvordan skifter jeg læge, når jeg flytter?")
    with agnes.contact("mail, sent answer undone"):
        agnes.open("n", "skifter jeg læge")
        agnes.press("r")
        agnes.write("Det ved jeg ikke.")
        agnes.press("Control+Enter")
        expect(page.locator("#fortryd-svar")).to_be_visible()
        agnes.settled()
        agnes.press("z")
        expect(page.locator("#svar")).to_have_value("Det ved jeg ikke.")
        expect(page.locator("#fortryd-svar")).to_have_count(0)
        agnes.settled()
        agnes.press("r", "Control+a")
        agnes.write("Vælg en ny læge på nettet.")
        send_and_close(agnes, agnes.reference)
    agnes.later(lambda: delivered(town, sender, "Vælg en ny læge") and not delivered(town, sender, "Det ved jeg ikke"))


def cpr_in_an_answer(agnes: Typist) -> None:
    page = agnes.page
    sender = by_mail(agnes, "Adresse", "Står jeg stadig på den gamle adresse?")
    with agnes.contact("mail, CPR number confirmed"):
        agnes.open("n", "gamle adresse")
        reference = agnes.reference
        agnes.press("r")
        agnes.write("Ja, 170752-1886 står der endnu.")
        agnes.press("Control+Shift+Enter")
        expect(page.locator("#svar-form .composer-messages")).to_contain_text("CPR-nummer")
        assert not delivered(agnes.town, sender, "170752")
        agnes.focused("#send-cpr")
        agnes.press("Space")
        send_and_close(agnes, reference)
    agnes.later(lambda: delivered(agnes.town, sender, "170752-1886"))


def two_at_a_time(agnes: Typist) -> None:
    page = agnes.page
    by_mail(agnes, "Flyttedag", "Må jeg melde flytningen dagen efter, at jeg er flyttet?")
    with agnes.contact("two at a time: the first"):
        agnes.open("n", "dagen efter")
        first = agnes.reference
        agnes.press("r")
        agnes.write("Ja, dagen efter går")
        expect(page.locator("#svar-gemt")).to_contain_text("gemt")
        agnes.press("Escape")
    by_mail(agnes, "Navn på postkassen", "Skal jeg sætte navn på postkassen, når jeg flytter?")
    with agnes.contact("two at a time: the second"):
        agnes.open("n", "postkassen")
        agnes.press("r")
        agnes.write("Ja, straks.")
        agnes.press("Escape")
        agnes.open("1" if page.locator("a[data-number='1']:not([aria-current])").count() else "2", "dagen efter")
        assert agnes.reference == first
        expect(page.locator("#svar")).to_have_value("Ja, dagen efter går")
        agnes.press("r", "Control+End")
        agnes.write(" fint.")
        send_and_close(agnes, first)
        agnes.open("1", "postkassen")
        expect(page.locator("#svar")).to_have_value("Ja, straks.")
        agnes.press("r")
        send_and_close(agnes, agnes.reference)


def callers_and_visitors(agnes: Typist) -> None:
    page = agnes.page
    with agnes.contact("phone, one task"):
        agnes.open("f")
        note(agnes, "Vil vide, hvornår flytning skal meldes.")
        add_task(agnes, "flytning", "adresse")
        close(agnes)
    several_tasks(agnes)
    with agnes.contact("letter, form sent by letter"):
        agnes.open("b")
        find_citizen(agnes, agnes.town.demo["citizens"][0]["cpr"], agnes.town.demo["citizens"][0]["name"])
        add_task(agnes, "flytning", "adresse")
        agnes.dialog("m", "#materiale")
        agnes.press("Control+Enter")
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect(page.locator("#samtale")).to_contain_text("Her er det, vi har talt om")
        agnes.settled()
        close(agnes)
    protected_citizen(agnes)
    somebody_speaks_for_another(agnes)
    personal_adviser(agnes)
    complaint(agnes)


def several_tasks(agnes: Typist) -> None:
    with agnes.contact("counter, three tasks"):
        agnes.open("p")
        reference = agnes.reference
        add_task(agnes, "flytning", "adresse")
        add_task(agnes, "nyt sundhedskort", "undhedskort")
        add_task(agnes, "skifte læge", "æge")
        agnes.dialog("e", "#afslut")
        agnes.press("Tab", "ArrowDown")  # the second task ended otherwise
        agnes.away("Control+Enter")
        closed(agnes, reference)
        assert len(agnes.state(reference)["tasks"]) == 3


def protected_citizen(agnes: Typist) -> None:
    page, person = agnes.page, next(one for one in agnes.town.demo["citizens"] if one.get("protected"))
    with agnes.contact("counter, protected citizen by CPR"):
        agnes.open("p")
        find_citizen(agnes, person["cpr"], "Beskyttet")
        facts = page.locator("#borger")
        expect(facts).not_to_contain_text(re.compile(r"\d{4} [A-ZÆØÅ]"))  # no place of living
        expect(facts.locator("a[href^='tel:']")).to_have_count(0)
        expect(facts).to_contain_text("••••")
        assert not {person["cpr"], person["name"]} & set(re.split(r"[<>]", page.content()))
        note(agnes, "Spurgte om åbningstider.")
        close(agnes)


def somebody_speaks_for_another(agnes: Typist) -> None:
    page, parent = agnes.page, next(one for one in agnes.town.demo["citizens"] if one["name"] == PARENT)
    with agnes.contact("phone, a parent speaks for a child"):
        agnes.open("f")
        find_citizen(agnes, parent["cpr"], PARENT)
        agnes.focused("#omkring-felt summary")
        agnes.settled()
        agnes.press("Enter")
        child = page.locator("#omkring-felt li", has_text=CHILD).first
        expect(child).to_contain_text("forældremyndighed")
        agnes.settled()
        agnes.tab_to(f"#omkring-felt button[value='{speaks_for(child)}']")
        agnes.press("Enter")
        expect(page.locator("#borger")).to_contain_text("På vegne af")
        agnes.settled()
        note(agnes, "Faren vil skrive barnet op til ny læge.")
        close(agnes)


def speaks_for(row: Locator) -> str:
    """The id behind "on this person's behalf"."""
    return str(row.locator("button[name=person]").get_attribute("value"))


def personal_adviser(agnes: Typist) -> None:
    """Who has a personal adviser is connected to that person first."""
    page = agnes.page
    with agnes.contact("phone, connected to the personal adviser"):
        agnes.open("f")
        person = next(one for one in agnes.town.demo["citizens"] if one["name"] == "Yrsa Engeløkke Hybenbro")
        find_citizen(agnes, person["cpr"], person["name"])
        expect(page.locator("#til-raadgiver")).to_be_visible()
        reference = agnes.reference
        agnes.dialog("t", "#overdrag")
        expect(page.locator("#til-1")).to_be_checked()
        expect(page.locator("label[for=til-1]")).to_contain_text("rådgiver")
        agnes.press("Enter")
        agnes.focused("#overdrag-note")
        agnes.write("Vil tale med sin rådgiver om sit møde.")
        agnes.away("Control+Enter")
    assert agnes.state(reference)["state"] != "closed"


def complaint(agnes: Typist) -> None:
    page = agnes.page
    text = "Der var en times kø ved skranken i går."
    with agnes.contact("phone, complaint taken in"):
        agnes.open("f")
        reference = agnes.reference
        agnes.dialog("x", "#klage")
        agnes.press("ArrowDown")
        agnes.tab_to("#klage-enhed", most=2)
        agnes.press("ArrowDown")
        agnes.tab_to("#klage-tekst", most=2)
        agnes.write(text)
        agnes.press("Control+Enter")
        expect(page.locator("#besked")).to_contain_text("Klage")
        agnes.settled()
        close(agnes)
    agnes.press("g", "f")
    expect(page.locator(".complaint-list li", has_text=reference)).to_contain_text(text)
    agnes.press("g", "a")
    page.wait_for_url("**/arbejdsplads")


def handed_on_and_put_aside(agnes: Typist) -> None:
    put_aside(agnes)
    waits_for_the_citizen(agnes)
    taken_back(agnes)
    to_the_specialist(agnes)
    promised_call(agnes)


def put_aside(agnes: Typist) -> None:
    by_mail(agnes, "Indrejse", "Hvad skal jeg have med, når jeg flytter hertil fra udlandet?")
    with agnes.contact("mail, put aside"):
        agnes.open("n", "fra udlandet")
        reference = agnes.reference
        agnes.dialog("u", "#udskyd")
        agnes.away("Control+Enter")
    row = agnes.page.locator(".work-list li", has_text=reference)
    expect(row).to_contain_text("udskudt til")


def waits_for_the_citizen(agnes: Typist) -> None:
    page = agnes.page
    sender = by_mail(agnes, "Hvilken dag", "Jeg flytter snart. Er det ikke for tidligt at melde det?")
    with agnes.contact("mail, asked back, answered by the citizen"):
        agnes.open("n", "for tidligt")
        reference = agnes.reference
        agnes.press("r")
        agnes.write("Hvilken dag flytter du?")
        agnes.press("Control+Enter")
        expect(page.locator("#samtale")).to_contain_text("Hvilken dag flytter du?")
        agnes.settled()
        agnes.away("v")
        agnes.later(lambda: delivered(agnes.town, sender, "Hvilken dag flytter"))
        (receipt,) = wait_for(lambda: agnes.town.mails_to(sender), what="the receipt")
        answered = re.search(r"^Message-ID: (.+)$", agnes.town.raw_mail(receipt["id"]), re.M | re.I)
        headers = {"In_Reply_To": answered.group(1).strip()}
        with one_more_waits(agnes.town):
            agnes.town.send_mail(mail(sender, "Re: Hvilken dag", "På fredag. Hilsen mig", **headers))
        agnes.open("n", "På fredag")
        assert agnes.reference == reference
        answer(agnes, "Så kan du melde det i dag.")


def taken_back(agnes: Typist) -> None:
    page = agnes.page
    by_mail(agnes, "Folketinget", "Hvornår får jeg besked om min adresse?")
    with agnes.contact("mail, handed on and taken back"):
        agnes.open("n", "min adresse")
        agnes.dialog("t", "#overdrag")
        agnes.write("Skat")
        agnes.press("Enter")
        agnes.focused("#overdrag-note")
        agnes.write("Til jer.")
        agnes.away("Control+Enter")
        expect(page.locator("#tag-tilbage")).to_be_visible()
        agnes.open("z", "Til jer.")
        answer(agnes, "Du får besked inden fredag.")


def to_the_specialist(agnes: Typist) -> None:
    page, town = agnes.page, agnes.town
    by_mail(agnes, "Flytning", "Jeg flytter. Hvornår skal jeg melde flytning?")
    with agnes.contact("mail, to the specialist with a note"):
        agnes.open("n", "Hvornår skal jeg")
        reference = agnes.reference
        agnes.dialog("t", "#overdrag")
        agnes.write("Borgerservice")
        expect(page.locator("#modtagere .opening").first).to_contain_text(re.compile("[Åå]b"))  # open until, or opens
        agnes.press("Control+a")
        agnes.write("Torben Told")
        agnes.press("Enter")
        agnes.focused("#overdrag-note")
        agnes.write("Flytningen er klaret. Kun skatten mangler.")
        agnes.away("Control+Enter")
    receiver = town.login("torben.toldskat")["api_key"]
    stage.set_state(town, "torben.toldskat", "available")
    item = wait_for(lambda: stage.item_of(town, reference), what="the item on its way")
    wait_for(lambda: (stage.item_of(town, reference) or {}).get("state") == "offered", what="the offer to Torben")
    assert town.api("POST", f"/work/{item['id']}/accept", key=receiver)[0] == 200
    said = [row["body"] for row in agnes.state(reference)["messages"]]
    assert any("Kun skatten mangler" in body for body in said)
    assert town.api("POST", f"/contacts/{reference}/close", {"outcome": "informed"})[0] == 200
    stage.set_state(town, "torben.toldskat", "offline")


def promised_call(agnes: Typist) -> None:
    page = agnes.page
    with agnes.contact("phone, a call promised"):
        agnes.open("f")
        reference = agnes.reference
        agnes.dialog("o", "#opkald")
        agnes.write("00 00 00 17")
        agnes.away("Control+Enter")
    wait_for(lambda: stage.item_of(agnes.town, reference), what="the call in the queue")
    with agnes.contact("call back, reached"):
        agnes.open("n")
        assert agnes.reference == reference
        expect(page.locator("#besked")).to_contain_text("00 00 00 17")
        agnes.dialog("o", "#ringet")
        agnes.press("Control+Enter")
        expect(page.locator("#besked .call-back")).to_have_count(0)
        agnes.settled()
        close(agnes)

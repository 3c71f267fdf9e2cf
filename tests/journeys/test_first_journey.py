"""From a citizen's own words to the answer: by web form and by mail, over two employees, nothing retold."""

import re
from email.message import EmailMessage
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.system import PATIENCE, System, wait_for


def mail(sender: str, subject: str, body: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "kontakt@indgang.example", subject
    message["Message-ID"] = f"<{abs(hash((sender, subject, body)))}@borger.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def somebody(name: str) -> str:
    """The address of somebody who never wrote before."""
    return f"{name}-{uuid4().hex[:8]}@borger.example"


def new_page(context: BrowserContext, town: System) -> Page:
    """Another employee's browser."""
    opened = context.browser.new_context(base_url=town.url, locale="da-DK", viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(PATIENCE)
    return opened.new_page()


@pytest.mark.req("wf.autoreply", "wf.triage", "vision.one")
def test_who_moves_gets_the_answer_on_the_page_and_by_mail(town: System, page: Page):
    address = somebody("flytter")
    page.goto("/")
    page.get_by_label("Skriv det med dine egne ord").fill("jeg flytter til Valby på lørdag")
    page.get_by_role("button", name="Find hjælp").click()
    expect(page.get_by_role("radio").first).to_be_checked()
    page.get_by_role("button", name="Gå videre").click()
    if page.url.endswith("/spoergsmaal"):
        for group in page.get_by_role("group").all():
            group.get_by_role("radio").first.check()
        page.get_by_role("button", name="Gå videre").click()
    page.get_by_role("button", name="Send mig svaret på mail").click()
    page.get_by_label("Din mailadresse").fill(address)
    page.get_by_role("button", name="Gå videre").click()
    page.get_by_role("button", name="Send mig svaret").click()
    expect(page.get_by_role("heading", name="Svaret er på vej til din mail")).to_be_visible()
    reference = page.locator(".alert .number").inner_text()
    (sent,) = wait_for(lambda: town.mails_to(address), what="the mail")
    assert "selvbetjening" in town.text_of(sent["id"])
    page.get_by_role("link", name="Følg din henvendelse").click()
    expect(page.get_by_text(reference).first).to_be_visible()
    status, contact = town.api("GET", f"/contacts/{reference}")
    assert (status, contact["state"]) == (200, "closed")


@pytest.mark.req("kc.skill", "kc.transfer", "kc.onemail", "kc.receive", "crosschannel")
def test_a_mail_reaches_the_right_employee_then_the_tax_specialist_and_is_answered(
    town: System, page: Page, context: BrowserContext, log_in
):
    log_in(page, "palle.pusling")
    page.get_by_role("button", name="Jeg er klar").click()
    expect(page.get_by_text("Klar").first).to_be_visible()
    status, _ = town.api("PUT", "/work/state", {"state": "available"}, key=town.login("mads.modtager")["api_key"])
    assert status == 200  # free as well, but knows nothing of day care

    karla = somebody("karla")
    message = mail(
        karla,
        "Forkert plads i vuggestuen",
        "Hej. Vi har fået anvist en forkert plads i vuggestuen: den ligger i den anden ende af byen, se brevet.\n"
        "Og så har jeg et spørgsmål til min skat: skal jeg ændre min forskudsopgørelse, når jeg går på orlov?"
        "\n\nHilsen Karla",
    )
    message.add_attachment(b"%PDF-1.4 brev", maintype="application", subtype="pdf", filename="anvisning.pdf")
    town.send_mail(message)

    expect(page.get_by_role("heading", name="Tilbudt til dig")).to_be_visible(timeout=120_000)
    page.get_by_role("button", name="Tag den").click()
    expect(page.locator("#samtale").get_by_text("anden ende af byen")).to_be_visible()
    expect(page.get_by_role("link", name="anvisning.pdf")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="anvisning.pdf").click()
    assert download.value.suggested_filename == "anvisning.pdf"

    page.get_by_label(f"Svar til {karla}").fill("Kære Karla. Vi flytter pladsen til Valby.")
    expect(page.locator("#svar-gemt")).to_contain_text("gemt")
    page.get_by_role("button", name="Send svaret").click()
    expect(page.locator("#samtale").get_by_text("Vi flytter pladsen til Valby.")).to_be_visible()
    wait_for(lambda: len(town.mails_to(karla)) >= 2, what="receipt and answer")

    specialist = new_page(context, town)
    log_in(specialist, "torben.toldskat")
    specialist.get_by_role("button", name="Jeg er klar").click()
    page.get_by_role("link", name="Giv videre").click()
    page.get_by_label("Til hvem?").fill("Torben Told")
    page.get_by_role("radio", name="Torben Toldskat").check()
    page.get_by_label("Hvad skal modtageren vide?").fill("Pladsen er løst. Spørgsmålet om forskudsopgørelsen mangler.")
    page.get_by_role("button", name="Giv henvendelsen videre").click()
    expect(page.get_by_text("Du har ikke noget i hånden.")).to_be_visible()

    expect(specialist.get_by_role("heading", name="Tilbudt til dig")).to_be_visible(timeout=120_000)
    specialist.get_by_role("button", name="Tag den").click()
    talk = specialist.locator("#samtale")
    for said in ("anden ende af byen", "Vi flytter pladsen til Valby.", "Spørgsmålet om forskudsopgørelsen mangler."):
        expect(talk.get_by_text(said)).to_be_visible()
    specialist.get_by_label(f"Svar til {karla}").fill("Ja, ret forskudsopgørelsen i TastSelv.")
    specialist.get_by_role("button", name="Send svaret").click()
    expect(talk.get_by_text("ret forskudsopgørelsen")).to_be_visible()

    answers = wait_for(
        lambda: [m for m in town.mails_to(karla) if "TastSelv" in town.text_of(m["id"])],
        what="the specialist's answer",
    )
    answered_id = re.search(r"^Message-ID: (.+)$", town.raw_mail(answers[0]["id"]), re.M | re.I).group(1).strip()
    town.send_mail(mail(karla, "Re: Forkert plads", "Tak, det gør jeg. Hilsen Karla", In_Reply_To=answered_id))
    expect(talk.get_by_text("Tak, det gør jeg.")).to_be_visible(timeout=120_000)

    specialist.get_by_text("Historik").click()
    for happened in ("Modtaget", "Tilbudt", "Taget", "Givet videre", "Besvaret", "Ny besked fra borgeren"):
        expect(specialist.locator(".history").get_by_text(happened).first).to_be_visible()
    specialist.get_by_role("link", name="Afslut").click()
    specialist.get_by_role("button", name="Afslut", exact=True).click()
    expect(specialist.get_by_text("Du har ikke noget i hånden.")).to_be_visible()

    texts = [town.text_of(m["id"]) for m in town.mails_to(karla)]
    link = next(found for text in texts if (found := re.search(r"http://127\.0\.0\.1:\d+(/status/[\w-]+)", text)))
    page.goto(link.group(1))
    expect(page.get_by_text("anden ende af byen")).to_be_visible()
    expect(page.get_by_text("Vi flytter pladsen til Valby.")).to_have_count(0)
    verified = town.run("verify-journal", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr

"""An editor changes a card, its owner approves, everybody reads the new text; nothing is overwritten silently."""

import io
import re
import zipfile
from datetime import date
from html import unescape

import pytest
from django.test import Client

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services as cards
from indgang.core.catalogue.testing import make_card, make_card_text, make_task
from indgang.core.organisation.testing import make_administration, make_employee, make_group, make_unit
from indgang.desks.portal import card_form
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
PAGE = "/portal/redaktion/T-121"
NEW = "Du kan søge hele året, ikke kun om vinteren."


def logged_in(name: str, *roles: str, employer: str = "ØKF") -> Client:
    client = Client()
    client.force_login(make_employee(name, roles=roles, employer=employer).account)
    return client


@pytest.fixture
def card() -> None:
    make_administration("SUF", "Sundhedsforvaltningen")
    make_task("T-121", title="Personligt tillæg til varme", group="pension", administration="SUF", level=1)
    make_task("T-076")  # the card points to it
    make_card("T-121")


@pytest.fixture
def editor(card: None) -> Client:
    return logged_in("Edith Editor", "editor")


@pytest.fixture
def owner(card: None) -> Client:
    return logged_in("Poula Pension", "task_owner", employer="SUF")


def fields(client: Client, address: str = PAGE) -> dict[str, str]:
    """What the form holds, as a browser would send it."""
    page = client.get(address).content.decode()
    form = page[page.index(f'action="{PAGE}/gem"') :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<input[^>]*name="(\w[\w-]*)"[^>]*value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items()} | {"gem": "1"}


def saves(client: Client, why: str = "Sæsonen er væk", **changes: str) -> str:
    answer = client.post(f"{PAGE}/gem", fields(client) | changes | {"why": why})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_the_form_makes_the_same_file_again(editor: Client) -> None:
    text = make_card_text("T-121")
    form = card_form.form_of(text, "T-121")
    made, faults = card_form.as_file("T-121", form, date(2026, 3, 1))
    assert (card_form.form_of(made, "T-121"), faults) == (form, [])


def test_guided_questions_survive_the_form() -> None:
    guide = (
        "start: Er du pensionist?\n? Også førtidspension.\n- Ja -> formue\n- Nej => ikke ret: Det er for pensionister."
    )
    guide += "\n\nformue: Har du en formue?\n- Nej => ret: Så kan du søge.\n- Ja => fagperson: Det vurderes. (T-121)"
    form = card_form.form_of(make_card_text("T-121"), "T-121") | {"guide": guide}
    made, faults = card_form.as_file("T-121", form, date(2026, 3, 1))
    assert faults == []
    assert card_form.form_of(made, "T-121")["guide"] == guide


@pytest.mark.req("po.jointdev")
def test_the_owner_approves_what_an_editor_wrote_and_everybody_reads_it(editor: Client, owner: Client) -> None:
    saves(editor, bagefter=NEW)
    number = catalogue.card_draft("T-121").number
    editor.post(f"{PAGE}/indsend", {"version": number})
    assert NEW not in owner.get("/portal/opgaver/T-121").content.decode()
    assert "Til godkendelse" in owner.get("/portal/redaktion?liste=godkendelse").content.decode()
    assert owner.post(f"{PAGE}/godkend", {"version": number, "dag": ""}).status_code == 302
    assert NEW in owner.get("/portal/opgaver/T-121").content.decode()
    agent = logged_in("Agnes Agent", "agent")
    assert "Sæsonen er væk" in agent.get("/portal").content.decode()


def test_the_author_does_not_approve_their_own_text(editor: Client, owner: Client) -> None:
    saves(owner, bagefter=NEW)
    number = catalogue.card_draft("T-121").number
    owner.post(f"{PAGE}/indsend", {"version": number})
    assert "Godkend</button>" not in owner.get(PAGE).content.decode()
    assert owner.post(f"{PAGE}/godkend", {"version": number}).status_code == 403


def test_what_is_sent_back_says_why(editor: Client, owner: Client) -> None:
    saves(editor, bagefter=NEW)
    number = catalogue.card_draft("T-121").number
    editor.post(f"{PAGE}/indsend", {"version": number})
    owner.post(f"{PAGE}/retur", {"version": number, "grund": "Nævn fristen"})
    assert "Nævn fristen" in editor.get("/portal/redaktion?liste=kladder").content.decode()


def test_the_second_of_two_editors_sees_the_others_text_and_loses_nothing(editor: Client, owner: Client) -> None:
    mine = fields(editor) | {"bagefter": "Vi ringer til dig.", "why": "Vi ringer nu"}
    saves(owner, bagefter=NEW)
    refused = editor.post(f"{PAGE}/gem", mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Poula Pension har gemt kortet" in page
    assert "hele året" in page and "Vi ringer til dig." in page
    again = mine | {"based_on": re.search(r'name="based_on" value="(\d+)"', page)[1]}
    assert editor.post(f"{PAGE}/gem", again).status_code == 302


def test_a_change_needs_its_why(editor: Client) -> None:
    refused = editor.post(f"{PAGE}/gem", fields(editor) | {"bagefter": NEW, "why": " "})
    assert refused.status_code == 422
    assert NEW in refused.content.decode()


def test_faults_are_named_by_field_and_the_text_stays(editor: Client) -> None:
    wrong = {"bagefter": NEW, "related": "T-99999", "guide": "noget rod", "why": "x"}
    refused = editor.post(f"{PAGE}/gem", fields(editor) | wrong)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "noget rod" in page and NEW in page
    assert catalogue.card_draft("T-121").number == 1


def test_the_whole_file_can_be_edited_by_who_knows_it(editor: Client) -> None:
    file = fields(editor, f"{PAGE}?raa=1")["text"].replace("Kvitteringen kommer straks.", "Du får svar med det samme.")
    sent = {"raa": "1", "text": file, "based_on": "1", "why": "Klarere", "gem": "1"}
    assert editor.post(f"{PAGE}/gem", sent).status_code == 302
    assert "Du får svar med det samme." in catalogue.card_draft("T-121").text


def test_how_it_will_be_is_seen_before_it_is_saved(editor: Client) -> None:
    shown = editor.post(f"{PAGE}/gem", {**fields(editor), "gem": "", "se": "1", "bagefter": NEW}).content.decode()
    assert shown.count(NEW) == 2  # in the field and in the preview
    assert catalogue.card_draft("T-121").number == 1


def test_an_earlier_edition_is_published_again(editor: Client, owner: Client) -> None:
    test_the_owner_approves_what_an_editor_wrote_and_everybody_reads_it(editor, owner)
    assert "Send udgave 1 til godkendelse" in editor.get(f"{PAGE}/udgaver").content.decode()
    editor.post(f"{PAGE}/rul-tilbage", {"version": 1, "hvorfor": "Det gik for stærkt"})
    assert NEW in editor.get("/portal/opgaver/T-121").content.decode()
    assert "Udgiv udgave 1 igen" in owner.get(f"{PAGE}/udgaver").content.decode()
    owner.post(f"{PAGE}/rul-tilbage", {"version": 1, "hvorfor": "Det gik for stærkt"})
    assert NEW not in editor.get("/portal/opgaver/T-121").content.decode()
    assert "<ins>" in editor.get(f"{PAGE}/udgaver?fra=1&til=2").content.decode()


@pytest.mark.req("po.maintain")
def test_cards_leave_as_files_and_come_back_as_drafts(editor: Client) -> None:
    packed = editor.get("/portal/redaktion/kort.zip").content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        text = archive.read("T-121.md").decode()
    assert text == catalogue.card_files()["T-121.md"]
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        archive.writestr("T-121.md", text.replace("Kvitteringen kommer straks.", "Svaret kommer straks."))
    changed.seek(0)
    changed.name = "kort.zip"
    answer = editor.post("/portal/redaktion/indlaes", {"archive": changed, "why": "Rettet hjemme"})
    assert "1 af 1 kort" in answer.content.decode()
    assert "Svaret kommer straks." in catalogue.card_draft("T-121").text


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_an_archive_that_cannot_be_read_changes_nothing(editor: Client, content: bytes) -> None:
    file = io.BytesIO(content)
    file.name = "kort.zip"
    assert editor.post("/portal/redaktion/indlaes", {"archive": file, "why": "x"}).status_code == 422


@pytest.mark.req("po.notexhaustive")
def test_a_task_an_editor_adds_is_found_at_once(editor: Client) -> None:
    make_unit("KC")
    make_group("general")
    answer = editor.post(
        "/portal/redaktion/ny-opgave/opret",
        {"title": "Lån af ladcykel", "administration": "SUF", "group": "general", "answer_hours": "8",
         "words": "låne en ladcykel\ncykel med lad"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    code = answer.headers["Location"].rsplit("/", 1)[1]
    assert editor.get(answer.headers["Location"]).status_code == 200
    found = editor.get("/portal", {"q": "jeg vil låne en ladcykel"}).content.decode()
    assert f"/portal/opgaver/{code}?" in found
    assert catalogue.triage("jeg vil låne en ladcykel", at=clock.now()).suggestions[0].task_id == code


def test_who_neither_edits_nor_approves_finds_no_desk(card: None) -> None:
    agent = logged_in("Agnes Agent", "agent")
    for address in ("/portal/redaktion", PAGE, f"{PAGE}/udgaver", "/portal/redaktion/kort.zip"):
        assert agent.get(address).status_code == 404


def test_an_owner_of_other_tasks_reads_and_does_not_write(card: None) -> None:
    other = logged_in("Mille Miljø", "task_owner", employer="MFF")
    page = other.get(PAGE)
    assert page.status_code == 200 and f'action="{PAGE}/gem"' not in page.content.decode()
    sent = {"raa": "1", "text": make_card_text("T-121"), "based_on": "1", "why": "x", "gem": "1"}
    assert other.post(f"{PAGE}/gem", sent).status_code == 404


@pytest.mark.parametrize(
    "which",
    ["", "godkendelse", "kladder", "planlagte", "meldinger", "konflikter", "ses-paa", "felter", "links", "findes-ikke"],
)
def test_every_list_of_the_desk_opens(editor: Client, which: str) -> None:
    assert editor.get("/portal/redaktion", {"liste": which}).status_code == 200


def test_a_file_of_the_profile_that_differs_is_listed_until_somebody_has_compared(editor: Client) -> None:
    saves(editor, bagefter=NEW)
    text = make_card_text("T-121").replace("Kvitteringen kommer straks.", "Profilen siger noget andet.")
    cards.load_cards(texts={"T-121.md": text}, at=clock.now())
    listed = editor.get("/portal/redaktion?liste=konflikter").content.decode()
    compared = editor.get(re.search(r'href="(/portal/redaktion/T-121/udgaver[^"]+)"', listed)[1]).content.decode()
    assert "Profilen siger noget andet" in compared
    assert NEW in catalogue.card_draft("T-121").text
    editor.post(f"{PAGE}/konflikt")
    assert "T-121/udgaver" not in editor.get("/portal/redaktion?liste=konflikter").content.decode()

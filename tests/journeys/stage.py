"""What must have happened for every state of every screen to be there to look at."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from tests.journeys.system import System, wait_for
from tests.journeys.visitor import Visitor

PENSION_OFFICE = "PO-VALBY"  # where poula.pension works
DAY_CARE = "Mit barn har fået en forkert plads i vuggestuen"
MOVING = {"da": "jeg flytter til Valby på lørdag", "en": "I am moving to another address in town"}
BUSY_ELSEWHERE = {"palle.pusling", "torben.toldskat", "mads.modtager"}  # the first journey leaves them at work
LETTER = re.compile(r'href="/demo/postkasse/([^"]+)"')
FAULTY_MAIL = b"\x00\x01\x02 this is no mail\r\n" * 3


def citizen_stage(town: System, language: str) -> dict[str, str]:
    """Forms at every step, and the status pages behind them."""
    citizen = Visitor(town, language)
    words = MOVING[language]
    made = {"life": "housing", "suggested": citizen.begin(words)}
    made["unclear"] = citizen.begin("hej" if language == "da" else "hello there")
    made["nothing"] = citizen.begin("min kæreste er gået fra mig" if language == "da" else "my girlfriend left me")
    made["questions"] = citizen.begin(words, "T-076")

    answer = made["answer"] = citizen.begin(words, "T-076")
    citizen.post(f"/kontakt/{answer}/spoergsmaal", where="denmark")
    number = made["number"] = citizen.begin(DAY_CARE, "T-029")
    asked = citizen.get(f"/kontakt/{number}/spoergsmaal").text
    wrong_place = re.search(r'name="what" id="what-([\w-]+)"', asked).group(1)
    citizen.post(f"/kontakt/{number}/spoergsmaal", what=wrong_place)

    made["unreached"] = citizen.begin(words, "")
    only = made["answer_only"] = citizen.begin(words, "T-076")
    citizen.post(f"/kontakt/{only}/spoergsmaal", where="denmark")
    citizen.post(f"/kontakt/{only}/svar", way="answer")

    reach = "kontaktoplysninger"
    review = made["review"] = citizen.begin(words, "")
    facts = {"way": "message", "name": "Karla Kunstig", "mail": "karla@borger.example"}
    citizen.post_file(f"/kontakt/{review}/{reach}", "brev om plads.pdf", b"%PDF-1.4", **facts)

    made["sent"] = send(citizen, citizen.begin(words, ""), facts)
    made["called"] = send(citizen, citizen.begin(words, ""), {"way": "call_back", "phone": "00 00 00 17"})
    settled = citizen.begin(words, "T-076")
    citizen.post(f"/kontakt/{settled}/spoergsmaal", where="denmark")
    citizen.post(f"/kontakt/{settled}/svar", way="answer")
    made["settled"] = send(citizen, settled, {"way": "answer", "mail": "karla@borger.example"})
    for name in ("sent", "settled"):
        receipt = citizen.get(f"/kontakt/{made[name]}/kvittering").text
        made[f"status_{name}"] = re.search(r'href="(/status/[^"]+)"', receipt).group(1)
    return made


def send(citizen: Visitor, token: str, facts: dict[str, str]) -> str:
    citizen.post(f"/kontakt/{token}/kontaktoplysninger", **facts)
    seen = citizen.post(f"/kontakt/{token}/se-igennem")
    assert seen.path.endswith("/kvittering"), seen
    return token


def staff_stage(town: System) -> dict[str, str]:
    """One item offered, two in hand, one of them with a person; a mail nobody can read; a letter in the mailbox."""
    citizen = Visitor(town)
    send(citizen, citizen.begin(MOVING["da"], ""), {"way": "message", "mail": "karla@borger.example"})
    empty_queue(town)
    made = {
        "in_hand": item_in_hand(town, "mille.miljoe", "T-094", "Der er rotter i gården"),
        "with_person": item_in_hand(town, "rikke.rolig", "T-062", "Vi vil gerne låne et lokale", cpr=a_cpr(town)),
    }
    with smtplib.SMTP("127.0.0.1", town.port + 25, timeout=30) as smtp:
        smtp.sendmail("ingen@borger.example", ["kontakt@indgang.example"], FAULTY_MAIL)
    seen = wait_for(lambda: LETTER.search(Visitor(town).get("/demo/postkasse").text), what="a letter in the mailbox")
    made["letter"] = seen.group(1)
    made |= case_in_hand(town, "poula.pension", "T-116")
    poula = desk_of(town, "poula.pension")
    promise(poula, made["case"])
    made["access"] = request_for(poula, made["case"])
    made["offered"] = offered_item(town, "vera.vejhjaelp", "T-009", "Der er et stort hul i vejen")
    return made


def case_in_hand(town: System, username: str, task: str) -> dict[str, str]:
    """A case of a citizen of the demo town at this employee's unit: its number, and whose it is."""
    body = {"task_id": task, "citizen": a_cpr(town), "title": "Boligydelse efter ny indkomst", "unit": PENSION_OFFICE}
    status, made = town.api("POST", "/cases", body, key=town.login(username)["api_key"])
    assert status == 201, made
    return {"case": str(made["number"]), "citizen_id": str(made["citizen"])}


def desk_of(town: System, username: str) -> Visitor:
    """An employee who is logged in."""
    desk, login = Visitor(town), town.login(username)
    seen = desk.post("/log-ind", username=login["username"], password=login["password"])
    assert seen.path.startswith("/arbejdsplads"), seen
    return desk


def promise(desk: Visitor, case: str) -> None:
    """A day by which that case is answered."""
    key = re.search(r'data-case="([^"]+)"', desk.get(f"/arbejdsplads/sag/{case}").text).group(1)
    day = date.today() + timedelta(days=20)
    seen = desk.post("/arbejdsplads/sager/frist", sag=key, day=str(day), ground="Der mangler oplysninger")
    assert (seen.status, seen.path) == (200, "/arbejdsplads/sager"), seen


def request_for(desk: Visitor, case: str) -> str:
    """Somebody asks to see that case; the number of the request."""
    facts = {"law": "party", "number": case, "about": "case", "who": "citizen", "asked_for": "Alt i min sag"}
    seen = desk.post("/arbejdsplads/aktindsigt/ny", **facts)
    assert seen.status == 200, seen
    return seen.path.rpartition("/")[2]


def a_cpr(town: System) -> str:
    return str(town.demo["citizens"][0]["cpr"])


def contact(town: System, task: str, text: str, **inquirer: str) -> str:
    """A mail to the municipality about this task; its reference."""
    body = {"channel": "mail", "text": text, "tasks": [task], "inquirer": {"name": "Karla Kunstig", **inquirer}}
    status, made = town.api("POST", "/contacts", body)
    assert status == 201, made
    return str(made["reference"])


def item_of(town: System, reference: str) -> dict[str, Any] | None:
    status, page = town.api("GET", "/work/queue?limit=200")
    assert status == 200, page
    return next((row for row in page["items"] if row["reference"] == reference), None)


def set_state(town: System, username: str, state: str) -> None:
    status, answer = town.api("PUT", "/work/state", {"state": state}, key=town.login(username)["api_key"])
    assert status == 200, answer


def empty_queue(town: System) -> None:
    """Close what other journeys left waiting: every employee can answer general questions and would be offered it.

    Steps of cases wait for their own unit alone.
    """
    rows = town.api("GET", "/work/queue?limit=200")[1]["items"]
    for row in (row for row in rows if row["medium"] != "case"):
        ended = {"outcome": "informed", "note": "Ryddet op."}  # a case to be decided asks for a note of the talk
        status, answer = town.api("POST", f"/contacts/{row['reference']}/close", ended)
        assert status == 200, answer


def offered_item(town: System, username: str, task: str, text: str, **inquirer: str) -> str:
    """Something this employee is offered now; the item's id."""
    set_state(town, username, "available")
    reference = contact(town, task, text, **inquirer)

    def offered() -> str | None:
        found = item_of(town, reference)
        return str(found["id"]) if found and found["state"] == "offered" else None

    return wait_for(offered, what=f"an offer to {username}")


def item_in_hand(town: System, username: str, task: str, text: str, **inquirer: str) -> str:
    """Something this employee has taken; the item's id."""
    item = offered_item(town, username, task, text, **inquirer)
    status, answer = town.api("POST", f"/work/{item}/accept", key=town.login(username)["api_key"])
    assert status == 200, answer
    return item


@contextmanager
def quiet_floor(town: System, *usernames: str) -> Iterator[None]:
    """Nobody but these employees is offered anything, and what they leave behind is closed."""
    for login in town.demo["logins"]:
        if login["username"] in BUSY_ELSEWHERE:
            set_state(town, login["username"], "offline")
    empty_queue(town)
    try:
        yield
    finally:
        for username in usernames:
            set_state(town, username, "offline")
        empty_queue(town)

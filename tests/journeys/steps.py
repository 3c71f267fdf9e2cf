"""What an agent does again and again by key: answer, note, find the citizen, add a task, close."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.journeys import stage
from tests.journeys.system import System, wait_for
from tests.journeys.test_first_journey import mail, somebody
from tests.journeys.typist import Typist
from tests.journeys.visitor import Visitor


def by_mail(agnes: Typist, subject: str, body: str) -> str:
    """A citizen's mail that waits now; the address it came from."""
    sender = somebody("borger")
    with one_more_waits(agnes.town):
        agnes.town.send_mail(mail(sender, subject, body))
    return sender


def by_form(agnes: Typist, words: str, mail_address: str) -> None:
    citizen = Visitor(agnes.town)
    facts = {"way": "message", "name": "Karla Kunstig", "mail": mail_address}
    with one_more_waits(agnes.town):
        stage.send(citizen, citizen.begin(words, ""), facts)


def in_the_queue(town: System) -> set[str]:
    rows = town.api("GET", "/work/queue?limit=200")[1]["items"]
    return {row["reference"] for row in rows if row["state"] == "waiting"}


@contextmanager
def one_more_waits(town: System) -> Iterator[None]:
    """What is sent here waits for somebody afterwards."""
    before = in_the_queue(town)
    yield
    wait_for(lambda: in_the_queue(town) - before, what="something new that waits")


def closed(agnes: Typist, reference: str) -> None:
    assert agnes.state(reference)["state"] == "closed"


def close(agnes: Typist) -> None:
    """The end as most contacts end: what is proposed, and on to the next."""
    reference = agnes.reference
    agnes.dialog("e", "#afslut")
    agnes.away("Control+Enter")
    closed(agnes, reference)


def answer(agnes: Typist, text: str) -> None:
    """An answer of one's own, sent and closed in one go."""
    reference = agnes.reference
    agnes.press("r")
    agnes.focused("#svar")
    agnes.write(text)
    send_and_close(agnes, reference)


def send_and_close(agnes: Typist, reference: str) -> None:
    agnes.press("Control+Shift+Enter")
    expect(agnes.page.locator("dialog #afslut")).to_be_visible()
    agnes.page.wait_for_function("document.querySelector('dialog').contains(document.activeElement)")
    agnes.away("Control+Enter")
    closed(agnes, reference)


def delivered(town: System, address: str, words: str) -> bool:
    return any(words in town.text_of(row["id"]) for row in town.mails_to(address))


def note(agnes: Typist, text: str) -> None:
    agnes.press("i")
    agnes.focused("#note")
    agnes.write(text)
    agnes.press("Control+Enter")
    expect(agnes.page.locator("#samtale")).to_contain_text(text)
    agnes.settled()


def add_task(agnes: Typist, words: str, title: str) -> None:
    agnes.press("+")
    agnes.focused("#find-opgave")
    agnes.write(words)
    agnes.press("Enter")
    expect(agnes.page.locator(".task-card h3", has_text=title)).to_be_visible()
    agnes.settled()


def find_citizen(agnes: Typist, words: str, name: str) -> None:
    agnes.press("c")
    agnes.focused("#find-borger")
    agnes.write(words)
    agnes.press("Enter")
    agnes.focused("#fundne-borgere button[name=person]")
    agnes.press("Enter")
    expect(agnes.page.locator("#borger .person-facts")).to_contain_text(name)
    agnes.settled()

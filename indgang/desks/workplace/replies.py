"""Standard replies that fit a contact, filled in with what is known of it."""

from dataclasses import dataclass
from datetime import datetime

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contacts_services
from indgang.core.contacts.values import ContactPage
from indgang.foundation.access.values import Viewer

MOST = 6


@dataclass(frozen=True)
class Reply:
    """A standard reply as it would be put into the answer."""

    title: str
    task: str  # the title of the task it belongs to; empty for one that fits all
    text: str
    missing: list[str]  # what nobody knows yet: the employee fills it in


def found(viewer: Viewer, page: ContactPage, text: str, at: datetime) -> list[Reply]:
    """Those of the contact's own tasks first; with words all that hold them. Only what is shown is filled in."""
    language = "en" if page.card.language == "en" else "da"
    titles = {row.code: row.title for row in page.tasks}
    rows = contacts.templates(viewer, q=text, language=language, at=at)
    if not text.strip():
        rows = [row for row in rows if not row.task or row.task in titles]
    rows.sort(key=lambda row: row.task not in titles)
    filled = []
    for row in rows[:MOST]:
        reply = contacts_services.fill_template(template_id=row.id, contact_id=page.card.id, viewer=viewer, at=at)
        filled.append(Reply(row.title, titles.get(row.task, ""), reply.text, reply.missing))
    return [*filled, *_of_catalogue(page, text, language)][:MOST]


def _of_catalogue(page: ContactPage, text: str, language: str) -> list[Reply]:
    """What the catalogue answers at once about the contact's tasks."""
    words = text.casefold().split()
    cards = catalogue.cards([row.code for row in page.tasks], language=language).values()
    rows = [
        Reply(answer.subject, card.shown, "\n\n".join(filter(None, [answer.body, answer.link])), [])
        for card in cards
        for answer in card.answers
    ]
    return [row for row in rows if all(word in f"{row.title} {row.text}".casefold() for word in words)]

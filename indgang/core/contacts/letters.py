"""The automatic letters of every entrance: the receipt, and the answer at once. The rule for both exists here only.

The municipality's own receipt (setting receipt.body_da or receipt.body_en) is used where there is one; it thanks in its
first paragraph and greets in its last one. Reference and status link stand in the foot of every mail that lacks them.
"""

from datetime import datetime
from uuid import UUID

from babel.dates import format_datetime
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext, override

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import AnswerCard
from indgang.core.contacts.answering import ANSWER, send_automatic
from indgang.core.contacts.models import Contact, ContactTask, Message
from indgang.core.contacts.reference import grouped
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import DayHours, UnitCard
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@transaction.atomic
def send_receipt(
    *, contact_id: UUID, notice: str = "", advice: bool = False, viewer: Viewer, at: datetime
) -> Message | None:
    """That it has come in, until when it is answered, and what the writer can do until then; None as send_automatic.

    `notice` must be read first, for example "ring 112". `advice` adds what the catalogue answers at once, for somebody
    who has not seen it yet.
    """
    contact = Contact.objects.get(id=contact_id)
    with override(contact.language):
        subject, body = _subject(contact), _receipt(contact, notice, advice, at)
    return send_automatic(contact_id=contact_id, subject=subject, body=body, viewer=viewer, at=at)


@transaction.atomic
def send_answer(*, contact_id: UUID, card: AnswerCard, viewer: Viewer, at: datetime) -> Message | None:
    """The answer at once, with the link to where the citizen can act; None as send_automatic."""
    contact = Contact.objects.get(id=contact_id)
    with override(contact.language):
        centre = contact_centre(at)
        ask = gettext("Hjalp det ikke? Svar på denne mail, så kigger en medarbejder på det.")
        parts = [card.body.strip(), card.link, ask, "\n".join([_greeting(centre), *_phone(centre, at)])]
    body = "\n\n".join(part for part in parts if part)
    return send_automatic(contact_id=contact_id, subject=card.subject, body=body, kind=ANSWER, viewer=viewer, at=at)


def moment(at: datetime, language: str = "") -> str:
    """ "tirsdag 3. marts 2026 kl. 14.30" or "Tuesday 3 March 2026 at 14:30"; without language the reader's own."""
    english = (language or get_language() or "da").startswith("en")
    pattern = "EEEE d MMMM y 'at' HH:mm" if english else "EEEE d. MMMM y 'kl.' HH.mm"
    return format_datetime(clock.local(at), pattern, locale="en_GB" if english else "da_DK")


def _receipt(contact: Contact, notice: str, advice: bool, at: datetime) -> str:
    own = _setting("body", contact.language) if contact.expected_answer_by else ""
    thanks, *rest = _paragraphs(_filled(own, contact) if own else _plain(contact))
    centre = contact_centre(at)
    greeting = "\n".join([rest.pop() if own and rest else _greeting(centre), *_phone(centre, at)])
    lines = [notice, thanks, _call_back(contact), *rest, *(_advice(contact) if advice else []), greeting]
    return "\n\n".join(line for line in lines if line)


def _setting(name: str, language: str) -> str:
    return str(catalogue.setting(f"receipt.{name}_{language}", "")).strip()


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _filled(text: str, contact: Contact) -> str:
    expected = moment(contact.expected_answer_by, contact.language) if contact.expected_answer_by else ""
    known = {
        "{reference}": grouped(contact.reference),
        "{expected}": expected,
        "{status_link}": status_link(contact),
    }
    for field, value in known.items():
        text = text.replace(field, value)
    return text


def _plain(contact: Contact) -> str:
    lines = [gettext("Tak for din henvendelse. Vi har modtaget den.")]
    if contact.expected_answer_by:
        until = moment(contact.expected_answer_by, contact.language)
        lines.append(gettext("Du får svar senest {when}.").format(when=until))
    lines.append(gettext("Vil du tilføje noget, så svar på denne mail og behold emnelinjen."))
    return "\n\n".join(lines)


def _subject(contact: Contact) -> str:
    """In square brackets, because that is how a reference in the subject of an answer is known again."""
    reference = grouped(contact.reference)
    own = _filled(_setting("subject", contact.language), contact)
    return own.replace(f"({reference})", f"[{reference}]") or gettext("Vi har modtaget din henvendelse")


def _call_back(contact: Contact) -> str:
    if not contact.call_back:
        return ""
    return gettext("Vi ringer til dig på {phone}.").format(phone=contact.inquirer_phone)


def _advice(contact: Contact) -> list[str]:
    """One answer for each task that has one."""
    codes = list(ContactTask.objects.filter(contact=contact).order_by("order").values_list("task_id", flat=True))
    known = catalogue.cards(codes, language=contact.language)
    cards = [known[code] for code in codes if known[code].answers]
    texts = [f"{card.answers[0].body}\n{card.answers[0].link}".strip() for card in cards]
    return [gettext("Måske kan du komme videre med det samme:"), *texts] if texts else []


def contact_centre(at: datetime) -> UnitCard | None:
    """The municipality's contact centre, if it has one."""
    return next(iter(organisation.units(kind="contact_centre", at=at)), None)


def _greeting(centre: UnitCard | None) -> str:
    return "\n".join([gettext("Venlig hilsen"), centre.name if centre else gettext("Kommunen")])


def _phone(centre: UnitCard | None, at: datetime) -> list[str]:
    """The number, and the hours of this week with days of the same hours together."""
    if centre is None:
        return []
    lines = [gettext("Telefon {phone}").format(phone=centre.phone)] if centre.phone else []
    hours = hours_text(centre, at)
    return [*lines, gettext("Telefonen er åben {hours}").format(hours=hours)] if hours else lines


def status_link(contact: Contact) -> str:
    """The writer's own page about their contact."""
    return f"{settings.PUBLIC_URL}/status/{contact.secret}"


def hours_text(centre: UnitCard | None, at: datetime) -> str:
    """When its telephone is answered this week: "mandag-fredag 8.00-18.00"; empty when it is not."""
    if centre is None:
        return ""
    runs: list[tuple[int, int, str]] = []
    for number, day in enumerate(organisation.hours_of_week(centre.code, "phone", clock.local(at).date())):
        text = _times(day)
        if runs and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], number, text)
        else:
            runs.append((number, number, text))
    return ", ".join(f"{_days(first, last)} {text}" for first, last, text in runs if text)


def _days(first: int, last: int) -> str:
    names = [gettext("mandag"), gettext("tirsdag"), gettext("onsdag"), gettext("torsdag"), gettext("fredag"),
             gettext("lørdag"), gettext("søndag")]  # fmt: skip
    return names[first] if first == last else f"{names[first]}-{names[last]}"


def _times(day: DayHours) -> str:
    return gettext(" og ").join(f"{opens:%H.%M}-{closes:%H.%M}" for opens, closes in day.intervals)

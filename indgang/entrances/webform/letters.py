"""What the form writes: the inquiry as the agent reads it, and the mails to the citizen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from indgang.core.catalogue.values import AnswerCard
from indgang.entrances.webform.models import InquiryDraft
from indgang.entrances.webform.values import Way
from indgang.foundation.runtime import clock


class Received(Protocol):
    """What a letter needs to know of a contact."""

    reference: str
    secret: str
    language: str
    expected_answer_by: datetime | None


@dataclass(frozen=True)
class Letter:
    """Subject and text of a mail."""

    subject: str
    body: str


def inquiry_text(draft: InquiryDraft, answers: list[tuple[str, str]]) -> str:
    """The citizen's words first, then what was asked and answered."""
    parts = [draft.text.strip()]
    if answers:
        parts.append("\n".join(f"{question} {answer}" for question, answer in answers))
    if draft.way == Way.CALL_BACK:
        with translation.override(draft.language):
            parts.append(_("Ring til {phone}. {when}").format(phone=draft.phone, when=draft.call_when).strip())
    return "\n\n".join(parts)


def answer(contact: Received, card: AnswerCard) -> Letter:
    """The answer at once, with the link to where the citizen can act."""
    with translation.override(contact.language):
        parts = [card.body.strip()]
        if card.link:
            parts.append(card.link)
        parts.append(_("Hjalp det ikke? Svar på denne mail, så kigger en medarbejder på det."))
        parts.append(_footer(contact))
        return Letter(card.subject, "\n\n".join(parts))


def receipt(contact: Received, draft: InquiryDraft, at: datetime) -> Letter:
    """That the inquiry has come in, who answers when, and where to follow it."""
    with translation.override(contact.language):
        lines = [_("Tak for din henvendelse. Vi har modtaget den.")]
        if draft.way == Way.CALL_BACK:
            lines.append(_("Vi ringer til dig på {phone}.").format(phone=draft.phone))
        if contact.expected_answer_by:
            lines.append(_("Du hører fra os senest {when}.").format(when=when(contact.expected_answer_by)))
        return Letter(_("Vi har modtaget din henvendelse"), "\n\n".join([*lines, _footer(contact)]))


def when(at: datetime) -> str:
    """Tirsdag 3. marts 2026 kl. 14.30, in the active language."""
    shown = "l j. F Y \\k\\l. H.i" if (translation.get_language() or "da").startswith("da") else "l j F Y, H:i"
    return formats.date_format(clock.local(at), shown)


def _footer(contact: Received) -> str:
    link = f"{settings.PUBLIC_URL}/status/{contact.secret}"
    return _("Din reference er {reference}. Følg henvendelsen her: {link}").format(
        reference=f"{contact.reference[:4]}-{contact.reference[4:]}", link=link
    )

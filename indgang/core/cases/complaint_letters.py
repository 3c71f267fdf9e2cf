"""Letters about a complaint: that it has come and who looks at it, and that it was sent on."""

from datetime import datetime

from django.utils.translation import gettext, override

from indgang.core.cases.letter_making import (
    Receiver,
    administration_name,
    day_text,
    letter_of,
    matter_of,
    pdf_of,
    phone_of,
)
from indgang.core.cases.models import Case, Complaint
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters.values import Block, Box, Filled, Heading, Listing, Paragraph, Signature
from indgang.foundation.runtime import clock

SENT_ON = "klage-videresendt"


def receipt_letter(
    case: Case, row: Complaint, receiver: Receiver, due: datetime | None, *, viewer: Viewer, at: datetime
) -> tuple[str, bytes]:
    """That the complaint has come, which administration looks at the decision again, and by when it has."""
    language = row.decision.language
    unit = organisation.unit(case.unit_id)
    with override(language):
        owner = administration_name(case.administration_id)
        title = gettext("Vi har modtaget din klage")
        blocks: tuple[Block, ...] = (
            Paragraph(gettext("Kære {name}").format(name=gettext("borger") if receiver.protected else receiver.name)),
            Paragraph(
                gettext("Vi modtog din klage den {day}. Du klager over afgørelsen om {matter}.").format(
                    day=day_text(row.received_on, language), matter=matter_of(case, language)
                )
            ),
            Box(gettext("{owner} ser på afgørelsen igen").format(owner=owner), (_by_when(due, language),)),
            Heading(gettext("Det sker nu")),
            Listing(
                (
                    gettext("Vi læser din klage og sagen igennem igen."),
                    gettext("Giver vi dig ret, får du en ny afgørelse."),
                    gettext("Ændrer vi ikke afgørelsen, sender vi klagen videre og fortæller dig det."),
                ),
                numbered=True,
            ),
            Heading(gettext("Har du mere at tilføje?")),
            Paragraph(
                gettext("Ring til {unit} på {phone}, og oplys sagsnummer {number}.").format(
                    unit=unit.name if unit else owner, phone=phone_of(unit), number=case.number
                )
            ),
            Signature((gettext("Venlig hilsen"), unit.name if unit else owner)),
        )
    return title, pdf_of(case, Filled(title, blocks, []), receiver=receiver, language=language, at=at)


def sent_on_letter(
    case: Case, row: Complaint, receiver: Receiver, body_contact: str, *, viewer: Viewer, at: datetime
) -> tuple[str, bytes]:
    """That the decision stands and who decides the complaint now, with our view. Raises what letters say."""
    language = row.decision.language
    decided = clock.local(row.decision.decided_at).date() if row.decision.decided_at else row.received_on
    with override(language):
        over = gettext("afgørelsen af {day} om {matter}").format(
            day=day_text(decided, language), matter=matter_of(case, language)
        )
    fields = {
        "klage.myndighed": row.sent_on_to,
        "klagesag.modtaget": day_text(row.received_on, language),
        "klagesag.afgørelse": over,
        "klagesag.vurdering": row.outcome_ground,
        "videresendt.kontakt": body_contact,
    }
    filled = letter_of(case, SENT_ON, fields, receiver=receiver, viewer=viewer, language=language, at=at)
    return filled.title, pdf_of(case, filled, receiver=receiver, language=language, at=at)


def _by_when(due: datetime | None, language: str) -> str:
    if due is None:
        return gettext("Vi skriver til dig, hvornår du kan vente svar.")
    return gettext("Du hører fra os senest {day}.").format(day=day_text(clock.local(due).date(), language))

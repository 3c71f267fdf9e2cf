"""Letters about access to documents: that the answer takes longer, and the answer."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext, override

from indgang.core.cases.access_values import AccessItemRow
from indgang.core.cases.letter_making import (
    Receiver,
    administration_name,
    day_text,
    letter_of,
    pdf_of,
    phone_of,
)
from indgang.core.cases.models import AccessRequest, Case
from indgang.core.cases.values import AccessChoice, AccessLaw, ItemKind
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters.values import Block, Box, Filled, Heading, Paragraph, Signature
from indgang.foundation.runtime import clock

HELD, ANSWER = "aktindsigt-venter", "aktindsigt"
LANGUAGE = "da"
_LONGEST_ASKED = 300


def held_letter(
    own: Case, request: AccessRequest, until: date, ground: str, receiver: Receiver, *, viewer: Viewer, at: datetime
) -> tuple[str, bytes]:
    """Why the answer takes longer, and when it comes. Raises what letters say."""
    if request.law == AccessLaw.GDPR:
        filled = _held_month(own, request, until, ground, receiver)
    else:
        fields = _facts(request) | {"frist.ny": day_text(until, LANGUAGE), "frist.årsag": ground}
        filled = letter_of(own, HELD, fields, receiver=receiver, viewer=viewer, language=LANGUAGE, at=at)
    return filled.title, pdf_of(own, filled, receiver=receiver, language=LANGUAGE, at=at)


def answer_letter(
    own: Case,
    request: AccessRequest,
    items: Sequence[AccessItemRow],
    fields: dict[str, str],
    receiver: Receiver,
    *,
    outcome: str,
    viewer: Viewer,
    at: datetime,
) -> tuple[str, bytes]:
    """What is given and what is left out, by which rule, and how one complains. Raises FieldsMissing and the like."""
    with override(LANGUAGE):
        known = _facts(request) | {"aktindsigt.dokumenter": document_table(items)} | fields
    filled = letter_of(own, ANSWER, known, receiver=receiver, viewer=viewer, language=LANGUAGE, outcome=outcome, at=at)
    return filled.title, pdf_of(own, filled, receiver=receiver, language=LANGUAGE, at=at)


def document_table(items: Sequence[AccessItemRow]) -> str:
    """A line for each item: what it is, its day, and whether it is given; with the rule where it is not."""
    return "\n".join("\t".join((_cell(item.title), _day(item), _given(item))) for item in items)


def given_words(item: AccessItemRow) -> str:
    """Whether an item is given, in the words of the answer."""
    return _given(item)


def _given(item: AccessItemRow) -> str:
    if item.choice == AccessChoice.REFUSED:
        return gettext("nej ({ground})").format(ground=_cell(item.ground))
    if item.unreadable:
        return gettext("særskilt: {how}").format(how=_cell(item.by_hand))
    if item.choice == AccessChoice.REDACTED:
        return gettext("delvist ({ground})").format(ground=_cell(item.ground))
    if item.office and not item.as_text:
        return gettext("ja, som særskilt fil")
    return gettext("ja")


def _day(item: AccessItemRow) -> str:
    if item.dated is None or item.kind in {ItemKind.APART, ItemKind.LOOKS}:
        return "–"
    return day_text(clock.local(item.dated).date(), LANGUAGE)


def _cell(text: str) -> str:
    """A cell of a table never holds the signs that part cells."""
    return " ".join(text.replace("\t", " ").replace("|", "/").split()) or "–"


def _facts(request: AccessRequest) -> dict[str, str]:
    return {
        "aktindsigt.modtaget": day_text(clock.local(request.received_at).date(), LANGUAGE),
        "aktindsigt.omfang": scope_words(request),
    }


def scope_words(request: AccessRequest) -> str:
    """What was asked for, inside a sentence."""
    words = " ".join(request.asked_for.split())[:_LONGEST_ASKED]
    if words:
        return words
    if request.case is not None:
        return gettext("sag {number}").format(number=request.case.number)
    return gettext("de oplysninger, vi har om dig")


def _held_month(own: Case, request: AccessRequest, until: date, ground: str, receiver: Receiver) -> Filled:
    unit = organisation.unit(own.unit_id)
    owner = administration_name(own.administration_id)
    with override(LANGUAGE):
        title = gettext("Din anmodning om indsigt tager længere tid")
        blocks: tuple[Block, ...] = (
            Paragraph(gettext("Kære {name}").format(name=gettext("borger") if receiver.protected else receiver.name)),
            Paragraph(
                gettext("Du har bedt om indsigt i {what}. Vi modtog din anmodning {day}.").format(
                    what=scope_words(request), day=day_text(clock.local(request.received_at).date(), LANGUAGE)
                )
            ),
            Box(
                gettext("Du får svar senest {day}").format(day=day_text(until, LANGUAGE)),
                (gettext("Vi kan desværre ikke svare inden for en måned."),),
            ),
            Heading(gettext("Hvorfor det tager længere tid")),
            Paragraph(ground),
            Paragraph(
                gettext(
                    "Reglen står i databeskyttelsesforordningens artikel 12, stk. 3: vi skal svare inden for en måned, "
                    "men kan tage højst to måneder mere, når vi fortæller dig hvorfor. Du kan klage til Datatilsynet."
                )
            ),
            Paragraph(
                gettext("Ring til {unit} på {phone}, og oplys sagsnummer {number}.").format(
                    unit=unit.name if unit else owner, phone=phone_of(unit), number=own.number
                )
            ),
            Signature((gettext("Venlig hilsen"), unit.name if unit else owner)),
        )
    return Filled(title, blocks, [])

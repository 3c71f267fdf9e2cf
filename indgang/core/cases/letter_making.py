"""Makes a letter on a case: who it is to, what stands in its fields, and the PDF. Nothing is stored or sent here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from django.utils.translation import gettext, override

from indgang.core.cases.decision_errors import AddressUnknown, MailUnknown, PartyUnknown, WayUnknown
from indgang.core.cases.decision_values import AmountLine
from indgang.core.cases.models import Case, Party
from indgang.core.cases.values import AmountPeriod, LetterWay, PartyRole
from indgang.core.cases.writing import clean, line
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import UnitCard
from indgang.foundation.access.values import Purpose, Viewer, system
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.values import Block, Box, Filled, Heading, Paragraph, Sender, Table
from indgang.foundation.runtime import clock

MAKER = system("letters")  # reads name and address for the letter; the look is logged under its name
LANGUAGES = ("da", "en")
_ADDRESS_LINES = 6
_UNFILLED = "[udfyld: klage."  # how letters mark a field of the appeal that has no value


@dataclass(frozen=True)
class Receiver:
    """Who a letter goes to."""

    party: Party
    name: str
    lines: tuple[str, ...]  # of the envelope
    mail: str
    protected: bool = False
    typed: bool = False  # the address was typed for this letter

    @property
    def printed(self) -> tuple[str, ...]:
        """What stands in the letter itself, which colleagues may open: a protected name and address do not."""
        return (gettext("Navn og adresse er beskyttet"),) if self.protected else self.lines or (self.name,)


def receiver_of(case: Case, party_id: int | None, address: str, at: datetime) -> Receiver:
    """The party (without one the primary one), reached as the register says now or at a typed address. PartyUnknown."""
    rows = Party.objects.filter(case=case, valid_to=None)
    wanted = rows.filter(role=PartyRole.PRIMARY) if party_id is None else rows.filter(pk=party_id)
    party = wanted.order_by("pk").first()
    if party is None:
        raise PartyUnknown
    typed = tuple(part for part in (line(one, 80) for one in clean(address).split("\n")) if part)[:_ADDRESS_LINES]
    if party.person_id is None:
        return Receiver(party, party.name or (typed[0] if typed else ""), typed, "", typed=True)
    found = citizens.reach(MAKER, party.person_id, purpose=Purpose("case", case.number), at=at)
    lines = typed if len(typed) > 1 else found.lines
    return Receiver(party, found.name, lines, found.mail, found.protected, typed=len(typed) > 1)


def representatives(case: Case, at: datetime) -> list[Receiver]:
    """Those who represent the party and get a copy of what the party gets."""
    rows = Party.objects.filter(case=case, valid_to=None, role=PartyRole.REPRESENTATIVE, person__isnull=False)
    return [receiver_of(case, row.pk, "", at) for row in rows.order_by("pk")]


def check_way(way: str, receiver: Receiver) -> LetterWay:
    """Raises WayUnknown, AddressUnknown, MailUnknown."""
    if way not in LetterWay.values:
        raise WayUnknown(way=line(way, 20), known=", ".join(LetterWay.values))
    chosen = LetterWay(way)
    if chosen != LetterWay.COUNTER and len(receiver.lines) < 2:
        raise AddressUnknown
    if chosen == LetterWay.MAIL and not receiver.mail:
        raise MailUnknown
    return chosen


def common_fields(case: Case, receiver: Receiver, viewer: Viewer, language: str) -> dict[str, str]:
    """The fields every letter of a case has."""
    unit = organisation.unit(case.unit_id)
    who = organisation.employee(viewer.actor.employee) if viewer.actor else None
    with override(language):
        name = gettext("borger") if receiver.protected else receiver.name
    unit_name = unit.name if unit else ""
    return {
        "borger.navn": name,
        "sag.nummer": case.number,
        "sag.emne": matter_of(case, language),
        "medarbejder.navn": who.name if who else unit_name,
        "enhed.navn": unit_name,
        "enhed.telefon": phone_of(unit),
        "forvaltning.navn": administration_name(case.administration_id),
    }


def letter_of(
    case: Case,
    code: str,
    fields: Mapping[str, str],
    *,
    receiver: Receiver,
    viewer: Viewer,
    language: str,
    outcome: str = "",
    at: datetime,
) -> Filled:
    """The letter's template of that day with these fields and those every letter has. The fields' errors of letters."""
    day = clock.local(at).date()
    known = common_fields(case, receiver, viewer, language) | dict(fields)
    return letters.fill(code=code, language=language, fields=known, outcome=outcome, day=day)


def pdf_of(case: Case, filled: Filled, *, receiver: Receiver, language: str, at: datetime) -> bytes:
    """The letter as PDF/UA-1. Raises FieldsMissing, LetterFailed and what else letters say."""
    with override(language):
        printed = receiver.printed
    letter = filled.letter(
        language=language,
        sender=sender_of(case),
        receiver_lines=printed,
        date=clock.local(at).date(),
        reference=case.number,
    )
    return letters.typeset(letter)


def sender_of(case: Case) -> Sender:
    """The administration that has the responsibility, and the unit that writes for it."""
    unit = organisation.unit(case.unit_id)
    name = administration_name(case.administration_id)
    if unit is None:
        return Sender(name)
    return Sender(name, unit.name, unit.address, phone_of(unit))


def phone_of(unit: UnitCard | None) -> str:
    """The unit's number, else the contact centre's: nobody is left without one to call."""
    if unit is not None and unit.phone:
        return unit.phone
    return next((card.phone for card in organisation.units(kind="contact_centre") if card.phone), "")


def administration_name(code: str) -> str:
    """The administration as it is called."""
    return dict(organisation.administrations()).get(code, code)


def matter_of(case: Case, language: str) -> str:
    """What the case is about, inside a sentence: "boligstøtte"."""
    card = catalogue.cards([case.task_id], language=language).get(case.task_id)
    title = card.shown if card else case.title
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def with_amounts(filled: Filled, amounts: Sequence[AmountLine], language: str) -> Filled:
    """The amounts as a table, right after the result."""
    if not amounts:
        return filled
    with override(language):
        header = (gettext("Beløb til"), gettext("Beløb"), gettext("Gælder"))
        rows = tuple(
            (one.label, money(one.amount, language), gettext(AmountPeriod(one.period).label)) for one in amounts
        )
        table: tuple[Block, ...] = (Heading(gettext("Beløbene")), Table(header, rows))
    place = next((n for n, block in enumerate(filled.blocks, 1) if isinstance(block, Box)), 0)
    return replace(filled, blocks=(*filled.blocks[:place], *table, *filled.blocks[place:]))


def with_sections(filled: Filled, sections: Sequence[tuple[str, str]]) -> Filled:
    """What was written and the template leaves out for this outcome, before its own sections: nothing is dropped."""
    added: list[Block] = []
    for heading, text in sections:
        paragraphs = [one.strip() for one in text.split("\n\n") if one.strip()]
        added += [Heading(heading), *(Paragraph(one) for one in paragraphs)] if paragraphs else []
    place = _first_section(filled.blocks)
    return replace(filled, blocks=(*filled.blocks[:place], *added, *filled.blocks[place:]))


def without_appeal(filled: Filled, heading: str, sentence: str) -> Filled:
    """The guidance on complaining replaced by that nobody can be complained to."""
    kept: list[Block] = []
    put = False
    for section in _sections(filled.blocks):
        if _names_appeal(section):
            kept += [] if put else [Heading(heading), Paragraph(sentence)]
            put = True
        else:
            kept += section
    missing = [name for name in filled.missing if not name.startswith("klage.")]
    return Filled(filled.title, tuple(kept), missing)


def money(amount: Decimal, language: str) -> str:
    """ "1.234,50 kr." or "DKK 1,234.50"."""
    shown = f"{amount:,.2f}"
    if language == "en":
        return f"DKK {shown}"
    return f"{shown.replace(',', ' ').replace('.', ',').replace(' ', '.')} kr."


def day_text(day: date, language: str) -> str:
    """ "3. marts 2026" or "3 March 2026"."""
    pattern = "d MMMM y" if language == "en" else "d. MMMM y"
    return format_date(day, pattern, locale="en_GB" if language == "en" else "da_DK")


def _sections(blocks: Sequence[Block]) -> list[list[Block]]:
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading):
            found.append([])
        found[-1].append(block)
    return found


def _first_section(blocks: Sequence[Block]) -> int:
    """Where the first heading stands, after the result; at the end where there is none."""
    return next((n for n, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))


def _names_appeal(section: Sequence[Block]) -> bool:
    return any(_UNFILLED in text for block in section for text in _texts(block))


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Heading | Paragraph):
        return (block.text,)
    if isinstance(block, Table):
        return (*block.header, *(cell for row in block.rows for cell in row))
    if isinstance(block, Box):
        return (block.title, *block.lines)
    return tuple(getattr(block, "items", ())) or tuple(getattr(block, "lines", ()))

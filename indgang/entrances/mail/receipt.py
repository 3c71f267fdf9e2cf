"""The automatic receipt of a mail: that it came, when it is answered, and what the writer can do until then."""

from datetime import date, datetime

from babel.dates import format_datetime
from django.utils.translation import gettext, override

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import AnswerCard
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import DayHours, UnitCard
from indgang.foundation.runtime import clock


def contact_centre(at: datetime) -> UnitCard | None:
    """The unit that answers mails."""
    return next(iter(organisation.units(kind="contact_centre", at=at)), None)


def compose(
    *, codes: list[str], language: str, notice: str, expected: datetime | None, at: datetime
) -> tuple[str, str]:
    """Subject and text. The reference and the link to the status page stand in the footer of every mail."""
    with override(language):
        lines = [gettext("Tak for din henvendelse. Vi har modtaget den.")]
        if notice:
            lines.append(notice)
        if expected is not None:
            lines.append(gettext("Du får svar senest {when}.").format(when=spoken(expected, language)))
        lines += _first_aid(codes, language)
        lines.append(gettext("Vil du tilføje noget, så svar på denne mail og behold emnelinjen."))
        lines.append(_signature(at))
        return gettext("Vi har modtaget din henvendelse"), "\n\n".join(lines)


def spoken(at: datetime, language: str) -> str:
    """ "tirsdag 3. marts 2026 kl. 14.30" or "Tuesday 3 March 2026 at 14:30"."""
    pattern = "EEEE d MMMM y 'at' HH:mm" if language == "en" else "EEEE d. MMMM y 'kl.' HH.mm"
    return format_datetime(clock.local(at), pattern, locale="en_GB" if language == "en" else "da_DK")


def _first_aid(codes: list[str], language: str) -> list[str]:
    """What the writer may do at once, where the catalogue knows it; one answer for each task."""
    found: list[AnswerCard] = []
    for code in codes:
        card = catalogue.task(code, language=language)
        if card is not None and card.answers:
            found.append(card.answers[0])
    if not found:
        return []
    texts = [f"{answer.body}\n{answer.link}".strip() for answer in found]
    return [gettext("Måske kan du komme videre med det samme:"), *texts]


def _signature(at: datetime) -> str:
    centre = contact_centre(at)
    lines = [gettext("Venlig hilsen"), centre.name if centre else gettext("Kommunen")]
    if centre is not None:
        if centre.phone:
            lines.append(gettext("Telefon {phone}").format(phone=centre.phone))
        lines += _hours(centre.code, clock.local(at).date())
    return "\n".join(lines)


def _hours(unit_code: str, today: date) -> list[str]:
    """The phone hours of this week, days with the same hours together."""
    days = organisation.hours_of_week(unit_code, "phone", today)
    names = [gettext("mandag"), gettext("tirsdag"), gettext("onsdag"), gettext("torsdag"), gettext("fredag"),
             gettext("lørdag"), gettext("søndag")]  # fmt: skip
    runs: list[tuple[int, int, str]] = []
    for number, day in enumerate(days):
        text = _times(day)
        if runs and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], number, text)
        else:
            runs.append((number, number, text))
    shown = [
        f"{names[first] if first == last else f'{names[first]}-{names[last]}'} {text}"
        for first, last, text in runs
        if text
    ]
    return [gettext("Telefonen er åben {hours}").format(hours=", ".join(shown))] if shown else []


def _times(day: DayHours) -> str:
    return gettext(" og ").join(f"{opens:%H.%M}-{closes:%H.%M}" for opens, closes in day.intervals)

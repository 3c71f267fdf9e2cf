"""What a register said, in words; and what of it this viewer may not see."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import formats
from django.utils.translation import get_language, gettext, ngettext

from indgang.foundation.access.values import Viewer
from indgang.foundation.registers.values import (
    SEES_PROTECTED,
    Answer,
    Fact,
    FactKind,
    FactLine,
    FactValue,
    Freshness,
    Source,
)
from indgang.foundation.runtime import clock

PROTECTED, PROTECTED_UNTIL = "protected", "protected_until"
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
Last = tuple[dict[str, FactValue], datetime]


def answer(
    source: Source, facts: Mapping[str, FactValue] | None, fault: str, last: Last | None, viewer: Viewer, at: datetime,
    *, known: bool, protected_until: date | None = None,
) -> Answer:  # fmt: skip
    """The register's own answer, else the last one it gave, else that there is none; masked for this viewer."""
    name = name_of(source)
    if not known:
        sentence = gettext("%(register)s kender ikke CPR-nummeret. Se efter, om det er det rigtige.")
        told = _begun(sentence % {"register": name})
        return Answer(source, Freshness.FRESH, {}, at, timedelta(0), told, known=False)
    if facts is not None:
        shown, masked = _masked(source, facts, viewer, at, protected_until)
        return Answer(source, Freshness.FRESH, shown, at, timedelta(0), "", masked)
    if last is not None:
        shown, masked = _masked(source, last[0], viewer, at, protected_until)
        age = max(at - last[1], timedelta(0))
        words = {"register": name, "time": _moment(last[1], at), "age": _age(age)}
        sentence = gettext("%(register)s svarer ikke. Oplysningerne er fra %(time)s (%(age)s gamle).") % words
        return Answer(source, Freshness.STALE, shown, last[1], age, _begun(sentence), masked)
    return Answer(source, Freshness.UNAVAILABLE, {}, None, None, _begun(_why(fault) % {"register": name}))


def lines(found: Answer) -> list[FactLine]:
    """The facts in the order of the source, in words; masked ones say so."""
    english = _english()
    made = []
    for fact in found.source.facts:
        if fact.code in found.masked:
            made.append(FactLine(fact.code, _label(fact, english), gettext("Beskyttet"), masked=True))
        elif fact.kind != FactKind.INCOMES and (value := found.facts.get(fact.code)) not in (None, ""):
            made.append(FactLine(fact.code, _label(fact, english), words(fact.kind, value)))
    return made


def words(kind: FactKind, value: FactValue) -> str:
    """One value in words."""
    if kind == FactKind.FLAG:
        return gettext("Ja") if value else gettext("Nej")
    if kind == FactKind.DATE and isinstance(value, date):
        return formats.date_format(value, "j. F Y")
    if kind == FactKind.AMOUNT and isinstance(value, int):
        grouped = f"{value:,}" if _english() else f"{value:,}".replace(",", ".")
        return gettext("%(amount)s kr.") % {"amount": grouped}
    if kind == FactKind.STATUS:
        return _statuses().get(str(value), str(value))
    if kind == FactKind.CIVIL_STATUS:
        return _civil_statuses().get(str(value), str(value))
    return str(value)


def name_of(source: Source) -> str:
    """The register's name in the reader's language."""
    return source.name_en if _english() else source.name


def fault_words(fault: str) -> str:
    """What is wrong, for operations."""
    known = {
        "timeout": gettext("svarer ikke inden for tiden"),
        "unreachable": gettext("kan ikke nås"),
        "certificate": gettext("har et certifikat, der ikke kan godkendes"),
        "refused": gettext("afviser vores nøgle"),
        "malformed": gettext("svarer noget, der ikke kan læses"),
        "too_long": gettext("svarer noget, der ikke kan læses"),
        "wrong_person": gettext("svarer om en anden person end den, der blev spurgt om"),
        "rewound": gettext("har begyndt forfra med at nummerere sine ændringer"),
        "stuck": gettext("har ændringer, der ikke kan læses ind"),
    }
    return known.get(fault, gettext("svarer med en fejl (%(fault)s)") % {"fault": fault})


def _masked(
    source: Source, facts: Mapping[str, FactValue], viewer: Viewer, at: datetime, ours: date | None
) -> tuple[dict[str, FactValue], tuple[str, ...]]:
    """Protected facts are hidden when the register says so, or when we know so since it said this."""
    until, today = facts.get(PROTECTED_UNTIL), clock.local(at).date()
    theirs = bool(facts.get(PROTECTED)) and not (isinstance(until, date) and until < today)
    known_here = PROTECTED in facts and ours is not None and ours >= today
    if not (theirs or known_here) or viewer.is_process or viewer.has_role(*SEES_PROTECTED):
        return dict(facts), ()
    hidden = tuple(fact.code for fact in source.facts if fact.protected)
    return {code: value for code, value in facts.items() if code not in hidden} | {PROTECTED: True}, hidden


def _why(fault: str) -> str:
    if fault == "no_number":
        return gettext("Personen har intet CPR-nummer, så %(register)s kan ikke spørges.")
    if fault == "not_connected":
        return gettext("%(register)s er ikke tilsluttet. Spørg borgeren.")
    return gettext("%(register)s svarer ikke, og der er intet tidligere svar. Prøv igen om lidt, eller spørg borgeren.")


def _begun(sentence: str) -> str:
    """A sentence begins with a capital, also with a register's name."""
    return sentence[:1].upper() + sentence[1:]


def _moment(when: datetime, at: datetime) -> str:
    local, today = clock.local(when), clock.local(at).date()
    time = formats.date_format(local, "H.i" if not _english() else "H:i")
    return time if local.date() == today else f"{formats.date_format(local.date(), 'j. F Y')} {time}"


def _age(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    if seconds >= _DAY:
        return ngettext("%(count)d dag", "%(count)d dage", seconds // _DAY) % {"count": seconds // _DAY}
    if seconds >= _HOUR:
        return ngettext("%(count)d time", "%(count)d timer", seconds // _HOUR) % {"count": seconds // _HOUR}
    minutes = max(seconds // _MINUTE, 1)
    return ngettext("%(count)d minut", "%(count)d minutter", minutes) % {"count": minutes}


def _label(fact: Fact, english: bool) -> str:
    return fact.name_en if english else fact.name


def _english() -> bool:
    return (get_language() or "da").startswith("en")


def _statuses() -> dict[str, str]:
    active, number = gettext("Bopæl i Danmark"), gettext("Nummeret bruges ikke")
    return {
        "01": active, "03": active, "05": gettext("Bopæl i Grønland"), "07": gettext("Bopæl i Grønland"),
        "20": number, "30": number, "50": number, "60": number,
        "70": gettext("Forsvundet"), "80": gettext("Udrejst"), "90": gettext("Død"),
    }  # fmt: skip


def _civil_statuses() -> dict[str, str]:
    return {
        "U": gettext("Ugift"), "G": gettext("Gift"), "F": gettext("Fraskilt"), "E": gettext("Enke eller enkemand"),
        "P": gettext("Registreret partnerskab"), "D": gettext("Død"),
    }  # fmt: skip

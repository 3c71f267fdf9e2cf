"""The reasons for rights, the purposes of looks and the people behind names, in words."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import REFUSED, Check, LookOutcome, Reason, Role

LEVELS = (1, 2, 3)


def words_of(check: Check) -> str:
    """One reason as a sentence."""
    return _sentences()[check.code, check.value if check.code != "competence" else str(check.ok)].format(
        level=check.value
    )


def _sentences() -> dict[tuple[str, str], str]:
    return {
        ("separation", "exclusive"): _("Hører til både jobcenter og ydelseskontor, som udelukker hinanden"),
        ("role", "allowed"): _("Rollen må"),
        ("role", "forbidden"): _("Opgaven er lukket for rollen"),
        ("role", "only_inform"): _("Rollen må kun vejlede"),
        ("authorisation", "task"): _("Har autorisation til opgaven"),
        ("authorisation", "group"): _("Har autorisation til opgavegruppen"),
        ("authorisation", "guide"): _("Møder borgere og må vejlede om det, de kan"),
        ("authorisation", "none"): _("Mangler autorisation"),
        ("competence", "True"): _("Kompetencen rækker (niveau {level})"),
        ("competence", "False"): _("Kompetencen rækker ikke (niveau {level})"),
        ("employer", "own"): _("Ansat i opgavens egen forvaltning"),
        ("employer", "information"): _("Vejledning må alle give"),
        ("employer", "expedition"): _("Ekspedition, ikke en afgørelse"),
        ("employer", "dispensation"): _("Dispensationen gælder opgaven"),
        ("employer", "no_dispensation"): _("Afgørelse for en anden forvaltning uden dispensation"),
        ("employer", "discretion"): _("Skøn ligger hos opgavens egen forvaltning"),
        ("employer", "ceiling"): _("Opgaven afgøres ikke på det niveau i borgerservice"),
    }


def purpose_words(purpose: str) -> str:
    """Why somebody looked."""
    kind, _colon, value = purpose.partition(":")
    if purpose == f"reason:{REFUSED}":
        return _("Afviste opslag")
    if kind == "reason":
        return str(_(Reason(value).label)) if value in Reason.values else _("Ukendt grund")
    return {
        "contact": _("Henvendelse"),
        "case": _("Sag"),
        "list": _("Liste over henvendelser"),
        "case_list": _("Liste over sager"),
        "register": _("Ændring i et register"),
        "none": _("Uden formål"),
    }.get(kind, kind)


def kind_words(kind: str) -> str:
    """Which data a look was at."""
    words = {
        "person": _("Personens oplysninger"),
        "contact": _("Henvendelsen"),
        "contact_row": _("Liste over henvendelser"),
        "timeline": _("Tidligere henvendelser"),
        "attachment": _("Vedhæftet fil"),
        "search": _("Resultat af en søgning"),
        "household": _("Husstand"),
        "representation": _("Fuldmagter"),
        "business": _("Virksomhedens personer"),
        "mail": _("Mail, der ikke hører til en henvendelse"),
        "register": _("Oplysninger fra et register"),
        "register_report": _("Indberetning til et register"),
        "postal": _("Navn og adresse til et brev"),
        "case": _("Sagen"),
        "case_row": _("Liste over sager"),
        "cases": _("Borgerens sager"),
        "courses": _("Borgerens forløb"),
        "party": _("Parter i en sag"),
        "document": _("Dokument i en sag"),
        "document_excerpt": _("Uddrag af et dokument i en søgning"),
        "access_request": _("Anmodning om aktindsigt"),
    }
    return words.get(kind, kind)


def outcome_words(outcome: str) -> str:
    """What became of a look."""
    return _("Afvist") if outcome == LookOutcome.REFUSED else _("Vist")


def role_words(roles: Iterable[str]) -> list[str]:
    """Roles by name."""
    return [str(_(Role(role).label)) for role in sorted(roles) if role in Role.values]


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """Journal names such as "employee:12" as people's names, in one statement."""
    wanted = {actor for actor in actors if actor}
    numbers = {int(actor[9:]): actor for actor in wanted if actor.startswith("employee:") and actor[9:].isdecimal()}
    known = organisation.names(numbers)
    found = {actor: known.get(number, actor) for number, actor in numbers.items()}
    return found | {actor: _("Systemet") for actor in wanted - set(found)}


def names_of_accounts(accounts: Iterable[int], at: datetime) -> dict[int, organisation.StaffRow]:
    """Who stands behind each account."""
    return {row.actor.account: row for row in organisation.staff(at, accounts=set(accounts))}

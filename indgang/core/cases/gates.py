"""What must be in order before a case is decided, as a pure rule over facts; every gate says what is missing and why.

forvaltningsloven § 19 (hearing), §§ 22-24 (reasons), §§ 25-26 (appeal); offentlighedsloven § 13 (note of oral facts).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from indgang.core.cases.decision_values import Gate
from indgang.core.cases.values import Progress, Result

RIGHTS = ("separation", "role", "authorisation", "competence", "employer")


@dataclass(frozen=True)
class GateFacts:
    """All a gate asks of a case, its draft and the one who decides."""

    progress: str
    result: str = ""
    reasons: str = ""
    legal_basis: str = ""
    appeal_body: str = ""
    appeal_by: date | None = None
    appeal_weeks: int | None = None
    appeal_rule: str = ""
    appeal_set: bool = False  # the time limit is the one set for the task
    no_appeal: bool = False
    today: date = date.min
    note_met: bool = True
    hearing_until: date | None = None  # one is running
    heard: bool = False  # answered, run out, by mouth or left out with a ground
    open_opinion: str = ""  # whom it was asked of
    opinion_ground: str = ""
    refused: str = ""  # the first of RIGHTS that does not hold
    refused_value: str = ""
    level: int = 2
    owner: str = ""
    receiver: str = ""  # "", "no_party" or "no_address"
    cpr: bool = False
    others: tuple[str, ...] = ()  # where other people's data stands: field names


def gates_of(facts: GateFacts) -> tuple[Gate, ...]:
    """Every gate, those that are met among them, in the order one works through them. Pure."""
    return tuple(gate(facts) for gate in _ORDER)


def open_gates(gates: tuple[Gate, ...], confirmed: frozenset[str] = frozenset()) -> tuple[Gate, ...]:
    """The gates that stop the decision; a warning only while nobody has confirmed it. Pure."""
    return tuple(gate for gate in gates if not gate.met and not (gate.warning and gate.code in confirmed))


def rights_sentence(code: str, value: str, level: int, owner: str) -> str:
    """Why the rights do not reach, as a check of the rights policy tells it."""
    if code == "separation":
        return gettext("Jobcenter og ydelseskontor udelukker hinanden.")
    if value == "no_employee":
        return gettext("Kun en medarbejder kan træffe en afgørelse.")
    if code == "role":
        return gettext("Din rolle giver kun ret til at vejlede.")
    if code == "authorisation":
        return gettext("Du har ikke rettigheden til opgaven på niveau {level}.").format(level=level)
    if code == "competence":
        return gettext("Din kompetence rækker ikke til niveau {level}.").format(level=level)
    if value == "ceiling":
        return gettext("Uden for {owner} må opgaven ikke afgøres på niveau {level}.").format(owner=owner, level=level)
    if value == "discretion":
        return gettext("Et væsentligt skøn (niveau 3) udøves kun af ansatte i {owner}.").format(owner=owner)
    return gettext("Uden dispensation afgøres opgaven kun af ansatte i {owner}.").format(owner=owner)


def _progress(facts: GateFacts) -> Gate:
    open_ = facts.progress in {Progress.OPENED, Progress.INFORMED}
    said = gettext("Sagen er åben.") if open_ else gettext("Sagen er allerede afgjort. Genåbn den først.")
    return Gate("progress", open_, said, "reopen")


def _rights(facts: GateFacts) -> Gate:
    if not facts.refused:
        return Gate("rights", True, gettext("Du må afgøre sagen på niveau {level}.").format(level=facts.level))
    why = rights_sentence(facts.refused, facts.refused_value, facts.level, facts.owner)
    rest = gettext("Overdrag sagen til {owner}.").format(owner=facts.owner)
    return Gate("rights", False, f"{why} {rest}", "hand_over")


def _result(facts: GateFacts) -> Gate:
    if facts.result in Result.values:
        chosen = gettext(Result(facts.result).label)
        return Gate("result", True, gettext("Resultat: {result}.").format(result=chosen))
    return Gate("result", False, gettext("Vælg, hvad resultatet er."), "draft")


def _note(facts: GateFacts) -> Gate:
    if facts.note_met:
        return Gate("note", True, gettext("Det, borgeren har sagt, er noteret."))
    said = gettext(
        "Borgeren har ringet eller været ved skranken, men det, der blev sagt, er ikke noteret. Skriv et notat."
    )
    return Gate("note", False, said, "note")


def _hearing(facts: GateFacts) -> Gate:
    if facts.result == Result.GRANTED:
        return Gate("hearing", True, gettext("Partshøring er ikke nødvendig: borgeren får medhold i det hele."))
    if facts.hearing_until is not None:
        said = gettext("Parten har frist til {day} til at svare. Vent på svaret, eller træk partshøringen tilbage.")
        return Gate("hearing", False, said.format(day=_day(facts.hearing_until)), "hearing")
    if facts.heard:
        return Gate("hearing", True, gettext("Parten er hørt, eller grunden til at lade være er skrevet."))
    said = gettext("Parten er ikke hørt. Send en partshøring, eller skriv, hvorfor den ikke er nødvendig.")
    return Gate("hearing", False, said, "hearing")


def _reasons(facts: GateFacts) -> Gate:
    if facts.result == Result.GRANTED:
        return Gate("reasons", True, gettext("Begrundelse er ikke nødvendig: borgeren får medhold i det hele."))
    met = bool(facts.reasons.strip())
    said = (
        gettext("Begrundelsen er skrevet.")
        if met
        else gettext("Skriv begrundelsen, for borgeren får ikke fuldt medhold.")
    )
    return Gate("reasons", met, said, "draft")


def _legal_basis(facts: GateFacts) -> Gate:
    met = bool(facts.legal_basis.strip())
    said = gettext("Reglen er angivet.") if met else gettext("Skriv den regel, afgørelsen bygger på: lov og paragraf.")
    return Gate("legal_basis", met, said, "draft")


def _appeal(facts: GateFacts) -> Gate:
    if facts.result == Result.GRANTED:
        return Gate("appeal", True, gettext("Klagevejledning er ikke nødvendig: borgeren får medhold i det hele."))
    missing = _missing_of_appeal(facts)
    if not missing:
        return Gate("appeal", True, gettext("Klagevejledningen er klar."))
    return Gate("appeal", False, missing, "draft")


def _missing_of_appeal(facts: GateFacts) -> str:
    if facts.no_appeal:
        if facts.appeal_rule.strip():
            return ""
        return gettext("Skriv den regel, der siger, at afgørelsen ikke kan påklages.")
    if not facts.appeal_body.strip():
        return gettext("Skriv, hvem borgeren kan klage til, eller at der ikke kan klages.")
    if facts.appeal_by is None and facts.appeal_weeks is None:
        return gettext("Klagefristen er ikke fastsat for opgaven. Skriv fristen og den regel, den står i.")
    if facts.appeal_by is not None and facts.appeal_by <= facts.today:
        return gettext("Klagefristen er gået. Skriv en dag, der ligger ude i fremtiden.")
    if not facts.appeal_set and not facts.appeal_rule.strip():
        return gettext("Skriv den regel, klagefristen står i.")
    return ""


def _opinion(facts: GateFacts) -> Gate:
    if not facts.open_opinion:
        return Gate("opinion", True, gettext("Ingen udtalelse mangler."))
    if facts.opinion_ground.strip():
        return Gate("opinion", True, gettext("Det er begrundet, at udtalelsen ikke afventes."))
    said = gettext(
        "En udtalelse fra {whom} mangler. Vent på den, træk den tilbage, eller skriv, hvorfor den ikke afventes."
    )
    return Gate("opinion", False, said.format(whom=facts.open_opinion), "opinion")


def _receiver(facts: GateFacts) -> Gate:
    if facts.receiver == "no_party":
        return Gate(
            "receiver", False, gettext("Sagen har ingen part at sende afgørelsen til. Sæt en part på."), "party"
        )
    if facts.receiver == "no_address":
        said = gettext("Parten har ingen adresse. Skriv en, eller udlevér brevet ved skranken.")
        return Gate("receiver", False, said, "party")
    return Gate("receiver", True, gettext("Brevet har en modtager."))


def _cpr(facts: GateFacts) -> Gate:
    if not facts.cpr:
        return Gate("cpr", True, gettext("Teksten har ingen CPR-numre."), warning=True)
    said = gettext("Teksten har et CPR-nummer. Tag det ud, eller bekræft, at det skal stå der.")
    return Gate("cpr", False, said, "confirm", warning=True)


def _others(facts: GateFacts) -> Gate:
    if not facts.others:
        return Gate("others", True, gettext("Teksten nævner ikke andre parter."), warning=True)
    said = gettext(
        "Teksten nævner en anden end modtageren ({where}). Tag det ud, eller bekræft, at modtageren må se det."
    )
    return Gate("others", False, said.format(where=", ".join(facts.others)), "confirm", warning=True)


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


_ORDER: tuple[Callable[[GateFacts], Gate], ...] = (
    _progress, _rights, _result, _note, _hearing, _reasons, _legal_basis, _appeal, _opinion, _receiver, _cpr, _others,
)  # fmt: skip

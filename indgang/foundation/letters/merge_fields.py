"""The fields of letter templates: {{sag.nummer}} becomes the case number. The list is fixed; see docs/letters.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indgang.foundation.letters.printable import blank


@dataclass(frozen=True)
class Field:
    """One field: its name in a template, what it is, and a value for trying a template out."""

    name: str
    what: str
    what_en: str
    sample: str
    sample_en: str

    def example(self, language: str) -> str:
        """The invented value in a language."""
        return self.sample if language == "da" else self.sample_en


_SAMPLES = (
    ("borger.navn", "borgerens navn", "the citizen's name", "Anna Prøve", "Anna Prøve"),
    ("sag.nummer", "sagens nummer", "the case number", "2026-000123", "2026-000123"),
    ("sag.emne", "hvad sagen handler om", "what the case is about", "boligstøtte", "housing benefit"),
    ("medarbejder.navn", "den, der skriver", "who writes", "Prøve Prøvesen", "Prøve Prøvesen"),
    ("enhed.navn", "enheden, der skriver", "the unit that writes", "Prøveenheden", "The sample unit"),
    ("enhed.telefon", "enhedens telefon", "the unit's telephone", "00 00 00 01", "00 00 00 01"),
    ("forvaltning.navn", "den forvaltning, der har ansvaret", "the administration responsible",
     "Prøveforvaltningen", "the Sample Administration"),
    ("afgørelse.resultat", "resultatet i én sætning", "the result in one sentence",
     "Du får [resultatet]", "You get [the result]"),
    ("afgørelse.begrundelse", "hvorfor, med de vigtigste oplysninger", "why, with the facts that counted",
     "Vi har lagt vægt på [oplysningerne].", "What counted was [the facts]."),
    ("afgørelse.regler", "lov og paragraf, med hvad den siger", "the law and section, and what it says",
     "[lov og paragraf]", "[law and section]"),
    ("afgørelse.handling", "det, borgeren skal gøre (kan udelades)", "what the citizen must do (may be left out)",
     "Giv os besked, hvis [forholdene] ændrer sig.", "Tell us if [the facts] change."),
    ("afgørelse.fra", "hvornår den gælder fra (kan udelades)", "from when it applies (may be left out)",
     "1. april 2026", "1 April 2026"),
    ("klage.myndighed", "den, der afgør klagen", "the body that decides the complaint",
     "[klagemyndigheden]", "[the appeal body]"),
    ("klage.frist", "fristen for at klage", "the time limit for complaining", "30. marts 2026", "30 March 2026"),
    ("klage.sendes_til", "hvor klagen sendes hen", "where to send the complaint",
     "[enhedens adresse]", "[the unit's address]"),
    ("klage.fremgangsmåde", "hvad der sker med klagen", "what happens to the complaint",
     "[fremgangsmåden]", "[the procedure]"),
    ("klage.begrænsning", "hvad klagemyndigheden ikke kan tage stilling til (kan udelades)",
     "what the appeal body cannot decide (may be left out)", "[hvad der ikke kan prøves]", "[what it cannot decide]"),
    ("høring.oplysninger", "de nye oplysninger", "the new facts", "[oplysningerne]", "[the facts]"),
    ("høring.kilde", "hvor oplysningerne kommer fra", "where the facts come from", "[kilden]", "[the source]"),
    ("høring.betydning", "hvad de kan betyde for sagen", "what they may mean for the case",
     "Det kan betyde, at [følgen].", "It may mean that [the consequence]."),
    ("høring.frist", "svar senest", "answer by", "16. marts 2026", "16 March 2026"),
    ("kvittering.modtaget", "dagen, vi modtog ansøgningen", "the day we received the application",
     "2. marts 2026", "2 March 2026"),
    ("kvittering.frist", "svar senest", "answer by", "30. marts 2026", "30 March 2026"),
    ("mangler.oplysninger", "det, der mangler: ét på hver linje", "what is missing: one on each line",
     "[det første]\n[det andet]", "[the first]\n[the second]"),
    ("mangler.frist", "send det senest", "send it by", "16. marts 2026", "16 March 2026"),
    ("mangler.følge", "hvad der sker, hvis det ikke kommer", "what happens if it does not come",
     "[følgen]", "[the consequence]"),
    ("frist.oprindelig", "den frist, der ikke holder", "the time limit that will be missed",
     "9. marts 2026", "9 March 2026"),
    ("frist.ny", "den nye frist", "the new time limit", "23. marts 2026", "23 March 2026"),
    ("frist.årsag", "hvorfor det tager længere tid", "why it takes longer",
     "Det skyldes, at [årsagen].", "That is because [the reason]."),
    ("aktindsigt.modtaget", "dagen, vi fik anmodningen", "the day we received the request",
     "2. marts 2026", "2 March 2026"),
    ("aktindsigt.omfang", "det, der er bedt om", "what was asked for", "dine sager om boligstøtte",
     "your housing benefit cases"),
    ("aktindsigt.dokumenter", "tabel: dokument, dato og udleveret, adskilt af tabulator",
     "table: document, date and given, separated by tabs",
     "[dokumentet]\t1. februar 2026\tja", "[the document]\t1 February 2026\tyes"),
    ("videresendt.myndighed", "den myndighed, der nu har sagen", "the authority that now has it",
     "[myndigheden]", "[the authority]"),
    ("videresendt.årsag", "hvorfor den hører til der", "why it belongs there",
     "[myndigheden] tager sig af [området]", "[the authority] is in charge of [the field]"),
    ("videresendt.kontakt", "hvordan man får fat i dem", "how to reach them", "[telefon og adresse]",
     "[telephone and address]"),
    ("udtalelse.modtager", "den, der spørges", "who is asked", "[specialistens navn]", "[the specialist's name]"),
    ("udtalelse.baggrund", "det, vi ved", "what we know", "[baggrunden]", "[the background]"),
    ("udtalelse.spørgsmål", "spørgsmålene: ét på hver linje", "the questions: one on each line",
     "[det første spørgsmål]\n[det andet]", "[the first question]\n[the second]"),
    ("udtalelse.frist", "svar senest", "answer by", "16. marts 2026", "16 March 2026"),
    ("klagesag.afgørelse", "den afgørelse, der klages over", "the decision complained of",
     "afgørelsen om [emnet]", "the decision on [the subject]"),
    ("klagesag.modtaget", "dagen, vi fik klagen", "the day we received the complaint", "2. marts 2026", "2 March 2026"),
    ("klagesag.vurdering", "hvorfor vi ikke ændrer afgørelsen", "why we do not change the decision",
     "[vurderingen]", "[our view]"),
)  # fmt: skip
FIELDS = {row[0]: Field(*row) for row in _SAMPLES}
FIELD = re.compile(r"\{\{\s*([^{}\n]{1,60}?)\s*\}\}")


def used(text: str) -> list[str]:
    """The names between {{ and }}, each once, whether they exist or not."""
    return list(dict.fromkeys(FIELD.findall(text)))


def unknown(names: list[str]) -> list[str]:
    """Those that are no fields."""
    return [name for name in names if name not in FIELDS]


def put(text: str, values: Mapping[str, str], missing: list[str]) -> str:
    """The text with its fields put in; one without a value stands as "[udfyld: navn]" and is added to `missing`.

    A value is put in as it is: what looks like a field in it stays text.
    """

    def value(found: re.Match[str]) -> str:
        given = values.get(found[1], "").strip()
        if not blank(given):
            return given
        missing.append(found[1])
        return f"[udfyld: {found[1]}]"

    return FIELD.sub(value, text)

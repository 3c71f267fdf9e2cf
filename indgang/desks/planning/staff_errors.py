"""Refusals about people and their rosters; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class HoursMissing(DomainError):
    """Timer om ugen mangler for {count} af dem, du leder: {names}. Skriv dem under Medarbejdere, og prøv igen."""

    code = "P60"
    status = 422
    field = "hvem"


class NobodyLed(DomainError):
    """Du leder ingen, der tager henvendelser. Vælg en fil med medarbejdere, eller kun hvor mange af hver vagt."""

    code = "P61"
    status = 422
    field = "hvem"


class TermsMoved(DomainError):
    """En anden har rettet {name}, mens du skrev. Se, hvad der står nu, og ret igen."""

    code = "P62"
    status = 409


class UnknownCompetence(DomainError):
    """Linje {line}: kompetencen "{value}" findes ikke. Skriv en af: {known}."""

    code = "P63"
    status = 422
    field = "andele"


class BadShare(DomainError):
    """Linje {line}: "{value}" er ingen andel. Skriv kompetence; procent fra 1 til 100, i alt højst 100."""

    code = "P64"
    status = 422
    field = "andele"


class NobodyKnows(DomainError):
    """Ingen af de {count} medarbejdere kan {what}. Giv nogen kompetencen, vælg andre, eller slet linjen."""

    code = "P65"
    status = 422
    field = "andele"


class NobodyToPublish(DomainError):
    """Planen har ingen vagter til nogen, du leder. Lav den med dem, du leder, eller med deres navne i filen."""

    code = "P66"
    status = 422


class NothingNeeded(DomainError):
    """Der er ikke brug for nogen i den tid. Vælg et andet behov, eller ret filen."""

    code = "P67"
    status = 422


class NoShiftFits(DomainError):
    """Ingen af vagterne ligger, hvor der er brug for nogen. Ret vagternes tider eller ugedage."""

    code = "P68"
    status = 422
    field = "vagter"

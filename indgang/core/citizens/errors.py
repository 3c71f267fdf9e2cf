"""Refusals of citizens; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class WrongCpr(DomainError):
    """CPR-nummeret er skrevet forkert. Det har ti cifre og begynder med en fødselsdato, f.eks. 010190-1234."""

    code = "B1"
    status = 422
    field = "cpr"


class TooShortSearch(DomainError):
    """Skriv mindst tre tegn af navnet, et helt CPR-nummer, en mailadresse eller et telefonnummer."""

    code = "B2"
    status = 422
    field = "q"

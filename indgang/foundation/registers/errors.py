"""Refusals of the registers; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class UnknownSource(DomainError):
    """Registret {code} findes ikke her."""

    code = "U1"
    status = 404


class UnknownReportField(DomainError):
    """Oplysningen {name} kan ikke indberettes. Vælg løn, pension, kapitalindkomst eller formue."""

    code = "U2"
    status = 422
    field = "facts"


class WrongAmount(DomainError):
    """Skriv beløbet i hele kroner, fra {least} til {most}."""

    code = "U3"
    status = 422
    field = "amount"


class WrongYear(DomainError):
    """Året kan være {first} til {last}."""

    code = "U4"
    status = 422
    field = "year"


class NothingReported(DomainError):
    """Skriv mindst ét beløb, som skal ændres."""

    code = "U5"
    status = 422
    field = "facts"


class NoNumber(DomainError):
    """Personen har intet CPR-nummer her. Find den rigtige person først."""

    code = "U6"
    status = 422
    field = "person"


class RegisterAway(DomainError):
    """{name} svarer ikke lige nu. Prøv igen om lidt."""

    code = "U7"
    status = 503


class WrongHappening(DomainError):
    """Hændelsen kunne ikke laves: {why}. Ret felterne, og prøv igen."""

    code = "U8"
    status = 422
    field = "cpr"

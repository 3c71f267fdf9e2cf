"""Refusals of planning; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class NotANumber(DomainError):
    """{field_name} skal være et tal {what}; der står {value}. Ret tallet, og prøv igen."""

    code = "P1"
    status = 422


class TargetOutOfReach(DomainError):
    """Målet {target} kan ikke nås med et endeligt antal medarbejdere. Vælg et mål under 100 %."""

    code = "P2"
    status = 422
    field = "target"


class TooManyNeeded(DomainError):
    """Der skulle over {most} medarbejdere til. Se efter antal ({arrivals} i timen) og tid ({handling} sekunder)."""

    code = "P3"
    status = 422
    field = "arrivals"

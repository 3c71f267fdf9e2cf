"""Refusals of routing; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class OfferGone(DomainError):
    """Tilbuddet gælder ikke længere. Henvendelsen er gået videre til en kollega."""

    code = "R1"


class NotYours(DomainError):
    """Du har ikke denne henvendelse. Den er måske givet videre eller afsluttet."""

    code = "R2"


class NobodyThere(DomainError):
    """Vælg én modtager: en enhed, en kompetencegruppe eller en medarbejder."""

    code = "R3"
    status = 422
    field = "to"


class UnknownTarget(DomainError):
    """Modtageren {target} findes ikke. Søg efter den, og vælg fra listen."""

    code = "R4"
    status = 422
    field = "to"


class UnknownMode(DomainError):
    """Tilstanden {mode} kan ikke vælges. Vælg en af: {known}."""

    code = "R5"
    status = 422
    field = "state"


class NotAnEmployee(DomainError):
    """Det kræver en medarbejders personlige adgang."""

    code = "R6"
    status = 403


class ToYourself(DomainError):
    """Du har selv henvendelsen. Vælg en anden modtager."""

    code = "R7"
    status = 422
    field = "to"


class ReasonMissing(DomainError):
    """Skriv, hvad modtageren skal vide, før du giver henvendelsen videre."""

    code = "R8"
    status = 422
    field = "note"

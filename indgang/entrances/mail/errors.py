"""Refusals of the mail entrance; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class Unreadable(Exception):
    """The mail cannot be understood; the sentence says why, for the person who must look at it."""


class RawMailSettled(DomainError):
    """Mailen er allerede behandlet."""

    code = "M1"


class WrongMailbox(DomainError):
    """Adressen {address} kan ikke bruges. Skriv en adresse, der ender på @{domain}, og ikke hovedadressen."""

    code = "M4"
    status = 422
    field = "address"


class UnknownTreatment(DomainError):
    """{treatment} kan ikke vælges. Vælg en af: {known}."""

    code = "M5"
    status = 422
    field = "treatment"


class UnitNeeded(DomainError):
    """Vælg den enhed, der besvarer mails til en adresse, som beholdes."""

    code = "M6"
    status = 422
    field = "unit"


class MailboxChanged(DomainError):
    """Postkassen er ændret, siden du åbnede den. Læs ændringen, og prøv igen."""

    code = "M7"
    field = "version"


class NotDelivered(DomainError):
    """Mailen kunne ikke sendes: {why}"""

    code = "M3"
    status = 422

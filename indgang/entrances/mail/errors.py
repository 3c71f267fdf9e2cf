"""Refusals of the mail entrance; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class Unreadable(Exception):
    """The mail cannot be understood; the sentence says why, for the person who must look at it."""


class RawMailSettled(DomainError):
    """Mailen er allerede behandlet."""

    code = "M1"


class NotDelivered(DomainError):
    """Mailen kunne ikke sendes: {why}"""

    code = "M3"
    status = 422

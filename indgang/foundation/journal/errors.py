"""Refusals of the journal, and what a transport raises."""

from indgang.foundation.runtime.errors import DomainError


class DeliveryFailed(Exception):
    """The far side could not take it now; the sentence says why. It is tried again."""


class DeliveryRefused(Exception):
    """The far side will never take it; the sentence says why. A person must act."""


class UnknownParcel(DomainError):
    """Forsendelsen findes ikke."""

    code = "J1"
    status = 404


class ParcelSettled(DomainError):
    """Forsendelsen er allerede afsluttet."""

    code = "J2"


class ParcelOnItsWay(DomainError):
    """Forsendelsen er ved at blive sendt. Vent et par minutter, og se, hvordan det gik."""

    code = "J3"

"""Refusals about employees, units and opening hours."""

from indgang.foundation.runtime.errors import DomainError


class UnknownUnit(DomainError):
    """Enheden {unit} findes ikke."""

    code = "O1"
    status = 404
    field = "unit"


class UnknownAdministration(DomainError):
    """Forvaltningen {administration} findes ikke."""

    code = "O2"
    status = 422
    field = "administration"


class UnknownGroup(DomainError):
    """Kompetencegruppen {group} findes ikke."""

    code = "O3"
    status = 422
    field = "group"


class BadCompetence(DomainError):
    """Færdighed er et tal fra 1 til 5, og niveau er 1, 2 eller 3."""

    code = "O4"
    status = 422
    field = "proficiency"


class BadHours(DomainError):
    """Åbningstiden {opens}-{closes} dur ikke. Lukketid skal være efter åbningstid, og tiderne må ikke overlappe."""

    code = "O5"
    status = 422
    field = "hours"


class BadDay(DomainError):
    """Datoen findes ikke."""

    code = "O6"
    status = 422
    field = "day"


class UnknownManager(DomainError):
    """Lederen findes ikke."""

    code = "O7"
    status = 422
    field = "manager"


class BadPeriod(DomainError):
    """Perioden slutter, før den begynder."""

    code = "O8"
    status = 422
    field = "valid_to"


class RoleOfLeader(DomainError):
    """Rollen {role} gives af sikkerhedslederen. Ansæt uden den, og bed om den bagefter."""

    code = "O10"
    field = "roles"


class NameMissing(DomainError):
    """Skriv et navn."""

    code = "O9"
    status = 422
    field = "name"

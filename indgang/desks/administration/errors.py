"""Refusals of the administration desk."""

from indgang.foundation.runtime.errors import DomainError


class Stale(DomainError):
    """Indstillingen er ændret, siden du åbnede siden{by}. Intet er gemt; se den nye værdi, og prøv igen."""

    code = "D21"
    field = "version"


class NewerStands(DomainError):
    """Ændringen kan ikke fortrydes, for indstillingen er ændret igen siden{by}. Fortryd først den nyere ændring."""

    code = "D22"


class AlreadyUndone(DomainError):
    """Ændringen er allerede fortrudt."""

    code = "D23"


class UnknownSetting(DomainError):
    """Indstillingen findes ikke."""

    code = "D24"
    status = 404


class BadValue(DomainError):
    """{what}"""

    code = "D25"
    status = 422

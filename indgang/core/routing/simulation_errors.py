"""Refusals of a scenario; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class ScenarioFaulty(DomainError):
    """{where}: {value} kan ikke bruges. Skriv {what}."""

    code = "R30"
    status = 422


class ScenarioLacks(DomainError):
    """{where} mangler. Skriv {what}."""

    code = "R31"
    status = 422


class ScenarioNotJson(DomainError):
    """Filen er ikke JSON: {why} (linje {line}, tegn {column})."""

    code = "R32"
    status = 422


class ScenarioTooLarge(DomainError):
    """Scenariet har {count} {what}; der kan være højst {most}. Gør det mindre, eller del det."""

    code = "R33"
    status = 422

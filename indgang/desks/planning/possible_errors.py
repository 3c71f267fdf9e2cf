"""Refusals of what cannot be played; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class NobodyCan(DomainError):
    """Ingen kan de særlige opkald, så de venter for evigt. Skriv mindst 1, eller sæt hak i Spil det alligevel."""

    code = "P70"
    status = 422
    field = "kan"


class QueueGrows(DomainError):
    """{agents} kan ikke tage {load} opkald ad gangen, og ingen lægger på. Skriv {least} eller en tålmodighed."""

    code = "P71"
    status = 422
    field = "medarbejdere"


class TooMuchToPlay(DomainError):
    """Der skulle spilles {count} henvendelser; der kan højst være {most}. Skriv færre uger eller muligheder."""

    code = "P72"
    status = 422
    field = "uger"


class NothingComes(DomainError):
    """Prognosen siger, at ingen kommer. Vælg en anden prognose."""

    code = "P73"
    status = 422
    field = "prognose"


class TooManyAtWork(DomainError):
    """Der skulle {count} på arbejde på samme tid; der kan højst være {most}. Se efter prognosen, tiderne og målet."""

    code = "P74"
    status = 422
    field = "prognose"

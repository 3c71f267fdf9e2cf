"""Refusals of opinions, forwarding, notices and information of others; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class SharedGone(DomainError):
    """{what} findes ikke på sagen, eller du har ikke adgang til det."""

    code = "S70"
    status = 404


class SharedStale(DomainError):
    """{what} er ændret af en anden, siden du så det. Det, du skrev, er her stadig; læs ændringen, og prøv igen."""

    code = "S71"
    field = "version"


class OpinionReceiver(DomainError):
    """Vælg, hvem du spørger: en enhed eller en medarbejder, ikke begge dele, og ikke dig selv."""

    code = "S72"
    status = 422
    field = "to"


class NotAsked(DomainError):
    """Udtalelsen er bedt om hos {whom}. Kun den, der er spurgt, kan give den."""

    code = "S73"
    status = 403


class OpinionOver(DomainError):
    """Udtalelsen er {what}. Den kan ikke ændres; skriv et notat på sagen, hvis der er mere at sige."""

    code = "S74"


class OpinionUnanswered(DomainError):
    """Skriv udtalelsen på sagen. Trinnet er gjort, når den er givet."""

    code = "S75"
    field = "answer"


class DocumentNotOnCase(DomainError):
    """Et af dokumenterne ligger ikke på sagen. Læg det på sagen først, og vælg det så."""

    code = "S76"
    status = 422
    field = "documents"


class AuthorityMissing(DomainError):
    """Skriv, hvilken myndighed det drejer sig om."""

    code = "S77"
    status = 422
    field = "authority"


class CprInWords(DomainError):
    """Teksten ligner et CPR-nummer, og {where} må ikke vise et. Fjern det; sagsnummeret er nok."""

    code = "S78"
    status = 422
    field = "what"


class WrongMail(DomainError):
    """Mailadressen kan ikke bruges. Skriv den som myndighed@myndighed.example."""

    code = "S79"
    status = 422
    field = "to_mail"


class AddressMissing(DomainError):
    """Skriv myndighedens adresse: mindst et navn og en linje til."""

    code = "S80"
    status = 422
    field = "address"


class ForwardOver(DomainError):
    """Det er allerede {state}. Videresend det på ny, hvis myndigheden skal se på det igen."""

    code = "S81"
    field = "state"


class WrongForwardState(DomainError):
    """ "{wanted}" kan ikke følge efter "{now}"."""

    code = "S82"
    field = "state"


class LegalGroundMissing(DomainError):
    """Skriv, hvilken regel eller hvilket samtykke det bygger på. Borgeren kan se det."""

    code = "S83"
    status = 422
    field = "ground"


class NotApplied(DomainError):
    """Oplysninger må kun hentes andre steder, når borgeren har søgt. Sagen er rejst som "{raised_by}"."""

    code = "S84"
    status = 403
    field = "raised_by"


class NotForTask(DomainError):
    """{register} må ikke spørges i sager om {task}: opgaven bygger ikke på det. Bed borgeren om samtykke."""

    code = "S85"
    status = 403
    field = "register"


class NothingObtained(DomainError):
    """{sentence} Der er ikke noteret noget på sagen."""

    code = "S86"
    status = 503
    field = "register"


class ReactionMissing(DomainError):
    """Skriv kort, hvad hændelsen betyder for sagen, eller at den intet betyder."""

    code = "S87"
    status = 422
    field = "reaction"


class NobodyOnCase(DomainError):
    """Sagen har ingen borger som part, så et register kan ikke spørges. Tilføj borgeren først."""

    code = "S88"
    status = 422
    field = "citizen"


class WhatMissing(DomainError):
    """Skriv kort, hvad der er {done}."""

    code = "S89"
    status = 422
    field = "what"


class BroughtByMissing(DomainError):
    """Find borgeren, eller skriv, hvem der afleverede papirerne. Ellers kan ingen få svar på, hvor de er."""

    code = "S134"
    status = 422
    field = "brought_by"

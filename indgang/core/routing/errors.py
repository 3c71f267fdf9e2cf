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


class RefusalMissing(DomainError):
    """Vælg, hvorfor du ikke tager henvendelsen."""

    code = "R9"
    status = 422
    field = "reason"


class PauseReasonMissing(DomainError):
    """Vælg en grund til pausen: {known}."""

    code = "R10"
    status = 422
    field = "reason"


class UnitClosed(DomainError):
    """{unit} har lukket. {sentence} Bekræft, at henvendelsen skal gives videre alligevel."""

    code = "R11"
    status = 409
    field = "knowingly"


class NotAFigure(DomainError):
    """{value} kan ikke bruges her. Skriv et tal fra {lowest} til {highest}."""

    code = "R12"
    status = 422


class StaleRules(DomainError):
    """Tallene er ændret af en anden, mens du skrev. Se de nye tal, og ret igen."""

    code = "R13"


class StaleTarget(DomainError):
    """Reglen er ændret af en anden, mens du skrev. Se den nye regel, og ret igen."""

    code = "R14"


class UnknownMedium(DomainError):
    """{medium} er ikke en kanal, der kan sættes mål for."""

    code = "R15"
    status = 422
    field = "medium"


class AlreadyMoved(DomainError):
    """{name} er lige flyttet til {point} af en anden. Se, hvor medarbejderen er nu, før du flytter igen."""

    code = "R16"


class UnknownPoint(DomainError):
    """Betjeningsstedet {point} findes ikke. Vælg et fra listen."""

    code = "R17"
    status = 422
    field = "service_point"


class TooLateToTakeBack(DomainError):
    """En kollega har allerede taget henvendelsen. Ring til kollegaen, hvis du vil have den tilbage."""

    code = "R18"


class UnknownLevel(DomainError):
    """Henvendelsen er allerede på det niveau. Vælg et højere niveau."""

    code = "R19"
    status = 422
    field = "to"


class OwnerDecides(DomainError):
    """{name} må ikke afgøre opgaven: på det niveau må kun den forvaltning, der ejer den. Vælg en kollega dér."""

    code = "R21"
    status = 422
    field = "to"


class TakenMeanwhile(DomainError):
    """Henvendelsen er hos en anden nu. Se i listen, hvad der stadig venter."""

    code = "R22"


class NotWaiting(DomainError):
    """{reference} venter ikke mere: en medarbejder har den. Den er ikke flyttet, og heller ikke de andre."""

    code = "R23"


class NotADeadline(DomainError):
    """Fristen er mere end ti år borte. Vælg en nærmere dag."""

    code = "R24"
    status = 422
    field = "due_at"


class ListIncomplete(DomainError):
    """Skriv navnet på dansk og engelsk."""

    code = "R20"
    status = 422
    field = "title"


class PlanIsPast(DomainError):
    """Planen har ingen vagter, der ligger forude. Lav en vagtplan for en uge, der kommer, og udgiv den."""

    code = "R25"
    status = 422

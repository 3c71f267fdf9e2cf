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


class Stale(DomainError):
    """Rækken er ændret, siden du åbnede den. Læs ændringen, og prøv igen."""

    code = "O11"
    field = "version"


class ManagerLoop(DomainError):
    """Ingen kan være sin egen leders leder. Vælg en anden leder."""

    code = "O12"
    field = "manager"


class HasLeft(DomainError):
    """Medarbejderen er fratrådt. Vælg en, der er ansat i perioden."""

    code = "O13"
    field = "employee"


class BadSubstitute(DomainError):
    """En medarbejder kan ikke være sin egen afløser, og samme afløser kan kun stå én gang i en periode."""

    code = "O14"
    status = 422
    field = "substitute"


class UnknownCourse(DomainError):
    """Kurset {course} findes ikke."""

    code = "O15"
    status = 422
    field = "course"


class InTheFuture(DomainError):
    """Datoen ligger i fremtiden. Registrér kurset, når det er bestået."""

    code = "O16"
    status = 422
    field = "passed_on"


class Separated(DomainError):
    """Jobcenter og ydelseskontor skal holdes adskilt. En medarbejder kan ikke afgøre eller arbejde på begge sider."""

    code = "O17"
    field = "group"


class SeparateLeadership(DomainError):
    """Jobcenter og ydelseskontor skal have hver sin ledelse. Vælg en leder på samme side."""

    code = "O18"
    field = "manager"


class SeparateSubstitute(DomainError):
    """Jobcenter og ydelseskontor skal holdes adskilt. Vælg en stedfortræder på samme side."""

    code = "O28"
    field = "substitute"


class SharedCounter(DomainError):
    """Jobcenter og ydelseskontor må ikke dele skranke eller lokale. {unit} er allerede i {premises}."""

    code = "O19"
    field = "premises"


class UnknownPlan(DomainError):
    """Planen {variant} findes ikke."""

    code = "O20"
    status = 422
    field = "variant"


class CompetenceOverlaps(DomainError):
    """Medarbejderen har allerede kompetencen i en senere periode. Ret den, eller vælg en slutdato før {day}."""

    code = "O21"
    field = "valid_from"


class UnknownChannel(DomainError):
    """Kanalen {channel} har ingen åbningstider."""

    code = "O22"
    status = 422
    field = "channel"


class MailMissing(DomainError):
    """Skriv medarbejderens mail først: invitationen sendes til den."""

    code = "O23"
    status = 422
    field = "mail"


class InvitationGone(DomainError):
    """Linket virker ikke: det er brugt, udløbet eller afløst af et nyere. Bed din leder sende en ny invitation."""

    code = "O24"
    status = 410


class InvitationOfAnother(DomainError):
    """Du er logget ind som en anden end den, invitationen er til. Log ud, og åbn linket igen."""

    code = "O25"
    status = 409


class AlreadyLogsIn(DomainError):
    """{name} har allerede valgt en adgangskode. En glemt adgangskode klares af sikkerhedslederen."""

    code = "O26"


class ForwardingIncomplete(DomainError):
    """Skriv på dansk og engelsk, hvem der svarer, og nummeret."""

    code = "O27"
    status = 422
    field = "name"

"""Refusals of login, rights and the access log."""

from indgang.foundation.runtime.errors import DomainError


class NotFound(DomainError):
    """Det, du leder efter, findes ikke, eller du har ikke adgang til det."""

    code = "A1"
    status = 404


class LogUnavailable(DomainError):
    """Opslaget kan ikke skrives i loggen, så oplysningerne vises ikke. Prøv igen om lidt."""

    code = "A2"
    status = 503


class WrongLogin(DomainError):
    """Brugernavn eller adgangskode er forkert."""

    code = "A3"
    status = 401
    field = "username"


class LockedOut(DomainError):
    """Der er prøvet for mange gange. Prøv igen om {minutes} minutter, eller ring til driften."""

    code = "A4"
    status = 429
    field = "username"


class UsernameTaken(DomainError):
    """Brugernavnet {username} er optaget. Vælg et andet."""

    code = "A5"
    field = "username"


class UnknownRole(DomainError):
    """Rollen {role} findes ikke."""

    code = "A6"
    status = 422
    field = "roles"


class ExclusiveRoles(DomainError):
    """En medarbejder kan ikke både høre til jobcentret og ydelseskontoret."""

    code = "A7"
    field = "roles"


class BadAuthorisation(DomainError):
    """En autorisation gælder enten én opgave eller én opgavegruppe, på niveau 1, 2 eller 3."""

    code = "A8"
    status = 422
    field = "level"


class BadPeriod(DomainError):
    """Perioden slutter, før den begynder."""

    code = "A9"
    status = 422
    field = "valid_to"


class OwnRights(DomainError):
    """Ingen kan give sig selv rettigheder. Bed en anden sikkerhedsleder om det."""

    code = "A10"
    field = "account"


class WeakPassword(DomainError):
    """Adgangskoden er for svag. Brug mindst 12 tegn, som ikke er et kendt ord."""

    code = "A11"
    status = 422
    field = "password"


class UnknownSwitch(DomainError):
    """Reglen {code} findes ikke."""

    code = "A12"
    status = 422
    field = "code"

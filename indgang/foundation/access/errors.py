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


class AlreadyGiven(DomainError):
    """Medarbejderen har allerede ret til {target} på niveau {level} eller højere i hele perioden."""

    code = "A13"
    field = "valid_to"


class Stale(DomainError):
    """En anden har ændret det imens. Se det, der står nu, og prøv igen."""

    code = "A14"


class NothingChosen(DomainError):
    """Vælg mindst én medarbejder og mindst én opgave eller opgavegruppe."""

    code = "A15"
    status = 422
    field = "accounts"


class TooManyGrants(DomainError):
    """Det er for mange rettigheder på én gang. Giv højst {limit} ad gangen."""

    code = "A16"
    status = 422
    field = "accounts"


class BadInstruction(DomainError):
    """Skriv instruksen på dansk og engelsk, mindst {shortest} og højst {longest} tegn."""

    code = "A17"
    status = 422
    field = "text"


class NoteMissing(DomainError):
    """Skriv, hvad gennemgangen viste."""

    code = "A18"
    status = 422
    field = "note"


class BadLookRule(DomainError):
    """Grænsen skal være 1 til 10.000, minutterne 0 til 1.440, og tiden skal begynde, før den slutter."""

    code = "A19"
    status = 422
    field = "limit"


class DisclosureIncomplete(DomainError):
    """Skriv modtager, opgave, hjemmel og hvilke oplysninger der er givet videre."""

    code = "A20"
    status = 422
    field = "receiver"


class WrongCode(DomainError):
    """Koden er forkert eller brugt. Vent på en ny i appen, og skriv den."""

    code = "A21"
    status = 401
    field = "code"


class FactorRequired(DomainError):
    """Din rolle kræver login i to trin, så det kan ikke slås fra."""

    code = "A22"


class LoginExpired(DomainError):
    """Der gik for lang tid. Begynd forfra med at logge ind."""

    code = "A23"
    status = 401


class CommonLoginAway(DomainError):
    """Kommunens fælles login svarer ikke lige nu. Brug brugernavn og adgangskode, eller prøv igen om lidt."""

    code = "A24"
    status = 503


class CommonLoginRefused(DomainError):
    """Svaret fra kommunens fælles login kunne ikke godkendes. Prøv igen."""

    code = "A25"
    status = 401


class UnknownIdentity(DomainError):
    """Du er logget ind i kommunen, men har ingen konto her. Bed din leder om at få en."""

    code = "A26"
    status = 401


class UnknownTasks(DomainError):
    """Skriv opgaverne som koder, for eksempel T-076, adskilt af mellemrum."""

    code = "A27"
    status = 422
    field = "tasks"


class LinkedToAnother(DomainError):
    """Borgeren er knyttet til en anden medarbejder. Fjern den tilknytning først."""

    code = "A28"
    field = "cpr"

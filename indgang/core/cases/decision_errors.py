"""Refusals of hearings, decisions, complaints and letters; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class GatesOpen(DomainError):
    """Afgørelsen kan ikke træffes endnu. {sentences}"""

    code = "S50"
    field = "gates"


class AlreadyDecided(DomainError):
    """{name} traf afgørelsen {when}. Læs den; genåbn sagen, hvis der skal afgøres noget andet."""

    code = "S51"


class DecisionStale(DomainError):
    """{name} har ændret udkastet, siden du åbnede det. Det, du skrev, er her stadig; læs ændringen, og gem igen."""

    code = "S52"
    field = "version"


class NotOnCase(DomainError):
    """{what} findes ikke på sagen, eller du har ikke adgang til den."""

    code = "S53"
    status = 404


class MayNotDecide(DomainError):
    """Du kan ikke afgøre {task} på niveau {level}. {why} Overdrag sagen til {owner}, som kan."""

    code = "S54"
    status = 403
    field = "level"


class WrongAmount(DomainError):
    """Beløbet i linje {line} kan ikke bruges: "{shown}". {remedy}"""

    code = "S55"
    status = 422
    field = "amounts"


class WrongResult(DomainError):
    """Resultatet "{result}" findes ikke. Vælg et af: {known}."""

    code = "S56"
    status = 422
    field = "result"


class TextTooLong(DomainError):
    """{what} er for lang: højst {longest} tegn. Kort den af, eller vedlæg resten som dokument."""

    code = "S57"
    status = 422


class HearingOver(DomainError):
    """Partshøringen er {what} og kan ikke ændres. Send en ny, hvis parten skal høres igen."""

    code = "S58"


class WordsMissing(DomainError):
    """Skriv {what}, før du går videre."""

    code = "S59"
    status = 422


class DayWrong(DomainError):
    """{what} kan ikke være {day}. {remedy}"""

    code = "S60"
    status = 422


class PartyUnknown(DomainError):
    """Sagen har ingen part at sende brevet til. Sæt en part på sagen først."""

    code = "S61"
    status = 422
    field = "party"


class AddressUnknown(DomainError):
    """Parten har ingen adresse. Skriv navn, vej, postnummer og by, eller udlevér brevet ved skranken."""

    code = "S62"
    status = 422
    field = "address"


class MailUnknown(DomainError):
    """Parten har ingen mailadresse, som en mail kan sendes til. Send brevet med posten uden mail."""

    code = "S63"
    status = 422
    field = "way"


class WayUnknown(DomainError):
    """Brevet kan ikke sendes på måden "{way}". Vælg en af: {known}."""

    code = "S64"
    status = 422
    field = "way"


class LetterGone(DomainError):
    """Det kan ikke gøres med brevet: det er {state}."""

    code = "S65"


class NotInForce(DomainError):
    """Det kan kun gøres med en afgørelse, der gælder; denne er {state}."""

    code = "S67"


class LateWithoutGround(DomainError):
    """Klagefristen løb ud {day}. Skriv, hvorfor klagen kommer for sent, så forvaltningen kan vurdere det."""

    code = "S68"
    status = 422
    field = "late_ground"


class ComplaintSettled(DomainError):
    """Klagen er allerede behandlet: {outcome}."""

    code = "S69"

"""Refusals of citizens; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class WrongCpr(DomainError):
    """CPR-nummeret er skrevet forkert. Det har ti cifre og begynder med en fødselsdato, f.eks. 010190-1234."""

    code = "B1"
    status = 422
    field = "cpr"


class TooShortSearch(DomainError):
    """Skriv mindst tre tegn af navnet, et helt CPR-nummer, en mailadresse eller et telefonnummer."""

    code = "B2"
    status = 422
    field = "q"


class Stale(DomainError):
    """Oplysningerne er ændret af en anden, siden du åbnede dem. Læs dem igen, og gem så din ændring."""

    code = "B3"
    field = "version"


class WrongCursor(DomainError):
    """Listen kan ikke fortsættes herfra. Søg igen."""

    code = "B4"
    status = 422
    field = "cursor"


class WrongCvr(DomainError):
    """CVR-nummeret er skrevet forkert. Det har otte cifre, f.eks. 90000012."""

    code = "B5"
    status = 422
    field = "cvr"


class CvrTaken(DomainError):
    """Virksomheden med CVR-nummer {cvr} er allerede registreret."""

    code = "B6"
    field = "cvr"


class MissingName(DomainError):
    """Skriv et navn."""

    code = "B7"
    status = 422
    field = "name"


class NobodyForThemselves(DomainError):
    """Ingen skal have ret til at handle for sig selv. Vælg en anden person."""

    code = "B8"
    status = 422
    field = "representative"


class UnknownRepresentationRole(DomainError):
    """Vælg, om retten bygger på fuldmagt, forældremyndighed eller værgemål."""

    code = "B9"
    status = 422
    field = "role"


class WrongPeriod(DomainError):
    """Sidste dag ligger før første dag. Ret en af dem."""

    code = "B10"
    status = 422
    field = "valid_to"


class NoMinor(DomainError):
    """Forældremyndighed gælder kun børn under 18 år med kendt fødselsdato. Vælg fuldmagt eller værgemål."""

    code = "B11"
    status = 422
    field = "role"


class ParentTooYoung(DomainError):
    """Den, der har forældremyndighed, må selv være myndig. Se efter, at de to personer ikke er byttet om."""

    code = "B12"
    status = 422
    field = "representative"


class AlreadyRepresents(DomainError):
    """Personen har allerede den ret i perioden. Afslut den gamle ret først, eller vælg en anden periode."""

    code = "B13"
    field = "valid_from"


class AlreadyEnded(DomainError):
    """Retten er allerede ophørt den {day}."""

    code = "B14"
    field = "valid_to"


class MergeIntoSelf(DomainError):
    """En person kan ikke lægges sammen med sig selv. Vælg den anden person."""

    code = "B15"
    status = 422
    field = "into"


class MergeOfRealPerson(DomainError):
    """Kun en foreløbig person kan lægges ind i en anden. Denne person er registreret."""

    code = "B16"
    field = "provisional"


class MergeIntoProvisional(DomainError):
    """Personen, du vil lægge ind i, er selv foreløbig. Find den registrerede person først."""

    code = "B17"
    field = "into"


class AlreadyMerged(DomainError):
    """Den foreløbige person er allerede lagt ind i en anden. Fortryd det først, hvis det var forkert."""

    code = "B18"
    field = "provisional"


class AlreadyUndone(DomainError):
    """Sammenlægningen er allerede fortrudt."""

    code = "B19"


class UnknownSpecialGroup(DomainError):
    """Målgruppen {group} findes ikke eller bruges ikke mere. Vælg en fra listen."""

    code = "B20"
    status = 422
    field = "special_group"


class UnknownLanguage(DomainError):
    """Sproget {language} er ikke skrevet rigtigt. Skriv to eller tre bogstaver, f.eks. da, en eller ar."""

    code = "B21"
    status = 422
    field = "language"


class UnknownAdviser(DomainError):
    """Medarbejderen findes ikke eller arbejder her ikke mere. Vælg en anden rådgiver."""

    code = "B22"
    status = 422
    field = "adviser"


class WrongMunicipality(DomainError):
    """Kommunekoden har fire cifre, f.eks. 0101."""

    code = "B23"
    status = 422
    field = "municipality"


class RegisteredElsewhere(DomainError):
    """Navn og adresse på en registreret person kommer fra folkeregistret og rettes der."""

    code = "B24"
    field = "name"


class TooManyContactPoints(DomainError):
    """En person kan have højst {most} mailadresser og {most} telefonnumre. Fjern nogle af dem."""

    code = "B25"
    status = 422
    field = "mails"


class WrongContactPoint(DomainError):
    """»{value}« er ikke en mailadresse eller et telefonnummer. Ret det, eller fjern det."""

    code = "B26"
    status = 422
    field = "mails"

"""Refusals of access to documents, export and deletion; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class RequestIncomplete(DomainError):
    """Anmodningen mangler {what}. Skriv det, før den gemmes."""

    code = "S90"
    status = 422


class RequestStale(DomainError):
    """Anmodningen er ændret, siden du åbnede den. Se den igen, og prøv en gang til; det, du skrev, står her stadig."""

    code = "S91"
    field = "version"


class RequestAnswered(DomainError):
    """Anmodningen er allerede {state}. Den kan ikke ændres mere."""

    code = "S92"


class ItemsNotReady(DomainError):
    """Svaret kan ikke pakkes endnu: {names}. Ret det på listen."""

    code = "S93"
    status = 422
    field = "items"


class ItemGroundMissing(DomainError):
    """Skriv den regel, »{title}« udelades eller dækkes efter. Den, der har bedt om aktindsigt, får den at vide."""

    code = "S94"
    status = 422
    field = "ground"


class NotCoverable(DomainError):
    """»{title}« har ingen sider at dække på. {remedy}"""

    code = "S95"
    status = 422
    field = "choice"


class NoPackage(DomainError):
    """Pakken er ikke lavet, eller den er ældre end dine valg. Lav den, og se den igennem, før du svarer."""

    code = "S96"
    status = 422


class HeldTooLong(DomainError):
    """Den nye dag kan højst være {day:%d.%m.%Y} ({rule}). Vælg en tidligere dag."""

    code = "S97"
    status = 422
    field = "until"


class NotPrintable(DomainError):
    """Svaret kan ikke sendes med posten: {why}. Udlever det ved skranken, eller ret valgene."""

    code = "S98"
    status = 422
    field = "way"


class NothingAsked(DomainError):
    """Der er intet, du kan se, i det, der er bedt om. Giv anmodningen til den enhed, der har sagen."""

    code = "S99"
    status = 422


class BoxUnreadable(DomainError):
    """Feltet i linje {line} kan ikke læses. Skriv side og fire tal fra 0 til 100, eller tegn det igen."""

    code = "S120"
    status = 422
    field = "boxes"


class WordTooShort(DomainError):
    """»{word}« er for kort til at søge efter. Skriv mindst to tegn, eller tegn et felt."""

    code = "S121"
    status = 422
    field = "words"


class SameApprover(DomainError):
    """Den, der har lavet listen, kan ikke godkende den. Bed en anden om at gøre det."""

    code = "S122"
    status = 403


class RunSettled(DomainError):
    """Listen er {state} og kan ikke bruges igen. Lav en ny."""

    code = "S123"


class CaseNotClosed(DomainError):
    """Sag {number} er ikke afsluttet. Kun afsluttede sager kan mærkes som afleveret til arkivet."""

    code = "S124"


class CutOffAhead(DomainError):
    """Dagen skal ligge i fortiden. Vælg en tidligere dag."""

    code = "S125"
    status = 422
    field = "cut_off"


class PackerGone(DomainError):
    """Pakken blev ikke lavet: den, der bestilte den, har ikke længere adgang. Bestil den igen."""

    code = "S130"
    status = 403


class PackingBroken(DomainError):
    """Pakken blev ikke færdig, og det, der var lavet, er væk. Bestil den igen; sker det igen, så del den op i flere."""

    code = "S131"


class ChoicesChanged(DomainError):
    """Valgene er ændret, siden pakken blev bestilt. Se dem igennem, og bestil pakken igen."""

    code = "S132"


class NotAllSeen(DomainError):
    """Svaret rummer noget, du ikke må se. Giv anmodningen til en, der må se alle sagerne i den."""

    code = "S133"
    status = 403

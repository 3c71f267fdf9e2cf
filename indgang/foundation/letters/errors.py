"""Refusals of letters; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class LetterFailed(DomainError):
    """Brevet kunne ikke sættes op: {place}. {reason}"""

    code = "L1"
    status = 422


class LetterTooLong(DomainError):
    """Brevet er for langt: {place} har {count} tegn og må højst have {most}. Kort det af, eller vedlæg det som fil."""

    code = "L2"
    status = 422


class LetterEmpty(DomainError):
    """Brevet mangler {what}. Skriv det, før brevet laves."""

    code = "L3"
    status = 422


class UnknownTemplate(DomainError):
    """Brevskabelonen {code} findes ikke på sproget {language}, eller den er ude af brug. Vælg en anden på listen."""

    code = "L4"
    status = 404
    field = "template"


class UnknownField(DomainError):
    """Skabelonen bruger felter, der ikke findes: {fields}. Listen over felter står i vejledningen til breve."""

    code = "L5"
    status = 422
    field = "body"


class FieldsMissing(DomainError):
    """Brevet kan ikke sendes, før disse felter er udfyldt: {fields}."""

    code = "L6"
    status = 422
    field = "fields"


class WrongOutcome(DomainError):
    """Udfaldet {outcome} passer ikke til brevet. Vælg et af: {known}."""

    code = "L7"
    status = 422
    field = "outcome"


class TemplateIncomplete(DomainError):
    """Skabelonen mangler felter, som loven eller brevet kræver ({outcome}): {fields}. Tilføj dem i teksten."""

    code = "L8"
    status = 422
    field = "body"


class TemplateWrong(DomainError):
    """Linje {line} i skabelonen kan ikke bruges: »{shown}«. {remedy}"""

    code = "L9"
    status = 422
    field = "body"


class TemplateChanged(DomainError):
    """Skabelonen er ændret, siden du åbnede den. Læs den nye udgave, og prøv igen; din tekst står her stadig."""

    code = "L10"
    field = "version"


class WrongTable(DomainError):
    """Feltet {name} skal have {columns} kolonner, men linje {line} har {found}. Ret listen."""

    code = "L11"
    status = 422
    field = "fields"


class WrongTemplateFact(DomainError):
    """{what} kan ikke være »{value}«. Vælg {known}."""

    code = "L12"
    status = 422


class FileTypeRefused(DomainError):
    """Filen {name} er af en type, vi ikke tager imod ({found}). Gem den som PDF, JPEG eller PNG, og prøv igen."""

    code = "L30"
    status = 415
    field = "file"


class FileNameMisleads(DomainError):
    """Filen {name} er ikke det, navnet siger: indholdet er {found}. Gem den igen fra dit program, og prøv igen."""

    code = "L31"
    status = 415
    field = "file"


class FileDangerous(DomainError):
    """Filen {name} rummer noget, der kan køre som et program ({found}). Gem den som PDF, og prøv igen."""

    code = "L32"
    status = 415
    field = "file"


class FileDamaged(DomainError):
    """Filen {name} er beskadiget og kan ikke læses. Åbn den på din computer, gem den igen som PDF, og prøv igen."""

    code = "L33"
    status = 422
    field = "file"


class FileEncrypted(DomainError):
    """Filen {name} er låst med en adgangskode. Gem den uden adgangskode, og prøv igen."""

    code = "L34"
    status = 422
    field = "file"


class FileTooLarge(DomainError):
    """Filen {name} fylder {size} MB, og der må højst være {most} MB. Del den, og send delene hver for sig."""

    code = "L35"
    status = 413
    field = "file"


class FileEmpty(DomainError):
    """Filen {name} er tom. Vælg den rigtige fil, og prøv igen."""

    code = "L36"
    status = 422
    field = "file"


class FileUnfolds(DomainError):
    """Filen {name} bliver alt for stor, når den pakkes ud. Gem den med mindre billeder eller som PDF, og prøv igen."""

    code = "L37"
    status = 422
    field = "file"


class UnknownPage(DomainError):
    """Filen {name} har ikke en side {page}. Den har {pages}."""

    code = "L38"
    status = 404
    field = "page"


class NoPages(DomainError):
    """Filen {name} kan ikke vises som sider. Åbn den i sit eget program, og gem den som PDF."""

    code = "L39"
    status = 422
    field = "file"


class WrongBox(DomainError):
    """Feltet på side {page} kan ikke dækkes: det ligger uden for siden eller er tomt. Tegn det igen."""

    code = "L40"
    status = 422
    field = "boxes"


class NothingToCover(DomainError):
    """Der er ikke valgt noget, der skal dækkes. Tegn et felt, eller vælg ord på listen."""

    code = "L41"
    status = 422
    field = "boxes"


class StillReadable(DomainError):
    """Filen er ikke lavet: noget, der skulle dækkes, kan stadig læses på side {page}. Dæk hele siden, og prøv igen."""

    code = "L42"
    status = 422
    field = "boxes"


class ReadingBusy(DomainError):
    """Der læses mange filer lige nu. Vent et øjeblik, og prøv igen; intet er gået tabt."""

    code = "L43"
    status = 503


class TooManyPages(DomainError):
    """Filen {name} har {pages} sider, og der må højst være {most}. Del den i mindre filer."""

    code = "L44"
    status = 422
    field = "file"

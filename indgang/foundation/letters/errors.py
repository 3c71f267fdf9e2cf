"""Refusals of letters; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class LetterFailed(DomainError):
    """Brevet kunne ikke sættes op: {place}. {reason}"""

    code = "L1"
    status = 422


class LetterTooLong(DomainError):
    """Brevet er for langt: {place} har {count} tegn, og der må højst være {most}. Kort det af, eller vedlæg det som fil."""

    code = "L2"
    status = 422


class LetterEmpty(DomainError):
    """Brevet mangler {what}. Skriv det, før brevet laves."""

    code = "L3"
    status = 422


class UnknownTemplate(DomainError):
    """Brevskabelonen {code} findes ikke på sproget {language}, eller den er taget ud af brug. Vælg en anden på listen."""

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

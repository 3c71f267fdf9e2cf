"""Refusals of the form."""

from indgang.foundation.runtime.errors import DomainError


class DraftGone(DomainError):
    """Formularen findes ikke længere. Udfyldte formularer, der ikke er sendt, gemmes i {hours} timer. Start forfra."""

    code = "F1"
    status = 404


class AlreadySent(DomainError):
    """Henvendelsen er allerede sendt med referencen {reference}."""

    code = "F2"


class FilesTooLarge(DomainError):
    """Filerne må højst fylde {megabytes} MB tilsammen. Fjern en fil, eller send den for sig selv."""

    code = "F3"
    status = 413
    field = "files"


class TooManyFiles(DomainError):
    """Du kan højst vedhæfte {count} filer."""

    code = "F4"
    field = "files"


class Unfinished(DomainError):
    """Der mangler oplysninger, før henvendelsen kan sendes."""

    code = "F5"

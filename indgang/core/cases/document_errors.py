"""Refusals of the journal and the documents of cases; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class StaleDocument(DomainError):
    """{who} har lagt udgave {number} på eller ændret dokumentet, siden du åbnede det. Se den, før du lægger din på."""

    code = "S30"
    field = "version"


class InternalGroundMissing(DomainError):
    """Skriv, hvorfor det er internt. Det skal kunne begrundes ved aktindsigt."""

    code = "S31"
    status = 422
    field = "internal_ground"


class NoteEmpty(DomainError):
    """Notatet er tomt. Skriv det, før du gemmer."""

    code = "S32"
    status = 422
    field = "body"


class NotYourNote(DomainError):
    """Notatet er skrevet af en anden. Skriv et nyt notat, hvis noget skal rettes."""

    code = "S33"
    status = 403


class NoteSettled(DomainError):
    """Notatet er fra en tidligere dag og kan ikke rettes. Skriv et nyt notat, der siger, hvad der er rigtigt."""

    code = "S34"


class StaleNote(DomainError):
    """Notatet er rettet, siden du åbnede det. Din tekst står her stadig; læs rettelsen, og gem igen."""

    code = "S35"
    field = "version"


class DocumentFinal(DomainError):
    """Dokumentet er endeligt og får ikke flere udgaver. Læg filen på sagen som et nyt dokument."""

    code = "S36"


class FileInfected(DomainError):
    """Filen {name} rummer skadelig kode ({found}) og åbnes ikke. Den er bevaret på sagen; bed om at få den igen."""

    code = "S37"


class FileUnreadable(DomainError):
    """Filen {name} kan ikke vises. {why}"""

    code = "S38"
    status = 422
    field = "file"


class FileMissing(DomainError):
    """Filen {name} kan ikke hentes fra lageret lige nu. Prøv igen om lidt; bliver det ved, så sig det til driften."""

    code = "S39"
    status = 503


class DocumentTooLarge(DomainError):
    """Filen {name} fylder mere end {most} MB. Del den i mindre filer, og læg dem på hver for sig."""

    code = "S40"
    status = 413
    field = "file"


class UnknownPart(DomainError):
    """Den del af sagen findes ikke: {part}."""

    code = "S41"
    status = 422
    field = "part"


class DraftTooLong(DomainError):
    """Teksten er for lang til at blive gemt undervejs: højst {longest} tegn. Gem den, eller kort den af."""

    code = "S42"
    status = 422
    field = "text"


class NoteTooLong(DomainError):
    """Notatet er for langt: højst {longest} tegn. Kort det af, eller læg teksten på sagen som en fil."""

    code = "S43"
    status = 422
    field = "body"


class UnknownVersion(DomainError):
    """Dokumentet har ikke en udgave {number}. Den nyeste er udgave {newest}."""

    code = "S44"
    status = 404


class NothingToFind(DomainError):
    """Skriv mindst et ord, der kan søges efter. »Og«, »i« og tegn alene står overalt."""

    code = "S133"
    status = 422
    field = "q"

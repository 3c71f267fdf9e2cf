"""What staff are told of a file that was taken in, though something about it is special."""

from django.utils.translation import gettext


def caution(code: str) -> str:
    """The sentence for a code of `FileFacts.warnings`; KeyError for a code that does not exist."""
    return {
        "javascript": gettext("Filen rummer et program (JavaScript). Det bliver ikke kørt her."),
        "attachments": gettext("Filen rummer andre filer. De bliver ikke vist her."),
        "form": gettext("Filen er en formular; det, der er skrevet i felterne, hører med."),
        "macros": gettext("Filen rummer makroer. Åbn den kun, hvis du kender afsenderen."),
        "external": gettext("Filen henter tal fra andre filer. Tallene kan være gamle."),
        "no_text": gettext("Filen er et billede uden tekst. Søgning finder den ikke, og navne må findes med øjet."),
        "claimed": gettext("Afsenderens program kaldte filen noget andet, end den er."),
    }[code]

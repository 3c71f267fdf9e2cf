"""Refusals of contacts; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class WrongReference(DomainError):
    """Referencen {reference} er skrevet forkert. Den har otte tegn, f.eks. K7M2-42PX; se efter i din kvittering."""

    code = "C1"
    status = 404
    field = "reference"


class Stale(DomainError):
    """Henvendelsen er ændret, siden du åbnede den: {what}. Din tekst er gemt; læs ændringen, og prøv igen."""

    code = "C2"
    field = "version"


class AlreadyClosed(DomainError):
    """Henvendelsen er afsluttet. Genåbn den, før du arbejder videre på den."""

    code = "C3"


class NotPossible(DomainError):
    """Det kan ikke gøres, når henvendelsens tilstand er "{state}"."""

    code = "C4"


class UnknownTask(DomainError):
    """Opgaven {task} findes ikke i opgavekataloget. Søg efter den, og vælg en fra listen."""

    code = "C5"
    status = 422
    field = "tasks"


class UnknownChannel(DomainError):
    """Kanalen {channel} findes ikke. Vælg en af: {known}."""

    code = "C6"
    status = 422
    field = "channel"


class UnknownOutcome(DomainError):
    """Udfaldet {outcome} findes ikke. Vælg et af: {known}."""

    code = "C7"
    status = 422
    field = "outcome"


class AttachmentTooLarge(DomainError):
    """Filen {name} fylder mere end 25 MB. Send den i mindre dele, eller aflever den personligt."""

    code = "C8"
    status = 413
    field = "attachments"


class EmptyMessage(DomainError):
    """Der er ikke skrevet noget. Skriv en besked, før du sender."""

    code = "C9"
    status = 422
    field = "body"


class LevelNotAllowed(DomainError):
    """Du har ikke beføjelse til at afslutte {task} på niveau {level}. Overdrag henvendelsen til en, der har."""

    code = "C10"
    status = 403
    field = "tasks"


class UnknownUnit(DomainError):
    """Enheden {unit} findes ikke."""

    code = "C11"
    status = 422
    field = "unit"


class WrongDirection(DomainError):
    """Retningen {direction} findes ikke. Vælg en af: {known}."""

    code = "C12"
    status = 422
    field = "direction"


class InquirerUnknown(DomainError):
    """Afsenderen {kind} findes ikke. Vælg en af: {known}."""

    code = "C13"
    status = 422
    field = "inquirer.kind"


class Unwritable(DomainError):
    """Teksten indeholder tegn, der ikke kan gemmes. Skriv den igen uden specialtegn."""

    code = "C14"
    status = 422


class TooLong(DomainError):
    """Teksten er for lang: højst {longest} tegn. Kort den af, eller send resten som fil."""

    code = "C15"
    status = 422


class WrongMail(DomainError):
    """Mailadressen er skrevet forkert. Skriv den som navn@eksempel.dk."""

    code = "C16"
    status = 422
    field = "inquirer.email"

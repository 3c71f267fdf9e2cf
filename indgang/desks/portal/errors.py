"""Refusals of the portal."""

from indgang.foundation.runtime.errors import DomainError


class NewsIncomplete(DomainError):
    """Skriv både en overskrift på højst 120 tegn og en tekst på højst 8.000 tegn."""

    code = "P1"
    status = 422
    field = "title"


class NewsPeriod(DomainError):
    """Den sidste dag ligger før den første. Ret datoerne."""

    code = "P2"
    status = 422
    field = "valid_to"


class StaleNews(DomainError):
    """Nyheden er ændret, siden du åbnede den. Læs ændringen, og prøv igen; din tekst står her endnu."""

    code = "P3"
    field = "version"


class FeedbackEmpty(DomainError):
    """Skriv, hvad der mangler eller er forkert, i højst 2.000 tegn."""

    code = "P4"
    status = 422
    field = "text"


class ReplyEmpty(DomainError):
    """Skriv et svar til den, der meldte det, i højst 2.000 tegn."""

    code = "P5"
    status = 422
    field = "reply"


class AlreadyAnswered(DomainError):
    """Meldingen er allerede besvaret af {by}."""

    code = "P6"


class UnknownGroup(DomainError):
    """Kompetencen {group} findes ikke. Vælg en fra listen."""

    code = "P7"
    status = 422
    field = "groups"


class UnknownTask(DomainError):
    """Opgaven {task} findes ikke. Skriv et nummer som T-076."""

    code = "P8"
    status = 422
    field = "task"


class NoContactInHand(DomainError):
    """Du har ingen henvendelse i hånden, som blanketten kan sendes til. Tag henvendelsen først."""

    code = "P9"


class ArchiveUnreadable(DomainError):
    """Filen kan ikke læses. Den skal være en zip-fil med kort som T-076.md, højst {limit} filer og {size} MB."""

    code = "P10"
    status = 422
    field = "archive"


class WhyMissing(DomainError):
    """Skriv med en sætning, hvorfor du ændrer kortet."""

    code = "P11"
    status = 422
    field = "why"

"""What the catalogue refuses."""

from indgang.core.catalogue.card_content import CardFault
from indgang.foundation.runtime.errors import DomainError


class TaskNotFound(DomainError):
    """Opgaven {task} findes ikke. Se alle opgaver på /opgaver."""

    code = "K1"
    status = 404
    field = "task_id"


class TextTooLong(DomainError):
    """Teksten er på {length} tegn. Skriv højst {limit} tegn."""

    code = "K2"
    status = 422
    field = "text"


class NotADate(DomainError):
    """»{value}« er ikke en dato. Skriv den som 2026-03-01."""

    code = "K3"
    status = 422
    field = "at"


class StaleTask(DomainError):
    """Opgaven er ændret, siden du åbnede den. Læs ændringen, og prøv igen."""

    code = "K4"
    field = "version"


class LegalBasisMissing(DomainError):
    """Opgaven hører til {owner}. Den kan først afgøres i kommunen, når du skriver det særlige lovgrundlag."""

    code = "K5"
    status = 422
    field = "legal_basis"


class NotForTheCentres(DomainError):
    """Opgaven er ikke placeret i borgerservice. Ret først placeringen; indtil da er niveauet 1."""

    code = "K6"
    status = 422
    field = "level"


class WrongLevel(DomainError):
    """Niveau {level} kan ikke vælges her. Niveau 3, fagligt skøn, bliver hos den forvaltning, der ejer opgaven."""

    code = "K7"
    status = 422
    field = "level"


class DayPassed(DomainError):
    """Dagen {day} er ikke til at planlægge. Vælg en senere dag."""

    code = "K8"
    status = 422
    field = "on"


class WrongValue(DomainError):
    """»{value}« kan ikke bruges i feltet {name}. {remedy}"""

    code = "K9"
    status = 422
    field = "value"


class UnknownSubtask(DomainError):
    """Delopgaven {subtask} findes ikke. Vælg en fra opgavens liste."""

    code = "K10"
    status = 404
    field = "subtask"


class AlreadyPlanned(DomainError):
    """Der er allerede planlagt et niveau den dag. Træk det tilbage først."""

    code = "K11"
    field = "on"


class UnknownSetting(DomainError):
    """Reglen findes ikke."""

    code = "K20"
    status = 404


class WrongKindOfValue(DomainError):
    """Værdien er ikke af den slags, som reglen har: tal, hvor der stod et tal, og tekst, hvor der stod tekst."""

    code = "K21"
    status = 422
    field = "value"


class CardFaulty(DomainError):
    """Kortet {name} er ikke gemt, for det har {count} fejl. {first}"""

    code = "K30"
    status = 422
    field = "text"

    def __init__(self, *, name: str, faults: list[CardFault]) -> None:
        self.faults = faults
        super().__init__(name=name, count=len(faults), first=str(faults[0]))


class CardNotFound(DomainError):
    """Kortet til {task} findes ikke i den version. Åbn opgaven igen, og vælg fra listen."""

    code = "K31"
    status = 404
    field = "version"


class StaleCard(DomainError):
    """{author} har gemt kortet, siden du åbnede det. Din tekst er her stadig: sammenlign, og gem igen."""

    code = "K32"
    field = "based_on"

    def __init__(self, *, author: str, number: int, text: str) -> None:
        self.number, self.text = number, text  # what the other one saved
        super().__init__(author=author, number=number)


class WrongCardState(DomainError):
    """Versionen er »{state}« og kan ikke behandles sådan nu. Genindlæs siden, og se, hvor kortet står."""

    code = "K33"
    field = "version"


class ReasonNeeded(DomainError):
    """Skriv en grund på højst 300 tegn, så den anden ved, hvad der skal ske."""

    code = "K34"
    status = 422
    field = "reason"


class OwnText(DomainError):
    """Du har selv skrevet eller indsendt kortet. En anden fra {owner} skal godkende det."""

    code = "K35"
    status = 403
    field = "version"


class NotTheOwner(DomainError):
    """Kortet hører til {owner}. Det godkendes af en redaktør, opgaveejer eller leder dér."""

    code = "K36"
    status = 403
    field = "version"


class OwnerClosed(DomainError):
    """Kortet kan ikke udgives: {unit} er lukket. Vælg en anden enhed for {task} på niveau 3 under Snitflader først."""

    code = "K37"
    field = "publish_on"


class NothingToGuide(DomainError):
    """Svarene passer ikke til kortets spørgsmål. Begynd forfra med det første spørgsmål."""

    code = "K38"
    status = 422
    field = "answers"


class TaskExists(DomainError):
    """Der er allerede en opgave med titlen »{title}«: {task}. Ret den, eller giv den nye en anden titel."""

    code = "K39"
    field = "title"


class ApprovalNeeded(DomainError):
    """Kort udgives først, når opgavens ejer har godkendt dem. Indlæs dem som kladder, og send dem til godkendelse."""

    code = "K40"
    status = 403
    field = "publish_now"

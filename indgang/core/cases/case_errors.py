"""Refusals of cases, their steps and deadlines; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class StaleCase(DomainError):
    """Sagen er ændret, siden du åbnede den: {what}. Det, du skrev, står her stadig; læs ændringen, og prøv igen."""

    code = "S3"
    field = "version"


class NotYourCase(DomainError):
    """Du kan læse sagen, men ikke ændre den. Bed sagsbehandleren om det, eller bed om at få sagen overdraget."""

    code = "S4"
    status = 403


class CprInTitle(DomainError):
    """Titlen ligner et CPR-nummer. Skriv, hvad sagen handler om; borgeren står på sagen som part."""

    code = "S5"
    status = 422
    field = "title"


class TitleMissing(DomainError):
    """Titlen mangler. Skriv kort, hvad det drejer sig om."""

    code = "S6"
    status = 422
    field = "title"


class WrongProgress(DomainError):
    """Sagen er "{now}" og kan ikke blive "{wanted}". Rækkefølgen er: opstået, oplyst, afgjort, afsluttet."""

    code = "S7"
    field = "progress"


class GroundMissing(DomainError):
    """Skriv hvorfor. Grunden kommer til at stå på sagen."""

    code = "S8"
    status = 422
    field = "ground"


class AnswerGiven(DomainError):
    """Sagen er afgjort, så der er intet svar at sætte en frist for. Genoptag sagen, hvis den skal ses på igen."""

    code = "S140"
    field = "kind"


class StepNeeded(DomainError):
    """Sagen har ingen behandler, så trinnet skal blive: ellers er der ingen, der finder sagen. Giv den til en først."""

    code = "S141"


class NotDraftDocument(DomainError):
    """Dokumentet kan ikke smides væk: {why}. Læg et nyt dokument på sagen, der siger, hvad der er rigtigt."""

    code = "S142"


class ArchivedCase(DomainError):
    """Sagen er afleveret til arkivet, så bevaringen kan ikke ændres. Er mærket sat forkert, fjerner driften det."""

    code = "S143"


class RelationStands(DomainError):
    """Sagerne hører sammen på grund af en klage. Det kan ikke fjernes."""

    code = "S144"


class UnknownBusiness(DomainError):
    """Virksomheden findes ikke i registeret. Søg den frem igen, eller skriv dens navn."""

    code = "S145"
    status = 422
    field = "business"


class HandlesAlready(DomainError):
    """{name} behandler sagen allerede. Vælg en anden."""

    code = "S146"
    status = 422
    field = "to"


class UnknownValue(DomainError):
    """{value} kan ikke bruges her. Vælg en af: {known}."""

    code = "S9"
    status = 422


class UnknownPlace(DomainError):
    """{place} findes ikke eller bruges ikke mere. Vælg en enhed eller en medarbejder på listen."""

    code = "S10"
    status = 422
    field = "to"


class ReceiverMissing(DomainError):
    """Skriv, hvem der tager over: en enhed eller en medarbejder, ikke begge dele."""

    code = "S11"
    status = 422
    field = "to"


class NoteMissing(DomainError):
    """Skriv en note til den, der tager over: hvad er gjort, og hvad mangler."""

    code = "S12"
    status = 422
    field = "note"


class PastDay(DomainError):
    """Dagen er allerede forbi. Vælg en, der ligger ude i fremtiden."""

    code = "S13"
    status = 422
    field = "due_at"


class StepGone(DomainError):
    """Trinnet er allerede gjort eller taget af sagen."""

    code = "S14"


class StaleStep(DomainError):
    """Trinnet er ændret af en anden, siden du så det. Se det igen, og prøv igen."""

    code = "S15"
    field = "version"


class CaseClosed(DomainError):
    """Sagen er afsluttet. Genåbn den, før du arbejder videre på den."""

    code = "S16"


class UnknownPerson(DomainError):
    """Borgeren findes ikke. Søg borgeren frem, og vælg den rigtige på listen."""

    code = "S17"
    status = 422
    field = "citizen"


class PartyMissing(DomainError):
    """Skriv, hvem parten er: en borger, en virksomhed eller et navn."""

    code = "S18"
    status = 422
    field = "party"


class PartyGone(DomainError):
    """Parten hører ikke til sagen, eller er ikke længere part i den."""

    code = "S19"
    status = 404


class RelatedToItself(DomainError):
    """En sag kan ikke knyttes til sig selv. Vælg en anden sag."""

    code = "S20"
    status = 422
    field = "other"


class UnknownCase(DomainError):
    """Sagsnummeret {number} er skrevet forkert. Det ser ud som 2026-000123-4."""

    code = "S21"
    status = 404
    field = "number"


class WrongNumberAsked(UnknownCase):
    """Sagsnummeret {number} er skrevet forkert. Det ser ud som 2026-000123-4."""

    status = 422
    field = "q"


class UnitMissing(DomainError):
    """Der er ingen enhed, som sager om {task} hører til i. Vælg den enhed, der skal have sagen."""

    code = "S22"
    status = 422
    field = "unit"


class TaskNotYours(DomainError):
    """Du kan ikke oprette sager om {task}, fordi opgaven ikke er en af dine. Giv henvendelsen videre i stedet."""

    code = "S23"
    status = 403
    field = "task_id"


class WrongCaseCursor(DomainError):
    """Listen kan ikke fortsættes herfra. Begynd forfra på den."""

    code = "S24"
    status = 422
    field = "cursor"


class StaleDeadline(DomainError):
    """Fristen er flyttet af en anden, siden du så den. Se den igen, og prøv igen."""

    code = "S25"
    field = "version"


class DeadlineGone(DomainError):
    """Fristen er allerede overholdt eller bortfaldet."""

    code = "S26"


class TooMany(DomainError):
    """Vælg højst {most} sager ad gangen."""

    code = "S27"
    status = 422
    field = "cases"


class NothingToUndo(DomainError):
    """Fordelingen kan ikke fortrydes mere: {why}."""

    code = "S28"


class FactsNoteMissing(DomainError):
    """Der er ikke noteret noget på sag {number}, som skal afgøres. Skriv i noten, hvad borgeren har oplyst."""

    code = "S29"
    status = 422
    field = "note"


class CprInAddress(DomainError):
    """Et CPR-nummer må aldrig stå i en adresse. Søg med borgerens id; det står i svaret, når en sag er oprettet."""

    code = "S110"
    status = 422
    field = "citizen"


class WordsTooLong(DomainError):
    """Teksten er for lang: højst {longest} tegn. Kort den af, eller læg den på sagen som dokument."""

    code = "S111"
    status = 422


class FarDay(DomainError):
    """Dagen ligger for langt ude i fremtiden. Vælg en inden for 20 år."""

    code = "S126"
    status = 422
    field = "due_at"


class LevelNotYours(DomainError):
    """Sagen hører til niveau {level}. Kun den, der må afgøre den på det niveau, kan sætte det ned."""

    code = "S127"
    status = 403
    field = "level"

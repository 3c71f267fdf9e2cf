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


class CprInMail(DomainError):
    """Teksten har et CPR-nummer, og e-mail er ikke sikker. Send brev, bed borgeren ringe, eller bekræft afsendelsen."""

    code = "C17"
    status = 422
    field = "confirmed"


class FieldsLeft(DomainError):
    """Svaret indeholder felter, der ikke er udfyldt: {fields}. Skriv det rigtige i stedet, før du sender."""

    code = "C18"
    status = 422
    field = "body"


class TooLate(DomainError):
    """Svaret er allerede sendt og kan ikke fortrydes. Skriv et nyt svar, hvis noget skal rettes."""

    code = "C19"


class UnknownMessage(DomainError):
    """Beskeden findes ikke på henvendelsen."""

    code = "C20"
    status = 404


class UnknownTemplate(DomainError):
    """Standardsvaret findes ikke, eller det er taget ud af brug. Vælg et andet på listen."""

    code = "C21"
    status = 404


class TemplateChanged(DomainError):
    """Standardsvaret er ændret, siden du åbnede det. Læs den nye udgave, og prøv igen; din tekst står her stadig."""

    code = "C22"
    field = "version"


class UnknownField(DomainError):
    """Teksten bruger felter, der ikke findes: {fields}. De kendte er: {known}."""

    code = "C23"
    status = 422
    field = "body"


class UnknownMaterial(DomainError):
    """Materialet {material} findes ikke. Vælg et på listen."""

    code = "C24"
    status = 404
    field = "material"


class UnknownWay(DomainError):
    """Materiale kan ikke sendes på måden {way}. Vælg e-mail (mail) eller brev (letter)."""

    code = "C25"
    status = 422
    field = "way"


class AddressMissing(DomainError):
    """Der mangler en adresse at sende til. Skriv navn, vej, postnummer og by, eller vælg e-mail."""

    code = "C26"
    status = 422
    field = "address"


class MailMissing(DomainError):
    """Borgeren har ingen mailadresse. Skriv den på henvendelsen, eller send som brev."""

    code = "C27"
    status = 422
    field = "way"


class WrongPhone(DomainError):
    """Telefonnummeret er skrevet forkert. Skriv mindst otte cifre, med landekode foran, hvis det ikke er dansk."""

    code = "C28"
    status = 422
    field = "phone"


class WrongWindow(DomainError):
    """Tidsrummet kan ikke bruges. Sluttidspunktet skal ligge efter starttidspunktet og ude i fremtiden."""

    code = "C29"
    status = 422
    field = "not_after"


class CallBackOpen(DomainError):
    """Der er allerede aftalt en opringning til {phone}. Ring op, eller afslut den først."""

    code = "C30"


class NoCallBack(DomainError):
    """Der er ingen åben aftale om opringning på henvendelsen."""

    code = "C31"


class UnknownResult(DomainError):
    """Resultatet {result} findes ikke. Vælg et af: {known}."""

    code = "C32"
    status = 422
    field = "result"


class PastMoment(DomainError):
    """Tidspunktet er allerede forbi. Vælg et, der ligger ude i fremtiden."""

    code = "C33"
    status = 422
    field = "until"


class RecipientMissing(DomainError):
    """Skriv, hvem der tager over. Ingen henvises videre uden modtager."""

    code = "C34"
    status = 422
    field = "to"


class UnknownKind(DomainError):
    """Arten {kind} findes ikke. Vælg en af: {known}."""

    code = "C35"
    status = 422
    field = "kind"


class ComplaintUnknown(DomainError):
    """Forslaget eller klagen findes ikke."""

    code = "C36"
    status = 404


class UnknownLifeSituation(DomainError):
    """Livssituationen {situation} findes ikke. Vælg en på listen, eller lad feltet stå tomt."""

    code = "C37"
    status = 422
    field = "life_situation"


class UnknownTag(DomainError):
    """{value} kan ikke vælges her. Vælg en af: {known}."""

    code = "C38"
    status = 422


class NotTheirTask(DomainError):
    """Opgaven {task} hører ikke til henvendelsen. Tilføj den først."""

    code = "C39"
    status = 422
    field = "task"


class WrongCursor(DomainError):
    """Listen kan ikke fortsættes herfra. Begynd forfra på den."""

    code = "C40"
    status = 422
    field = "cursor"


class RepresentsThemselves(DomainError):
    """Borgeren kan ikke repræsentere sig selv. Vælg den, der tales for, eller lad feltet stå tomt."""

    code = "C41"
    status = 422
    field = "representing"


class TemplateIncomplete(DomainError):
    """Et standardsvar skal have en kode, en titel og en tekst."""

    code = "C42"
    status = 422
    field = "title"


class MaterialIncomplete(DomainError):
    """Skriv titlen på dansk og engelsk, og et link, der begynder med https:// eller /."""

    code = "C43"
    status = 422
    field = "title"


class MaterialChanged(DomainError):
    """Blanketten er ændret af en anden, mens du skrev. Se den nye, og ret igen."""

    code = "C44"
    field = "version"


class BlankReferral(DomainError):
    """Skriv i noten, hvem der går videre, og hvad borgeren ved. Skal der følges op, så giv den videre med en frist."""

    code = "C45"
    status = 422
    field = "note"


class NotTheirRepresentative(DomainError):
    """Der er ingen fuldmagt, forældremyndighed eller værgemål, der gælder her. Skriv den på borgeren først."""

    code = "C46"
    status = 422
    field = "representing"

"""Refusals of planning; each docstring is the sentence shown."""

from indgang.foundation.runtime.errors import DomainError


class NotANumber(DomainError):
    """{field_name} skal være et tal {what}; der står {value}. Ret tallet, og prøv igen."""

    code = "P1"
    status = 422


class TargetOutOfReach(DomainError):
    """Målet {target} kan ikke nås med et endeligt antal medarbejdere. Vælg et mål under 100 %."""

    code = "P2"
    status = 422
    field = "target"


class TooManyNeeded(DomainError):
    """Der skulle over {most} medarbejdere til. Se efter antal ({arrivals} i timen) og tid ({handling} sekunder)."""

    code = "P3"
    status = 422
    field = "arrivals"


class BadColumns(DomainError):
    """Filen har ingen kolonne "{wanted}"; den har: {found}. Skriv kolonnernes navne i første linje."""

    code = "P10"
    status = 422


class BadTime(DomainError):
    """Linje {line}, kolonne {column}: "{value}" er intet tidspunkt. Skriv det som 2026-03-02T09:30."""

    code = "P11"
    status = 422


class BadCount(DomainError):
    """Linje {line}, kolonne {column}: "{value}" kan ikke bruges. Skriv {what}."""

    code = "P12"
    status = 422


class TwiceCounted(DomainError):
    """Linje {line}: {start} står allerede i linje {first}. Behold den ene."""

    code = "P13"
    status = 422


class BadEncoding(DomainError):
    """Filen er ikke tekst i UTF-8 eller Windows-1252. Gem den som CSV i UTF-8."""

    code = "P14"
    status = 422


class NoCounts(DomainError):
    """Filen har ingen tal. Hver linje skal have et tidspunkt og et antal."""

    code = "P15"
    status = 422


class TooShort(DomainError):
    """Der er kun {days} dage med tal; en prognose kræver mindst {least}. Læs en længere periode ind."""

    code = "P16"
    status = 422
    field = "file"


class RosterFaulty(DomainError):
    """Linje {line}, kolonne {column}: "{value}" kan ikke bruges i en vagtplan. Skriv {what}."""

    code = "P20"
    status = 422


class RosterLacks(DomainError):
    """Filen har ingen rækker. Den skal have kolonnerne {what} og mindst én række."""

    code = "P21"
    status = 422


class RosterTooLarge(DomainError):
    """Vagtplanen har {count} {what}; der kan være højst {most}. Del perioden op."""

    code = "P22"
    status = 422


class PriceLevelsMixed(DomainError):
    """Der er intet prisindeks for {year}. Skriv det, før beløbene lægges sammen; der er for: {known}."""

    code = "P30"
    status = 422
    field = "price_level"


class BadFile(DomainError):
    """Filen kan ikke bruges: {why}."""

    code = "P50"
    status = 422


class PlanMoved(DomainError):
    """Arbejdet er kommet videre, siden du så det. Se, hvor det er nu, og prøv igen."""

    code = "P51"
    status = 409


class NotFinished(DomainError):
    """{what} er ikke færdig endnu, så der er intet at bygge på. Vent, til den er færdig."""

    code = "P52"
    status = 409


class WorkStopped(DomainError):
    """Beregningen blev afbrudt {times} gange, fordi serveren stoppede. Start den igen, eller bed driften se på det."""

    code = "P53"
    status = 503


class Stopped(DomainError):
    """Beregningen er annulleret."""

    code = "P55"


class CountsGone(DomainError):
    """Tallene, der skulle regnes på, er slettet. Læs dem ind igen, og bed om en ny prognose."""

    code = "P56"
    status = 409


class NothingCounted(DomainError):
    """Der er ingen henvendelser af den slags endnu. Vælg en anden indgang, opgave eller et andet sted."""

    code = "P57"
    status = 422
    field = "kanal"

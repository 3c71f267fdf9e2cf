"""Refusals of planning; each docstring is the sentence shown."""

from indgang.desks.planning.refusals import PlanRefusal


class NotANumber(PlanRefusal):
    """{field_name} skal være et tal {what}; der står {value}. Ret tallet, og prøv igen."""

    code = "P1"
    status = 422


class TargetOutOfReach(PlanRefusal):
    """Målet {target} kan ikke nås med et endeligt antal medarbejdere. Vælg et mål under 100 %."""

    code = "P2"
    status = 422
    field = "target"


class TooManyNeeded(PlanRefusal):
    """Der skulle over {most} medarbejdere til. Se efter antal ({arrivals} i timen) og tid ({handling} sekunder)."""

    code = "P3"
    status = 422
    field = "arrivals"


class BadColumns(PlanRefusal):
    """Filen har ingen kolonne "{wanted}"; den har: {found}. Skriv kolonnernes navne i første linje."""

    code = "P10"
    status = 422


class BadTime(PlanRefusal):
    """Linje {line}, kolonne {column}: "{value}" er intet tidspunkt. Skriv det som 2026-03-02T09:30."""

    code = "P11"
    status = 422


class BadCount(PlanRefusal):
    """Linje {line}, kolonne {column}: "{value}" kan ikke bruges. Skriv {what}."""

    code = "P12"
    status = 422


class TwiceCounted(PlanRefusal):
    """Linje {line}: {start} står allerede i linje {first}. Behold den ene."""

    code = "P13"
    status = 422


class BadEncoding(PlanRefusal):
    """Filen er ikke tekst i UTF-8 eller Windows-1252. Gem den som CSV i UTF-8."""

    code = "P14"
    status = 422


class NoCounts(PlanRefusal):
    """Filen har ingen tal. Hver linje skal have et tidspunkt og et antal."""

    code = "P15"
    status = 422


class TooShort(PlanRefusal):
    """Der er kun {days} dage med tal; en prognose kræver mindst {least}. Læs en længere periode ind."""

    code = "P16"
    status = 422
    field = "file"


class RosterFaulty(PlanRefusal):
    """Linje {line}, kolonne {column}: "{value}" kan ikke bruges i en vagtplan. Skriv {what}."""

    code = "P20"
    status = 422


class RosterLacks(PlanRefusal):
    """Filen har ingen rækker. Den skal have kolonnerne {what} og mindst én række."""

    code = "P21"
    status = 422


class RosterTooLarge(PlanRefusal):
    """Vagtplanen har {count} {what}; der kan være højst {most}. Del perioden op."""

    code = "P22"
    status = 422


class PriceLevelsMixed(PlanRefusal):
    """Der er intet prisindeks for {year}. Skriv det, før beløbene lægges sammen; der er for: {known}."""

    code = "P30"
    status = 422
    field = "price_level"


class BadFile(PlanRefusal):
    """Filen kan ikke bruges: {why}."""

    code = "P50"
    status = 422


class PlanMoved(PlanRefusal):
    """Arbejdet er kommet videre, siden du så det. Se, hvor det er nu, og prøv igen."""

    code = "P51"
    status = 409


class NotFinished(PlanRefusal):
    """{what} er ikke færdig endnu, så der er intet at bygge på. Vent, til den er færdig."""

    code = "P52"
    status = 409


class WorkStopped(PlanRefusal):
    """Beregningen blev afbrudt {times} gange, fordi serveren stoppede. Start den igen, eller bed driften se på det."""

    code = "P53"
    status = 503


class Stopped(PlanRefusal):
    """Beregningen er annulleret."""

    code = "P55"


class CountsGone(PlanRefusal):
    """Tallene, der skulle regnes på, er slettet. Læs dem ind igen, og bed om en ny prognose."""

    code = "P56"
    status = 409


class NothingCounted(PlanRefusal):
    """Der er ingen henvendelser af den slags endnu. Vælg en anden indgang, opgave eller et andet sted."""

    code = "P57"
    status = 422
    field = "kanal"


class StatsforecastLacks(PlanRefusal):
    """Pakken statsforecast er ikke installeret her eller kan ikke indlæses. Installér den med: {command}"""

    code = "P58"
    status = 503
    field = "compare"


class TooFewBefore(PlanRefusal):
    """Før den første prøvede dag er der {days} åbne dage; statsforecast kræver {least}. Læs en længere periode ind."""

    code = "P59"
    status = 422
    field = "compare"


class NoNumber(PlanRefusal):
    """{model} fra statsforecast gav intet tal for {day}, så den kan ikke holdes op mod prognosen."""

    code = "P54"
    field = "compare"

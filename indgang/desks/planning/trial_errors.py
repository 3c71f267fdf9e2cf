"""Refusals of a day that cannot be tried; each docstring is the sentence shown."""

from indgang.desks.planning.refusals import PlanRefusal


class NobodyLeft(PlanRefusal):
    """Højst {most} er på arbejde i de timer, så ingen ville være tilbage. Skriv et lavere tal, eller vælg hjælpere."""

    code = "P80"
    status = 422
    field = "mangler"


class ClosedThen(PlanRefusal):
    """Bemandingen venter ingen henvendelser den dag. Vælg en anden dag."""

    code = "P81"
    status = 422
    field = "dag"


class NobodyPlanned(PlanRefusal):
    """I bemandingen er ingen på arbejde den dag, så der er intet at prøve. Vælg en anden dag eller bemanding."""

    code = "P82"
    status = 422
    field = "bemanding"


class TooMuchTried(PlanRefusal):
    """Der skulle spilles {count} henvendelser; der kan højst være {most}. Skriv færre gange, eller vælg en dag."""

    code = "P83"
    status = 422
    field = "gange"


class NoTimeLeft(PlanRefusal):
    """En henvendelse ville tage {seconds} sekunder. Træk færre procent eller sekunder fra, så den tager mindst 1."""

    code = "P84"
    status = 422
    field = "tid"


class EndlessTime(PlanRefusal):
    """En henvendelse ville tage {seconds} sekunder; skriv højst {most} (4 timer) i alt."""

    code = "P85"
    status = 422
    field = "tid"


class TooManyThere(PlanRefusal):
    """I bemandingen er {count} på arbejde på samme tid; her kan højst {most} spilles. Vælg en mindre bemanding."""

    code = "P87"
    status = 422
    field = "bemanding"


class OutsideHours(PlanRefusal):
    """De timer er uden for åbningstiden den dag, så ingen kan mangle der. Vælg timer mellem kl. {first} og {last}."""

    code = "P86"
    status = 422
    field = "fra"

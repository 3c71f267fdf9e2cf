"""Names of columns, what kind of figure stands in each, and which formula made it."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from indgang.desks.planning.capacity import Warning

WEEKDAYS = (_("mandag"), _("tirsdag"), _("onsdag"), _("torsdag"), _("fredag"), _("lørdag"), _("søndag"))
STREAMS = {
    "calls": _("Opkald"), "calls_special": _("Opkald, der kræver særlig viden"), "visits": _("Besøg i center"),
    "written": _("Skriftligt"), "contact_centre": _("Kontaktcenter"), "centres": _("Centre"),
    "changed": _("Med ændringen"), "planned": _("Som planlagt"),
}  # fmt: skip
NEVER = {
    "nobody": _("der er ingen på arbejde, der tager den slags"),
    "competence": _("ingen på arbejde har kompetencen"),
    "level": _("ingen på arbejde må afgøre på det niveau"),
    "language": _("ingen på arbejde taler sproget"),
    "unit": _("ingen på arbejde hører til enheden"),
}
EVENTS = {
    "arrived": _("Kommer ind."),
    "waits": _("Ingen er ledig. Venter i køen."),
    "widened": _("Har ventet så længe, at hjælperne også bliver spurgt."),
    "late": _("Har nu ventet længere end målet."),
    "call_back": _("Siger ja til at blive ringet op og beholder pladsen i køen."),
    "answered": _("Tilbydes en ledig i bemandingen, som svarer."),
    "answered_helper": _("Overløb: tilbydes en hjælper, som svarer."),
    "gave_up": _("Lægger på uden svar."),
    "ended": _("Er færdig."),
    "still_waiting": _("Venter stadig, når det hele er spillet."),
}
TITLES = {
    "days": _("Dag for dag"), "intervals": _("Time for time"), "today": _("Resten af i dag"),
    "need": _("Behov halvtime for halvtime"), "waits": _("Ventetider"), "busy": _("Hvor optaget de er"),
    "hourly": _("Ventetid time for time, spillet"),
    "shifts": _("Vagter"), "gaps": _("Huller"), "hours": _("Timer til hver"), "overview": _("Side om side"),
    "ways": _("Med ændringen og som planlagt"), "halves": _("Halvtime for halvtime"),
    "one_contact": _("Én henvendelse"),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """How a column is shown."""

    title: "_StrPromise"
    kind: str = "text"  # text, count, figure, share, seconds, day, moment, weekday, stream
    formula: str = ""  # the page of docs/algorithms that says how it is made

    @property
    def is_figure(self) -> bool:
        """Whether it stands to the right."""
        return self.kind in ("count", "figure", "share", "seconds", "money")


COLUMNS = {
    "option": Column(_("Mulighed")),
    "stream": Column(_("Henvendelser"), "stream"),
    "crew": Column(_("Bemanding"), "stream"),
    "start": Column(_("Fra"), "moment"),
    "day": Column(_("Dag"), "day"),
    "weekday": Column(_("Ugedag"), "weekday"),
    "time": Column(_("Kl.")),
    "mean": Column(_("Ventet"), "figure", "forecast"),
    "p10": Column(_("Lavt (10 %)"), "figure", "forecast"),
    "p90": Column(_("Højt (90 %)"), "figure", "forecast"),
    "count": Column(_("Antal"), "figure", "forecast"),
    "load": Column(_("Belastning (erlang)"), "figure", "erlang"),
    "agents": Column(_("På arbejde"), "count", "staffing"),
    "positions": Column(_("Skal planlægges"), "count", "staffing"),
    "service_level": Column(_("Besvaret i tide"), "share", "erlang"),
    "mean_wait": Column(_("Ventetid i snit"), "seconds", "erlang"),
    "p95_wait": Column(_("95 % venter højst"), "seconds", "simulation"),
    "half_width": Column(_("± (95 % sikkert)"), "seconds", "simulation"),
    "p_abandon": Column(_("Lægger på"), "share", "erlang"),
    "occupancy": Column(_("Optaget"), "share", "erlang"),
    "contact_centre": Column(_("Kontaktcenter"), "count", "dimensioning"),
    "each_centre": Column(_("Hvert center"), "count", "dimensioning"),
    "written": Column(_("Skriftligt"), "figure", "dimensioning"),
    "at_work": Column(_("I alt på arbejde"), "figure", "dimensioning"),
    "arrived": Column(_("Kom"), "count", "simulation"),
    "answered": Column(_("Besvaret"), "count", "simulation"),
    "abandoned": Column(_("Gik igen"), "count", "simulation"),
    "left_waiting": Column(_("Venter stadig"), "count", "simulation"),
    "per_week": Column(_("Kom om ugen"), "figure", "simulation"),
    "staffed_hours": Column(_("Timer på arbejde"), "figure", "simulation"),
    "pattern": Column(_("Vagt")),
    "employee": Column(_("Medarbejder")),
    "people": Column(_("Antal"), "count", "roster"),
    "competence": Column(_("Kompetence")),
    "missing": Column(_("Mangler"), "count", "roster"),
    "why": Column(_("Hvorfor"), "why"),
    "hours": Column(_("Timer"), "figure", "roster"),
    "way": Column(_("Hvordan"), "stream"),
    "called_back": Column(_("Ville ringes op"), "count", "simulation"),
    "level": Column(_("Får svar i tide"), "share", "simulation"),
    "level_low": Column(_("lavt (95 %)"), "share", "simulation"),
    "level_high": Column(_("højt (95 %)"), "share", "simulation"),
    "level_planned": Column(_("Som planlagt i tide"), "share", "simulation"),
    "level_planned_low": Column(_("planlagt lavt (95 %)"), "share", "simulation"),
    "level_planned_high": Column(_("planlagt højt (95 %)"), "share", "simulation"),
    "wait": Column(_("Ventetid i snit"), "seconds", "simulation"),
    "wait_half_width": Column(_("± (95 % sikkert)"), "seconds", "simulation"),
    "wait_planned": Column(_("Planlagt ventetid"), "seconds", "simulation"),
    "busy_share": Column(_("Optaget"), "share", "simulation"),
    "present": Column(_("På arbejde"), "count", "simulation"),
    "present_planned": Column(_("Planlagt på arbejde"), "count", "staffing"),
    "came": Column(_("Henvendelser"), "figure", "simulation"),
    "came_planned": Column(_("Planlagt antal"), "figure", "simulation"),
    "gave_up": Column(_("Gik igen"), "figure", "simulation"),
    "clock": Column(_("Kl.")),
    "event": Column(_("Hvad der sker"), "event"),
    "since": Column(_("Siden den kom"), "seconds"),
}


def shown(kind: str, value: Any) -> str:
    """A cell in the reader's language; a wait without end and what is not known are a dash."""
    if value is None:
        return "–"
    return _SHOWN.get(kind, str)(value)


def number(value: float, places: int = 0) -> str:
    """A number as it is written."""
    return str(formats.number_format(round(value, places), decimal_pos=places, use_l10n=True, force_grouping=True))


def share(value: float) -> str:
    """As per cent."""
    return f"{number(100 * value, 1)} %"


def seconds(value: float) -> str:
    """Seconds, minutes or hours, whichever one would say."""
    if value < 90:
        return gettext("{number} sek.").format(number=number(value, 0 if value >= 10 else 1))
    if value < 5400:
        return gettext("{number} min.").format(number=number(value / 60, 1))
    return gettext("{number} timer").format(number=number(value / 3600, 1))


def day(value: str) -> str:
    """man 5. jan 2026."""
    return str(formats.date_format(date.fromisoformat(value), "D j. b Y"))


def moment(value: str) -> str:
    """With the time."""
    return str(formats.date_format(datetime.fromisoformat(value), "D j. b Y H.i"))


def stream(value: str) -> str:
    """visits:3 is "Besøg i center 3"."""
    name, _colon, rest = value.partition(":")
    return f"{STREAMS.get(name, name)} {rest}".strip()


def why(value: "str | list[Any]") -> str:
    """A gap's reason: the sentence, and what stands in its places."""
    template, facts = value if isinstance(value, list) else (value, {})
    return gettext(template).format(**facts) if facts else gettext(template)


def event(value: str) -> str:
    """What happened to the contact that is followed."""
    return str(EVENTS[value])


WARNINGS = {
    "overcapacity": _("Kun {used} af kapaciteten bruges, når der er mest at lave."),
    "undercapacity": _("{used} af kapaciteten bruges, når der er mest at lave."),
    "nobody": _("Der er ingen på arbejde."),
    "too_small": _("Færre end {least} på arbejde: sygdom lukker skranker."),
    "lacks_competence": _("Ingen kan {what}."),
    "no_tax_seat": _("Den udstationerede skattemedarbejder mangler."),
}


def warning(one: "Warning") -> str:
    """What a planner should look at."""
    used = share(one.figure) if math.isfinite(one.figure) else "–"
    return str(WARNINGS[one.kind]).format(used=used, least=number(one.figure), what=one.what)


_SHOWN = {
    "count": lambda value: number(value),
    "figure": lambda value: number(value, 1),
    "money": lambda value: number(float(value)),
    "share": share,
    "seconds": seconds,
    "day": day,
    "moment": moment,
    "weekday": lambda value: str(WEEKDAYS[value]),
    "stream": stream,
    "why": why,
    "event": event,
}

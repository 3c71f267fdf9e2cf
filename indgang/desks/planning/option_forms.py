"""Ways to organise the service, as a planner asks for them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.planning import possible, selectors, volumes
from indgang.desks.planning.forms import OnForecast, number, per_cent, whole
from indgang.desks.planning.values import WRITTEN
from indgang.desks.planning.weeks import spread
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

VARIATIONS = {
    "aftener": _("Åbent til kl. 20 mandag til torsdag"),
    "loerdag": _("Åbent lørdag 10-14"),
    "et": _("Kun ét center"),
    "net": _("10 % af opkaldene flytter til nettet"),
    "foerste": _("80 % løst ved første henvendelse (i dag 60 %)"),
}
_CHANGES: dict[str, dict[str, Any]] = {
    "aftener": {"evenings": True},
    "loerdag": {"saturday": True},
    "et": {"centres": 1},
    "net": {"phone_to_net": 0.1},
    "foerste": {"first_contact": 0.8},
}


# A channel's own forecast, and of which channels it may be.
OWN_SHAPES = {"prognose_besoeg": ("counter",), "prognose_skriftligt": ("written", *WRITTEN)}


LONGEST = 4 * 3600  # seconds; no single inquiry takes longer on average
NO_PATIENCE = _("Skriv mindst 1 sekund, eller lad feltet stå tomt: så venter de, til de får svar.")


def handling(label: Any, help_text: Any, **more: Any) -> forms.FloatField:
    """How long one inquiry takes."""
    said = {
        "max_value": _("Skriv højst 14.400 sekunder (4 timer): så længe varer ingen henvendelse i snit."),
        "min_value": _("Skriv mindst 1 sekund."),
    }
    return number(label, help_text, least=1, most=LONGEST, error_messages=said, **more)


class CompareForm(OnForecast):
    """Two ways side by side, and changes of the first."""

    prognose_besoeg = forms.ChoiceField(
        label=_("Prognose for besøg"), required=False,
        help_text=_("Uden en prognose bruges besøg om året, fordelt over ugen som opkaldene."),
    )  # fmt: skip
    prognose_skriftligt = forms.ChoiceField(
        label=_("Prognose for det skriftlige"), required=False,
        help_text=_("Uden en prognose bruges skriftlige om året, fordelt over ugen som opkaldene."),
    )  # fmt: skip
    centre_a = whole(_("Centre i den ene"), _("Antal borgerservicecentre."), most=40, initial=8)
    overloeb_a = forms.BooleanField(
        label=_("Overløb: centre og kontaktcenter hjælper hinanden"), required=False, initial=True
    )
    centre_b = whole(_("Centre i den anden"), _("Antal borgerservicecentre."), most=40, initial=10)
    overloeb_b = forms.BooleanField(label=_("Overløb i den anden"), required=False)
    ogsaa = forms.MultipleChoiceField(
        label=_("Se også den ene med"),
        choices=list(VARIATIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    besoeg = whole(_("Besøg om året"), _("Bruges kun uden en prognose for besøg."), most=50_000_000)
    skriftligt = whole(_("Skriftlige om året"), _("Mail, formularer og breve; bruges kun uden prognose."))
    tid_telefon = handling(_("Opkald (sekunder)"), _("Samtale og efterbehandling i snit."), initial=240)
    tid_besoeg = handling(_("Besøg (sekunder)"), _("Ved skranken i snit."), initial=480)
    tid_skriftligt = handling(_("Skriftligt (sekunder)"), _("Et svar i snit."), initial=420)
    venter = number(
        _("Tålmodighed (sekunder)"), _("Før de lægger på, i snit. Tomt: de venter, til de får svar."),
        required=False, least=1, initial=180, error_messages={"min_value": NO_PATIENCE},
    )  # fmt: skip
    andel = per_cent(
        _("Mål: besvaret (%)"),
        _("Under 100."),
        initial=80,
    )
    inden_telefon = number(_("opkald inden (sekunder)"), _("Så længe må et opkald vente."), most=86400, initial=25)
    inden_besoeg = number(
        _("besøg inden (sekunder)"), _("Så længe må en borger vente i centret."), most=86400, initial=600
    )
    fravaer = per_cent(_("Fravær (%)"), _("Pauser, sygdom, kurser og ferie."), initial=30)
    belaegning = number(
        _("Højst optaget (%)"), _("Over 85-90 % tåler køen ingen travlhed."), least=1, most=100, initial=85
    )
    mindst = whole(_("Mindst i et åbent center"), _("Færre kan ikke bære sygdom."), most=200, initial=3)
    aabner = number(_("Åbner kl."), _("Mandag til fredag."), most=23, initial=8)
    lukker = number(_("Lukker kl."), _("Mandag til fredag."), least=1, most=24, initial=18)
    time = number(_("En time på arbejde koster (kr.)"), _("Løn og fravær."), most=100_000, initial=350)
    center_aar = number(_("Et center koster om året (kr.)"), _("Husleje og drift."), most=1e9, initial=0)
    saerlig = per_cent(
        _("Opkald, der kræver særlig viden (%)"), _("F.eks. et sprog eller et fag, kun få kan."), initial=0
    )
    kan = whole(_("Så mange i kontaktcentret kan det"), _("0: ingen kan, og de opkald får aldrig svar."), initial=0)
    alligevel = forms.BooleanField(label=_("Spil det alligevel, når ingen kan det"), required=False)
    medarbejdere = whole(
        _("Fast antal i kontaktcentret"), _("Tomt: det antal, målet kræver."), least=1, most=5000, required=False,
        error_messages={"min_value": _("Med 0 på arbejde får ingen svar. Skriv mindst 1, eller lad feltet stå tomt.")},
    )  # fmt: skip
    uger = whole(
        _("Uger, der spilles"), _("Flere giver smallere usikkerhed og tager længere tid."), least=2, most=20, initial=3
    )

    def clean(self) -> dict[str, Any] | None:
        """Hours must be in order."""
        data = super().clean()
        if data and {"aabner", "lukker"} <= data.keys() and data["aabner"] >= data["lukker"]:
            self.add_error("lukker", gettext("Lukketiden skal være efter åbningstiden."))
        return data

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, *args, **kwargs)
        self.choices = [(str(row.id), row.name) for row in selectors.forecasts(viewer, ("phone",))]
        self.fields["prognose"].choices = self.choices  # type: ignore[attr-defined]
        self.lacks = "" if self.choices else "calls"
        for field, channels in OWN_SHAPES.items():
            own = [(str(row.id), row.name) for row in selectors.forecasts(viewer, channels)]
            self.fields[field].choices = [("", gettext("Ingen: fordel som opkaldene")), *own]  # type: ignore[attr-defined]
        yearly = volumes.expected(selectors.volumes(viewer), clock.today())
        self.fields["besoeg"].initial = yearly.get("counter", 100_000)
        self.fields["skriftligt"].initial = yearly.get("mail", 60_000)

    def place_of(self, field: str | None) -> str | None:
        """Names of figures are those of the calculations."""
        return possible.place_of(field) or super().place_of(field)

    def options(self) -> list[dict[str, Any]]:
        """The ways asked for, each with a name of its own."""
        data = self.cleaned_data
        plain = {
            "opens": data["aabner"], "closes": data["lukker"], "least_staff": data["mindst"],
            "shrinkage": data["fravaer"] / 100, "max_occupancy": data["belaegning"] / 100,
            "hourly": data["time"], "centre_yearly": data["center_aar"],
        }  # fmt: skip
        first = plain | {"centres": data["centre_a"], "overflow": data["overloeb_a"]}
        second = plain | {"centres": data["centre_b"], "overflow": data["overloeb_b"]}
        found = [first | {"name": _named(first)}, second | {"name": _named(second)}]
        found += [first | _CHANGES[code] | {"name": str(VARIATIONS[code])} for code in data["ogsaa"]]
        return list(_unlike(found))

    def works(self, week: list[float], visits: list[float], written: list[float]) -> list[dict[str, Any]]:
        """The demand, by channel; where a usual week of its own is missing, the year is spread like the calls."""
        data = self.cleaned_data
        share = data["andel"] / 100
        return [
            {
                "name": "phone", "medium": "phone", "week": week, "handling": data["tid_telefon"],
                "patience": data["venter"], "share": share, "within": data["inden_telefon"],
            },
            {
                "name": "counter", "medium": "counter", "week": visits or spread(data["besoeg"], week),
                "handling": data["tid_besoeg"], "patience": None, "share": share, "within": data["inden_besoeg"],
            },
            {
                "name": "written", "medium": "mail", "week": written or spread(data["skriftligt"], week),
                "handling": data["tid_skriftligt"], "patience": None, "share": share, "within": 86400,
            },
        ]  # fmt: skip


def _named(option: dict[str, Any]) -> str:
    with_overflow = gettext("med overløb") if option["overflow"] else gettext("uden overløb")
    return gettext("{number} centre {overflow}").format(number=option["centres"], overflow=with_overflow)


def _unlike(options: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """No two of one name: the second of two alike is numbered."""
    seen: set[str] = set()
    for option in options:
        name, number_of = option["name"], 2
        while name in seen:
            name, number_of = f"{option['name']} ({number_of})", number_of + 1
        seen.add(name)
        yield option | {"name": name}

"""What planners type: counts, a forecast, staffing, options. Every field says what it means."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.planning import beside, own_counts, selectors
from indgang.desks.planning.values import CHANNELS, Kind, Series
from indgang.foundation.access.values import Viewer

MOST = 10_000_000


class PlanForm(forms.Form):
    """Fields drawn in the design system's way; ids are the names, so that an address can lead to a field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s"} | kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = gettext("Udfyld feltet {name}.").format(name=field.label)
            widget = field.widget
            if isinstance(widget, forms.Select):
                widget.attrs.setdefault("class", "form-select")
            elif not isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.FileInput):
                widget.attrs.setdefault("class", "form-input")
                widget.attrs.setdefault("autocomplete", "off")

    lacks = ""

    @property
    def is_ready(self) -> bool:
        """Whether what it builds on is there."""
        return not self.lacks

    def refuse(self, refusal: Exception) -> None:
        """Put a refusal of the service at its field, or above all."""
        field = getattr(refusal, "field", None)
        self.add_error(self.place_of(field), str(refusal))

    def place_of(self, field: str | None) -> str | None:
        """The field of this form a refusal means."""
        return field if field in self.fields else None


def number(label: Any, help_text: Any, *, least: float = 0, most: float = MOST, **more: Any) -> forms.FloatField:
    """A number with decimals, comma or point by language."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "form-input plan-short"})
    return forms.FloatField(
        label=label, help_text=help_text, min_value=least, max_value=most, localize=True, widget=widget, **more
    )


def whole(label: Any, help_text: Any, *, least: int = 0, most: int = MOST, **more: Any) -> forms.IntegerField:
    """A whole number."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "form-input plan-short"})
    return forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most, widget=widget, **more)


def per_cent(label: Any, help_text: Any, **more: Any) -> forms.FloatField:
    """A percentage below 100."""
    said = {"max_value": _("Skriv en procent under 100."), "min_value": _("Skriv en procent fra 0 til under 100.")}
    return number(label, help_text, least=0, most=99.99, error_messages=said, **more)


class CountsForm(PlanForm):
    """A file of counts."""

    navn = forms.CharField(label=_("Navn"), max_length=120, help_text=_("Så du kan kende tallene igen."))
    kanal = forms.ChoiceField(label=_("Kanal"), choices=list(CHANNELS.items()))
    minutter = forms.TypedChoiceField(
        label=_("Hver linje tæller"),
        coerce=int,
        choices=[(30, _("en halv time")), (15, _("et kvarter")), (60, _("en time"))],
    )
    fil = forms.FileField(
        label=_("CSV-fil"),
        help_text=_("Kolonnerne start (2026-03-02T09:30) og antal. Andre kolonner med tal, f.eks. breve, bruges også."),
        allow_empty_file=True,
    )


class OwnCountsForm(PlanForm):
    """Which of the municipality's own contacts; only what anybody came in by can be chosen."""

    indgang = forms.ChoiceField(label=_("Indgang"), help_text=_("I parentes: hvor mange der er talt."))
    opgaver = forms.ChoiceField(label=_("Opgaver"), required=False)
    sted = forms.ChoiceField(
        label=_("Sted"), required=False, help_text=_("Centret, der tog imod, eller enheden, der blev skrevet til.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "egen-%s"} | kwargs)
        offered = own_counts.offered()
        named = {"indgang": offered.channels, "opgaver": offered.groups, "sted": offered.units}
        for name, choices in named.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.lacks = "" if offered.channels else "contacts"

    def series(self) -> Series:
        """What was chosen."""
        data = self.cleaned_data
        return Series(data["indgang"], data["opgaver"], data["sted"])

    def place_of(self, field: str | None) -> str | None:
        """A combination nobody came in by is told at the entrance."""
        return "indgang" if field == "kanal" else super().place_of(field)


class ForecastForm(PlanForm):
    """A forecast of a set of counts."""

    tal = forms.ChoiceField(label=_("Tal"), help_text=_("Prognosen begynder dagen efter den sidste dag med tal."))
    dage = whole(_("Dage frem"), _("28 dage giver en sikker sædvanlig uge."), least=1, most=365, initial=28)
    statsforecast = forms.BooleanField(
        label=_("Sammenlign også med statsforecast"), required=False,
        help_text=_("To kendte metoder regner på de samme dage. Det tager op til et minut mere."),
    )  # fmt: skip

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = selectors.count_sets(viewer)
        self.fields["tal"].choices = [(str(row.id), f"{row.name} ({row.channel_name})") for row in rows]  # type: ignore[attr-defined]
        self.lacks = "" if rows else "counts"
        if not beside.is_installed():
            del self.fields["statsforecast"]


class OnForecast(PlanForm):
    """Something built on a finished forecast."""

    prognose = forms.ChoiceField(
        label=_("Prognose"), help_text=_("Den sædvanlige uge er prognosens dage i snit, ugedag for ugedag.")
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = [(str(row.id), row.name) for row in selectors.runs(viewer, Kind.FORECAST, done=True)]
        self.fields["prognose"].choices = self.choices  # type: ignore[attr-defined]
        self.lacks = "" if self.choices else "forecast"

    def forecast_id(self, field: str = "prognose") -> UUID:
        """Which one was chosen."""
        return UUID(self.cleaned_data[field])


class StaffingForm(OnForecast):
    """Need by half-hour."""

    tid = number(_("Behandlingstid (sekunder)"), _("Samtalen og efterbehandlingen, i snit."), least=1, initial=240)
    venter = number(
        _("Tålmodighed (sekunder)"),
        _("Hvor længe de venter i snit, før de lægger på. Tomt: de venter, til de får svar."),
        required=False, initial=180,
    )  # fmt: skip
    andel = per_cent(_("Mål: besvaret (%)"), _("Under 100: alle kan aldrig loves svar i tide."), initial=80)
    inden = number(_("inden (sekunder)"), _("Så lang en ventetid er i orden."), most=86400, initial=20)
    fravaer = per_cent(
        _("Fravær (%)"), _("Del af arbejdstiden, hvor de ikke kan tage opkald: pauser, sygdom, kurser, ferie."),
        initial=30,
    )  # fmt: skip
    belaegning = number(
        _("Højst optaget (%)"), _("Over 85-90 % bliver folk slidt, og køen tåler ingen travlhed."), least=1, most=100,
        initial=85,
    )  # fmt: skip
    medarbejdere = whole(
        _("Fast antal på arbejde"), _("Tomt: det antal, målet kræver. Et tal: hvad der sker med så mange."),
        most=100_000, required=False,
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """As the calculation takes it."""
        data = self.cleaned_data
        return {
            "handling": data["tid"],
            "patience": data["venter"],
            "share": data["andel"] / 100,
            "within": data["inden"],
            "shrinkage": data["fravaer"] / 100,
            "max_occupancy": data["belaegning"] / 100,
            "agents": data["medarbejdere"],
        }

    def place_of(self, field: str | None) -> str | None:
        """Names of figures are those of the formulas."""
        places = {
            "handling": "tid", "patience": "venter", "target": "andel", "shrinkage": "fravaer",
            "max_occupancy": "belaegning", "agents": "medarbejdere", "arrivals": "prognose",
        }  # fmt: skip
        return places.get(field or "", super().place_of(field))

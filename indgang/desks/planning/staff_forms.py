"""What a leader types of their people, and people of themselves."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.planning.forms import PlanForm, number
from indgang.desks.planning.shifts import MOST_HOURS, days_of
from indgang.desks.planning.staff import Terms, days_in_words

_DANISH = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_HOURS_SAID = {
    "max_value": _("Skriv højst 60 timer om ugen."),
    "min_value": _("Skriv 0 timer eller mere; 0: får ingen vagter."),
}


class DaysField(forms.CharField):
    """Days and periods, as 6.7.2026 or 2026-07-06, with blanks or commas between."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "form-input plan-days", "spellcheck": "false"})

    def to_python(self, value: Any) -> Any:
        """The days, sorted."""
        text = _DANISH.sub(_iso, str(value or "")).replace(",", " ").replace(" .. ", "..")
        try:
            return tuple(sorted(days_of(text)))
        except ValueError:
            said = gettext("Skriv dage som 6.7.2026, og en periode som 6.7.2026..24.7.2026, med mellemrum imellem.")
            raise ValidationError(said) from None

    def prepare_value(self, value: Any) -> Any:
        """What was typed, as it was typed; days as they are written in Danish."""
        return value if isinstance(value, str) or value is None else days_shown(value)

    def validate(self, value: Any) -> None:
        """No day is a day, too."""


class TermsForm(PlanForm):
    """One employee's hours and days."""

    timer = number(
        _("Timer om ugen"), _("Det meste, de kan få vagter for. 0: får ingen vagter."), most=MOST_HOURS,
        error_messages=_HOURS_SAID,
    )  # fmt: skip
    mindst = number(
        _("Mindst timer om ugen"), _("Planen prøver at give så mange."), most=MOST_HOURS, required=False,
        error_messages=_HOURS_SAID,
    )  # fmt: skip
    tidligst = forms.TimeField(
        label=_("Kan tidligst begynde kl."),
        required=False,
        help_text=_("Tomt: når som helst."),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time", "class": "form-input plan-short"}, format="%H:%M"),
    )
    senest = forms.TimeField(
        label=_("Skal senest slutte kl."),
        required=False,
        help_text=_("Tomt: når som helst."),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time", "class": "form-input plan-short"}, format="%H:%M"),
    )
    fravaer = DaysField(
        label=_("Fraværende"),
        required=False,
        help_text=_("Dage som 6.7.2026 og perioder som 6.7.2026..24.7.2026. Skriv ikke hvorfor."),
    )
    oensker = DaysField(label=_("Ønsker fri"), required=False, help_text=_("Holdes, hvor det kan lade sig gøre."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean(self) -> dict[str, Any] | None:
        """Least is at most, and the day has an order."""
        data = super().clean() or {}
        if (data.get("mindst") or 0) > (data.get("timer") or 0) and "timer" in data:
            self.add_error("mindst", gettext("Skriv højst så mange timer, som der står i Timer om ugen."))
        early, late = data.get("tidligst"), data.get("senest")
        if early and late and early >= late:
            self.add_error("senest", gettext("Skriv et klokkeslæt efter det, de tidligst kan begynde."))
        return data

    def terms(self) -> Terms:
        """As it is kept."""
        data = self.cleaned_data
        return Terms(
            data["timer"],
            data["mindst"] or 0.0,
            _minutes(data["tidligst"]) if data["tidligst"] else 0,
            _minutes(data["senest"]) if data["senest"] else 24 * 60,
            data["fravaer"],
            data["oensker"],
            data["version"] or 0,
        )


class HoursForm(PlanForm):
    """The same hours for all of whom nothing was said."""

    timer = number(_("Timer om ugen"), _("For dem, der ingen timer har."), most=MOST_HOURS, error_messages=_HOURS_SAID)


class WishForm(PlanForm):
    """The days an employee wishes to be free."""

    dage = DaysField(
        label=_("Jeg ønsker fri"),
        required=False,
        help_text=_("Dage som 6.7.2026 og perioder som 6.7.2026..24.7.2026. Din leder kan se det."),
    )


def initial_of(terms: Terms) -> dict[str, Any]:
    """What is kept, as the form shows it."""
    return {
        "timer": terms.hours,
        "mindst": terms.least_hours or None,
        "tidligst": time(terms.earliest // 60, terms.earliest % 60) if terms.earliest else None,
        "senest": time(terms.latest // 60, terms.latest % 60) if terms.latest < 24 * 60 else None,
        "fravaer": terms.absent,
        "oensker": terms.wishes,
        "version": terms.version,
    }


def days_shown(days: tuple[date, ...]) -> str:
    """6.7.2026..24.7.2026 27.7.2026."""
    iso = days_in_words(days)
    return re.sub(r"(\d{4})-(\d{2})-(\d{2})", lambda found: f"{int(found[3])}.{int(found[2])}.{found[1]}", iso)


def _iso(found: re.Match[str]) -> str:
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute

"""What somebody types at the demo's page of outside registers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.foundation.registers.income.client import FIELDS

MODES = [
    ("ok", _("svarer, som det skal")), ("slow", _("svarer langsomt")), ("hang", _("svarer aldrig")),
    ("down", _("afbryder forbindelsen")), ("fail", _("svarer med en fejl")),
    ("garbage", _("svarer noget, der ikke kan læses")), ("error_body", _("svarer med en fejl, der ligner et svar")),
    ("wrong_person", _("svarer om en anden person")), ("truncated", _("svarer kun halvt")),
    ("unknown_person", _("kender ingen")),
]  # fmt: skip
_KINDS = [
    ("moved", _("flytter")), ("died", _("dør")), ("renamed", _("får nyt navn")),
    ("protection_set", _("får navne- og adressebeskyttelse")), ("protection_lifted", _("er ikke længere beskyttet")),
    ("child_born", _("får et barn")), ("married", _("bliver gift")), ("divorced", _("bliver skilt")),
]  # fmt: skip
_FIELDS = [
    ("salary", _("løn")), ("pension", _("pension")), ("capital_income", _("kapitalindkomst")), ("assets", _("formue")),
]  # fmt: skip


def _select(choices: list[tuple[str, Any]], label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, label=label, widget=forms.Select(attrs={"class": "form-select"}))


def _line(label: Any, *, needed: bool = False, most: int = 120) -> forms.CharField:
    shown = forms.TextInput(attrs={"class": "form-input", "autocomplete": "off"})
    return forms.CharField(label=label, required=needed, max_length=most, widget=shown)


class BehaviourForm(forms.Form):
    """How a register behaves from now on."""

    mode = _select(MODES, _("Registret"))
    seconds = forms.FloatField(
        label=_("Sekunder, når det er langsomt"), min_value=0, max_value=60, initial=2,
        widget=forms.NumberInput(attrs={"class": "form-input", "step": "0.1"}),
    )  # fmt: skip


class PersonForm(forms.Form):
    """Something happens to somebody in CPR."""

    cpr = _line(_("CPR-nummer"), needed=True, most=11)
    kind = _select(_KINDS, _("Det sker, at borgeren"))
    street = _line(_("Vej (ved flytning; tomt: et tilfældigt sted i byen)"))
    house = _line(_("Husnummer, etage og side"))
    postcode = _line(_("Postnummer"), most=4)
    city = _line(_("By"))
    name = _line(_("Navn (nyt navn, eller barnets)"))
    spouse = _line(_("Ægtefællens CPR-nummer"), most=11)

    def told(self) -> dict[str, object]:
        """As the simulator takes it."""
        data = self.cleaned_data
        return {
            "personnummer": _digits(data["cpr"]), "haendelse": data["kind"], "vej": data["street"],
            "hus": data["house"], "postnummer": data["postcode"], "by": data["city"], "navn": data["name"],
            "aegtefaelle": _digits(data["spouse"]),
        }  # fmt: skip


class IncomeForm(forms.Form):
    """Somebody changes their own income at the tax administration."""

    cpr = _line(_("CPR-nummer"), needed=True, most=11)
    year = forms.IntegerField(
        label=_("År"), min_value=2000, max_value=2100, widget=forms.NumberInput(attrs={"class": "form-input"})
    )
    field = _select(_FIELDS, _("Borgeren ændrer"))
    amount = forms.IntegerField(
        label=_("Nyt beløb i hele kroner"), min_value=-100_000_000, max_value=100_000_000,
        widget=forms.NumberInput(attrs={"class": "form-input"}),
    )  # fmt: skip

    def told(self) -> dict[str, object]:
        """As the simulator takes it."""
        data = self.cleaned_data
        change = {"felt": FIELDS[data["field"]], "beloeb": data["amount"]}
        return {"personnummer": _digits(data["cpr"]), "indkomstaar": data["year"], "aendringer": [change]}


HAPPENINGS: dict[str, type[PersonForm] | type[IncomeForm]] = {"cpr": PersonForm, "income": IncomeForm}


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())

"""What is filled in about access to documents; every field says what it is for, every error what to do."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.cases.values import AccessChoice, AccessLaw, LetterWay
from indgang.desks.workplace.case_forms import (
    CaseForm,
    choice_field,
    day_field,
    hidden_number,
    line_field,
    radio_field,
    tick_field,
    words_field,
)

CITIZEN, OTHER = "citizen", "other"
THIS, ALL = "case", "all"
FIRST_YEAR = 1901


class NewRequestForm(CaseForm):
    """A request as it came."""

    needed = frozenset({"number", "requester"})

    law = radio_field(_("Hvilken ret bygger anmodningen på?"), AccessLaw.choices, missing=_("Vælg en af reglerne."))
    number = line_field(_("Sagsnummer"), 20, required=False, hint=_("Den sag, anmodningen handler om."))
    about = radio_field(
        _("Hvad er der bedt om?"),
        [(THIS, _("Denne sag")), (ALL, _("Alt om borgeren i sagen"))],
        initial=THIS,
    )
    who = radio_field(
        _("Hvem beder om det?"), [(CITIZEN, _("Borgeren i sagen")), (OTHER, _("En anden"))], initial=CITIZEN
    )
    requester = line_field(_("Navn på den, der beder om det"), 160, required=False)
    address = words_field(
        _("Adresse til svaret"), rows=3, required=False, most=600, hint=_("Kun når svaret skal med posten.")
    )
    asked_for = words_field(_("Det, der er bedt om, med deres egne ord"), rows=3, required=False, most=4000)
    received_on = day_field(_("Modtaget"), required=False, hint=_("Uden en dag bruges i dag. Fristen regnes herfra."))
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("number") and not facts.get("person"):
            self.add_error("number", _("Skriv nummeret på den sag, anmodningen handler om."))
        if facts.get("who") == OTHER and not facts.get("requester"):
            self.add_error("requester", _("Skriv, hvem der beder om aktindsigt."))
        return facts


class ChoiceForm(CaseForm):
    """What is given of one line."""

    needed = frozenset({"ground"})

    choice = radio_field(_("Hvad gives?"), AccessChoice.choices, missing=_("Vælg, hvad der gives."))
    ground = line_field(
        _("Regel"), 200, required=False, list="regler",
        hint=_("Skal skrives, når noget udelades eller dækkes. Den står i svaret."),
    )  # fmt: skip
    by_hand = line_field(_("Sådan er den håndteret"), 200, required=False, hint=_("Den kan ikke læses her."))
    as_text = tick_field(_("Giv kun filens ord, som sider"))
    version = hidden_number()


class HoldForm(CaseForm):
    """A new day, and why."""

    until = day_field(_("Svaret kommer senest"), missing=_("Vælg den nye dag."))
    ground = words_field(
        _("Hvorfor tager det længere tid?"), rows=3, most=300, missing=_("Skriv, hvorfor svaret tager længere tid."),
        hint=_("Det står i brevet, ordret."),
    )  # fmt: skip
    way = choice_field(_("Sådan får modtageren brevet"), LetterWay.choices, initial=LetterWay.PRINT)
    version = hidden_number()


class WithdrawForm(CaseForm):
    """Why there will be no answer."""

    ground = line_field(_("Hvorfor?"), 300, missing=_("Skriv, hvorfor anmodningen trækkes tilbage."))
    version = hidden_number()


class AnswerForm(CaseForm):
    """What is written in the answer; the guidance only where something is left out."""

    needed = frozenset({"reasons", "appeal_body", "appeal_by", "appeal_way", "appeal_what"})

    reasons = words_field(
        _("Hvorfor gives det ikke hele?"), rows=4, required=False, hint=_("Skriv, så det kan forstås.")
    )
    appeal_body = line_field(_("Der kan klages til"), 160, required=False)
    appeal_by = day_field(_("Klagefrist"), required=False)
    appeal_way = line_field(_("Klagen sendes til"), 300, required=False)
    appeal_what = words_field(_("Det sker med klagen"), rows=2, required=False, most=1000)
    way = choice_field(_("Sådan får modtageren svaret"), LetterWay.choices, initial=LetterWay.PRINT)
    version = hidden_number()

    def __init__(self, *args: Any, granted: bool = False, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if granted:
            for name in ("reasons", "appeal_body", "appeal_by", "appeal_way", "appeal_what"):
                del self.fields[name]


class CutOffForm(CaseForm):
    """Cases closed before a day."""

    cut_off = day_field(_("Sager afsluttet før"), missing=_("Vælg en dag."))

    def clean_cut_off(self) -> date:
        """A day on which cases could have been closed at all."""
        found: date = self.cleaned_data["cut_off"]
        if found.year < FIRST_YEAR:
            raise forms.ValidationError(_("Vælg en dag efter år 1900."))
        return found

    def day(self) -> date:
        """The day that was chosen."""
        found: date = self.cleaned_data["cut_off"]
        return found

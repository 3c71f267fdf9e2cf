"""What is filled in where a step, a document, a draft or an ended case is taken off, kept, given away or begun anew."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.cases.values import Retention
from indgang.desks.workplace.case_forms import (
    AheadForm,
    CaseForm,
    day_field,
    hidden_number,
    line_field,
    radio_field,
    words_field,
)


class StepGoneForm(CaseForm):
    """Why a step need not be done."""

    ground = line_field(_("Hvorfor skal det ikke gøres?"), 300, missing=_("Skriv, hvorfor trinnet ikke skal gøres."))
    version = hidden_number()


class ReceiverForm(CaseForm):
    """Who does a step, and what they must know."""

    to = forms.RegexField(
        r"^(unit|employee):[0-9]{1,10}$",
        error_messages={
            "required": _("Vælg, hvem trinnet skal til."),
            "invalid": _("Vælg en enhed eller en medarbejder fra listen."),
        },
    )
    note = words_field(_("Hvad skal modtageren vide?"), rows=3, required=False, most=2000)
    version = hidden_number()


class FirstDayForm(AheadForm):
    """By when the citizen has an answer."""

    day = day_field(_("Svar senest"), missing=_("Vælg den dag, borgeren senest har et svar."))
    version = hidden_number()


class RetentionForm(CaseForm):
    """Whether a case is kept when it has aged, and why."""

    retention = radio_field(_("Når sagen er gammel"), Retention.choices, missing=_("Vælg, om sagen bevares."))
    ground = line_field(_("Hvorfor?"), 300, missing=_("Skriv, hvorfor sagen bevares eller kasseres."))
    version = hidden_number()


class ArchiveForm(CaseForm):
    """With what the archive got a case, or why it has not got it after all."""

    ground = line_field(
        _("Hvilken aflevering er sagen med i?"),
        300,
        missing=_("Skriv, hvilken aflevering sagen er med i."),
        hint=_("Det står i sagens journal."),
    )
    doing = forms.ChoiceField(choices=[("mark", ""), ("remove", "")], widget=forms.HiddenInput)

    def __init__(self, *args: Any, marked: bool = False, **facts: Any) -> None:
        facts.setdefault("initial", {"doing": "remove" if marked else "mark"})
        super().__init__(*args, **facts)
        if marked:
            self.fields["ground"].label = _("Hvorfor fjernes mærket?")
            self.fields["ground"].error_messages["required"] = _("Skriv, hvorfor mærket fjernes.")


class DropForm(CaseForm):
    """Why a draft is thrown away."""

    ground = line_field(_("Hvorfor smides den væk?"), 300, missing=_("Skriv, hvorfor kladden smides væk."))
    version = hidden_number()


class SureForm(CaseForm):
    """Nothing but that one means it."""

    version = hidden_number()


class ReopeningForm(AheadForm):
    """Why a case is taken up again, and by when it is answered."""

    ground = words_field(_("Hvorfor?"), rows=3, missing=_("Skriv, hvorfor sagen tages op igen."), most=300)
    day = day_field(_("Svar senest"), required=False, hint=_("Uden en dag løber der ingen svarfrist."))
    version = hidden_number()

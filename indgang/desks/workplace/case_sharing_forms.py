"""What is filled in where something of a case goes to others: specialists, authorities, sources of facts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.cases.values import ForwardKind, ForwardState, ForwardWay
from indgang.desks.workplace.case_forms import (
    AheadForm,
    CaseForm,
    choice_field,
    day_field,
    hidden_number,
    line_field,
    radio_field,
    tick_field,
    words_field,
)

TOLD = (ForwardState.ACCEPTED, ForwardState.ANSWERED, ForwardState.REFUSED, ForwardState.WITHDRAWN)
ELSEWHERE = "elsewhere"  # facts from somebody who is no connected register


class SpecialistForm(AheadForm):
    """A question to somebody who knows more; the case stays."""

    to = forms.RegexField(
        r"^(unit|employee):[0-9]{1,10}$",
        error_messages={"required": _("Vælg, hvem du vil spørge."), "invalid": _("Vælg en modtager fra listen.")},
    )
    question = words_field(
        _("Hvad spørger du om?"),
        missing=_("Skriv spørgsmålet."),
        hint=_("Specialisten ser hele sagen, så du behøver ikke gentage den."),
    )
    day = day_field(_("Svar senest"), missing=_("Vælg, hvornår svaret skal være her."))


class AnswerForm(CaseForm):
    """A specialist's answer."""

    answer = words_field(_("Udtalelse"), rows=6, missing=_("Skriv udtalelsen."))
    version = hidden_number()


class ForwardingForm(AheadForm):
    """What goes on to another authority."""

    needed = frozenset({"to_mail", "address"})

    authority = line_field(
        _("Myndighed"), 160, missing=_("Skriv, hvilken myndighed det sendes til."), list="myndigheder"
    )
    kind = choice_field(_("Hvad sendes?"), ForwardKind.choices)
    what = line_field(_("Hvad handler det om?"), 200, missing=_("Skriv kort, hvad der sendes."))
    way = radio_field(_("Hvordan?"), ForwardWay.choices, initial=ForwardWay.LETTER)
    to_mail = forms.EmailField(
        label=_("Myndighedens mailadresse"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Skriv mailadressen som navn@eksempel.dk.")},
        widget=forms.EmailInput(attrs={"class": "form-input", "autocomplete": "off"}),
        help_text=_("Mailen siger kun sagsnummeret og hvad det drejer sig om."),
    )
    address = words_field(_("Myndighedens adresse"), rows=3, required=False, most=400, hint=_("Navn på første linje."))
    words = words_field(_("Brevet til myndigheden"), rows=4, required=False)
    disclose = words_field(
        _("Hvilke oplysninger om borgeren følger med?"), rows=3, required=False, hint=_("En på hver linje.")
    )
    ground = line_field(_("Med hvilken ret?"), 300, required=False, hint=_("Kun når oplysninger følger med."))
    consent = tick_field(_("Borgeren har givet samtykke"))
    day = day_field(_("Svar ventes senest"), required=False)

    def along(self) -> list[str]:
        """The facts that are given along."""
        return lines_of(self.cleaned_data["disclose"])


class ForwardedForm(CaseForm):
    """What the other authority answered."""

    state = choice_field(_("Hvad er der sket?"), [(one.value, one.label) for one in TOLD])
    answer = line_field(_("Svaret med få ord"), 300, required=False)
    reference = line_field(_("Deres sagsnummer"), 60, required=False)
    version = hidden_number()


class FactsForm(CaseForm):
    """Facts given to somebody, or obtained from somebody."""

    needed = frozenset({"register", "other", "what", "ground"})

    direction = radio_field(
        _("Hvilken vej?"),
        [("obtained", _("Indhent oplysninger")), ("given", _("Videregiv oplysninger"))],
        initial="obtained",
    )
    register = choice_field(_("Hvor fra?"), [(ELSEWHERE, _("Et andet sted"))], required=False)
    other = line_field(_("Hos eller til hvem?"), 160, required=False)
    what = words_field(_("Hvilke oplysninger?"), rows=3, required=False, hint=_("En på hver linje."), most=1000)
    found = words_field(_("Hvad svarede de?"), rows=4, required=False)
    ground = line_field(_("Med hvilken ret?"), 300, required=False, hint=_("Lov og paragraf."))
    consent = tick_field(_("Borgeren har givet samtykke"))

    def __init__(self, *args: Any, registers: Sequence[tuple[str, str]] = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["register"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*registers, (ELSEWHERE, _("Et andet sted"))]

    @property
    def asks_register(self) -> bool:
        """Whether a connected register is asked."""
        facts = self.cleaned_data
        return facts["direction"] == "obtained" and facts["register"] not in {"", ELSEWHERE}

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if self.errors or self.asks_register:
            return facts
        for name, sentence in (
            ("other", _("Skriv, hvem det er.")),
            ("what", _("Skriv, hvilke oplysninger det er.")),
            ("ground", _("Skriv reglen: uden den må oplysninger ikke gå videre.")),
        ):
            if not facts.get(name):
                self.add_error(name, sentence)
        return facts


class ReactionForm(CaseForm):
    """What an event means for the case."""

    reaction = words_field(
        _("Hvad betyder det for sagen?"), rows=3, missing=_("Skriv, hvad det betyder for sagen."), most=300
    )
    version = hidden_number()


def lines_of(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]

"""What is filled in about papers for other authorities and about a changed income."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.cases.values import ForwardKind, ForwardWay, LetterWay
from indgang.desks.workplace.case_forms import (
    AheadForm,
    CaseForm,
    choice_field,
    day_field,
    hidden_number,
    line_field,
    radio_field,
    words_field,
)

NONE = "none"  # no receipt
PAPERS = [(code, name) for code, name in ForwardKind.choices if code != ForwardKind.CASE]


class PaperForm(CaseForm):
    """A paper as it was handed in."""

    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    brought_by = line_field(
        _("Hvem afleverede det?"), 160, required=False,
        hint=_("Kun når det er en anden end borgeren, eller når borgeren ikke findes i registeret."),
    )  # fmt: skip
    authority = line_field(
        _("Hvilken myndighed er det til?"), 160, missing=_("Skriv, hvilken myndighed det er til."), list="myndigheder"
    )
    kind = radio_field(_("Hvad er det?"), PAPERS, initial=ForwardKind.PAPER)
    what = line_field(
        _("Beskriv det kort"), 200, missing=_("Skriv kort, hvad der er afleveret."),
        hint=_("For eksempel »selvangivelse for 2025, tre ark«. Skriv aldrig et CPR-nummer."),
    )  # fmt: skip
    task = choice_field(_("Hvilken opgave hører det under?"), [], missing=_("Vælg, hvilken opgave det hører under."))
    received_on = day_field(_("Modtaget"), missing=_("Vælg, hvilken dag det blev modtaget."))
    receipt = radio_field(
        _("Hvordan får borgeren sin kvittering?"),
        [(LetterWay.COUNTER.value, _("Udskrevet nu, ved skranken")), (LetterWay.PRINT.value, _("Brev med posten")),
         (LetterWay.MAIL.value, _("Brev med posten, og en mail om, at det kommer")), (NONE, _("Ingen kvittering"))],
        initial=LetterWay.COUNTER.value,
    )  # fmt: skip
    address = words_field(
        _("Adresse til kvitteringen"), rows=3, required=False, most=400,
        hint=_("Kun til en, der ikke findes i registeret. Navn på første linje."),
    )  # fmt: skip
    language = choice_field(_("Kvitteringens sprog"), [("da", _("Dansk")), ("en", _("Engelsk"))], initial="da")

    def __init__(self, *args: Any, tasks: Sequence[tuple[str, str]] = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["task"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *tasks]

    @property
    def chosen(self) -> UUID | None:
        """The citizen that was found, also where the rest cannot be read yet."""
        try:
            return UUID(str(self["person"].value() or ""))
        except ValueError:
            return None


class SendOnForm(AheadForm):
    """How a paper goes on to the authority."""

    way = radio_field(_("Hvordan?"), ForwardWay.choices, initial=ForwardWay.OTHER)
    means = line_field(
        _("Hvordan blev det afleveret?"), 160, required=False, hint=_("For eksempel »internt bud« eller »anbefalet«.")
    )
    sent_on = day_field(_("Sendt"), required=False, hint=_("Uden en dag bruges i dag."))
    address = words_field(_("Myndighedens adresse"), rows=3, required=False, most=400, hint=_("Navn på første linje."))
    to_mail = forms.EmailField(
        label=_("Myndighedens mailadresse"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Skriv mailadressen som navn@eksempel.dk.")},
        widget=forms.EmailInput(attrs={"class": "form-input", "autocomplete": "off"}),
        help_text=_("Mailen siger kun sagsnummeret og hvad det drejer sig om."),
    )
    day = day_field(
        _("Svar ventes senest"), required=False, hint=_("Kommer svaret ikke, får du en opgave om at spørge.")
    )
    version = hidden_number()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("way") == ForwardWay.OTHER and not facts.get("means"):
            self.add_error("means", _("Skriv, hvordan det blev afleveret."))
        return facts

"""The fields of each page; every error says what is wrong and what to do."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from indgang.core.catalogue.values import QuestionCard
from indgang.entrances.webform.values import LONGEST_NAME, LONGEST_TEXT, Way

_no_nul = RegexValidator(
    r"\x00", _("Teksten indeholder et tegn, vi ikke kan læse. Slet det, og prøv igen."), inverse_match=True
)
_phone = RegexValidator(
    r"^\+?[\d ()-]{8,20}$", _("Skriv et telefonnummer med mindst otte cifre, for eksempel 00 00 12 34.")
)


class WordsForm(forms.Form):
    """Own words; the second field is a trap for robots and hidden from people."""

    tekst = forms.CharField(
        max_length=LONGEST_TEXT,
        validators=[_no_nul],
        error_messages={
            "required": _("Skriv med dine egne ord, hvad du har brug for."),
            "max_length": _("Teksten må højst fylde 20.000 tegn. Læg resten i en fil på næste side."),
        },
    )
    hjemmeside = forms.CharField(required=False, max_length=200)

    def clean_hjemmeside(self) -> str:
        """People leave it empty."""
        if self.cleaned_data["hjemmeside"]:
            raise forms.ValidationError(_("Lad feltet “Hjemmeside” være tomt."))
        return ""


class DetailsForm(forms.Form):
    """The task's own clarifying questions, made from data."""

    def __init__(self, questions: list[QuestionCard], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.code] = _field(question)


class ReachForm(forms.Form):
    """How to reach the citizen; what is needed follows from the way."""

    way = forms.ChoiceField(choices=Way.choices, error_messages={"required": _("Vælg, hvordan du vil have svar.")})
    name = forms.CharField(required=False, max_length=LONGEST_NAME, validators=[_no_nul])
    mail = forms.EmailField(
        required=False, error_messages={"invalid": _("Skriv en mailadresse, for eksempel navn@eksempel.dk.")}
    )
    phone = forms.CharField(required=False, max_length=30, validators=[_phone])
    call_when = forms.CharField(required=False, max_length=120, validators=[_no_nul])

    def clean(self) -> dict[str, Any]:
        """A way to answer is required."""
        given = super().clean() or {}
        way = given.get("way")
        if way in {Way.MESSAGE, Way.ANSWER} and not given.get("mail") and "mail" not in self.errors:
            self.add_error("mail", _("Skriv den mailadresse, vi skal svare til."))
        if way == Way.CALL_BACK and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Skriv det nummer, vi skal ringe til."))
        return given


def _field(question: QuestionCard) -> forms.Field:
    if question.options:
        return forms.ChoiceField(
            label=question.text,
            choices=[(option.code, option.text) for option in question.options],
            required=question.required,
            error_messages={"required": _("Vælg et af svarene.")},
        )
    return forms.CharField(
        label=question.text,
        required=question.required,
        max_length=1000,
        validators=[_no_nul],
        error_messages={"required": _("Skriv et svar.")},
    )

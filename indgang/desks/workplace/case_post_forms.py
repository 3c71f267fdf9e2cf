"""What is filled in where letters of a case are sent, sent again, or tell of something new."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from indgang.core.cases.values import LetterWay
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
from indgang.foundation.letters.values import TemplateField

LANGUAGES = [("da", _("Dansk")), ("en", _("Engelsk"))]
ANSWER_BY = "mangler.frist"  # the day until which a case may wait for the citizen
_PLAIN = str.maketrans({".": "-", "æ": "ae", "ø": "oe", "å": "aa"})


def way_field() -> forms.ChoiceField:
    """How the letter reaches its receiver."""
    missing = _("Vælg, hvordan brevet sendes.")
    field = radio_field(_("Hvordan sendes brevet?"), LetterWay.choices, initial=LetterWay.PRINT, missing=missing)
    field.error_messages["invalid_choice"] = missing
    return field


def address_field() -> forms.CharField:
    """Where it goes, when the register's address is not meant."""
    return words_field(
        _("En anden adresse end registerets"),
        rows=3,
        required=False,
        most=400,
        hint=_("Navn på første linje, så vej, postnummer og by."),
    )


class AgainForm(CaseForm):
    """Another way, or another address, for a letter that did not leave."""

    way = way_field()
    address = address_field()


class RevokeForm(CaseForm):
    """Why a decision holds no more, and how its party hears so."""

    ground = words_field(
        _("Hvorfor tilbagekaldes afgørelsen?"),
        rows=4,
        most=300,
        missing=_("Skriv, hvorfor afgørelsen tilbagekaldes."),
        hint=_("Det står i brevet, ordret."),
    )
    way = way_field()
    address = address_field()
    version = hidden_number()


class LongerForm(AheadForm):
    """More time for a party to answer."""

    day = day_field(_("Svar senest"), missing=_("Vælg den nye svarfrist."))
    ground = line_field(_("Hvorfor får parten mere tid?"), 300, missing=_("Skriv, hvorfor parten får mere tid."))


class NewDayForm(AheadForm):
    """The answer takes longer: the new day, and why."""

    day = day_field(_("Svaret kommer senest"), missing=_("Vælg den nye dag."))
    reason = words_field(
        _("Hvorfor tager det længere tid?"),
        rows=4,
        missing=_("Skriv, hvorfor det tager længere tid."),
        hint=_("Det står i brevet, ordret. Skriv til borgeren."),
    )
    language = choice_field(_("Brevets sprog"), LANGUAGES, initial="da")
    way = way_field()
    address = address_field()
    version = hidden_number()


class StandardLetterForm(CaseForm):
    """A standard letter: the fields its template asks for, who gets it and how."""

    def __init__(
        self,
        *args: Any,
        asked: Sequence[TemplateField],
        language: str,
        parties: Sequence[tuple[str, str]] = (),
        **facts: Any,
    ) -> None:
        super().__init__(*args, **facts)
        self.asked, self.language = asked, language
        for one in asked:
            self.fields[place_of(one.name)] = _field_of(one)
        if any(one.name == ANSWER_BY for one in asked):
            self.fields["wait"] = tick_field(_("Lad sagen vente på borgeren til den dag"))
        if len(parties) > 1:
            self.fields["party"] = choice_field(_("Hvem skal have brevet?"), parties)
        self.fields["way"] = way_field()
        self.fields["address"] = address_field()
        self.fields["version"] = hidden_number()

    def letter_fields(self) -> dict[str, str]:
        """The template's fields as they stand in the letter, days in its language."""
        found = {one.name: self._words(one.name) for one in self.asked}
        return {name: words for name, words in found.items() if words}

    def wait_until(self) -> date | None:
        """Until when the case waits for the citizen, where it does."""
        found: date | None = self.cleaned_data.get(place_of(ANSWER_BY))
        return found if self.cleaned_data.get("wait") else None

    def party(self) -> int | None:
        """The one chosen; nobody chosen is the citizen, and who represents them gets a copy."""
        chosen = self.cleaned_data.get("party", "")
        return int(chosen) if chosen.isdecimal() else None

    def place_for(self, name: str) -> str:
        """Where the refusal of a field of the door belongs on this form."""
        return place_of(ANSWER_BY) if name == "wait_until" else name

    def _words(self, name: str) -> str:
        value = self.cleaned_data.get(place_of(name))
        if isinstance(value, date):
            with override(self.language):
                return date_format(value, "j F Y" if self.language == "en" else "j. F Y")
        return str(value or "")


def place_of(name: str) -> str:
    """The name of a template's field on the form: "mangler.følge" is "mangler-foelge"."""
    return name.translate(_PLAIN)


def _field_of(one: TemplateField) -> forms.Field:
    label = one.what[:1].upper() + one.what[1:]
    if one.shape == "day":
        return day_field(label, required=one.required, missing=_("Vælg en dag: %(what)s.") % {"what": one.what})
    missing = _("Udfyld feltet: %(what)s.") % {"what": one.what}
    return words_field(label, rows=4 if one.shape == "lines" else 3, required=one.required, missing=missing)

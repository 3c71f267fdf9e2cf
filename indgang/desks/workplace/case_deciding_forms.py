"""What is filled in where a case is shared, heard and decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.cases.values import (
    AmountLine,
    AmountPeriod,
    ComplaintOutcome,
    DecisionText,
    LetterWay,
    Result,
    amount_of,
)
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
from indgang.foundation.runtime import clock

MOST_LINES = 8  # of amounts on the page
LONGEST_LABEL, LONGEST_AMOUNT = 120, 20
LEVELS = [("2", _("2: efter faste regler")), ("3", _("3: efter skøn"))]


class HandlerForm(CaseForm):
    """Who has a case."""

    to = forms.RegexField(
        r"^employee:[0-9]{1,10}$",
        error_messages={
            "required": _("Vælg, hvem der skal behandle sagen."),
            "invalid": _("Vælg en medarbejder fra listen."),
        },
    )
    version = hidden_number()


class HandingOverForm(AheadForm):
    """To whom a case goes, by when, and what they must know."""

    to = forms.RegexField(
        r"^(unit|employee):[0-9]{1,10}$",
        error_messages={
            "required": _("Vælg, hvem sagen skal til."),
            "invalid": _("Vælg en enhed eller en medarbejder fra listen."),
        },
    )
    day = day_field(_("Senest videre"), required=False)
    note = words_field(
        _("Hvad skal modtageren vide?"),
        missing=_("Skriv, hvad modtageren skal vide, så intet skal fortælles igen."),
    )
    owner = radio_field(
        _("Hvilken forvaltning har ansvaret bagefter?"),
        [("stays", _("Den samme som nu: kun arbejdet flytter")), ("moves", _("Modtagerens"))],
        initial="stays",
    )
    version = hidden_number()


LETTER, ORAL, LEFT_OUT = "letter", "oral", "left_out"


class HearingForm(CaseForm):
    """How a party is heard: by letter, in the talk one has with them, or not at all and why."""

    needed = frozenset({"party", "facts", "day", "way", "answer", "ground"})

    how = radio_field(
        _("Hvordan?"),
        [
            (LETTER, _("Send et brev, og vent på svaret")),
            (ORAL, _("Borgeren er her eller i telefonen og svarer nu")),
            (LEFT_OUT, _("Partshøring er ikke nødvendig")),
        ],
        initial=LETTER,
    )
    party = choice_field(_("Hvem høres?"), [], required=False)
    facts = words_field(
        _("Oplysninger, borgeren skal kende"),
        rows=5,
        required=False,
        hint=_("Skriv dem, som de skal stå i brevet, eller som du har sagt dem."),
    )
    source = line_field(_("Hvor kommer de fra?"), 200, required=False)
    meaning = words_field(_("Hvad kan de betyde for afgørelsen?"), rows=3, required=False)
    day = day_field(_("Svar senest"), required=False)
    way = choice_field(_("Brevet sendes"), LetterWay.choices, required=False, initial=LetterWay.PRINT)
    address = words_field(
        _("En anden adresse end registerets"), rows=3, required=False, most=400, hint=_("Navn på første linje.")
    )
    answer = words_field(_("Hvad svarer borgeren?"), rows=4, required=False)
    ground = words_field(_("Hvorfor er partshøring ikke nødvendig?"), rows=3, required=False, most=300)

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]] = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["party"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(parties) or [("", "–")]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for name, sentence in self._needed(facts.get("how", "")):
            if not facts.get(name):
                self.add_error(name, sentence)
        return facts

    def _needed(self, how: str) -> list[tuple[str, Any]]:
        told = ("facts", _("Skriv de oplysninger, borgeren skal kunne udtale sig om."))
        return {
            LETTER: [told, ("day", _("Vælg, hvornår borgeren senest skal svare."))],
            ORAL: [told, ("answer", _("Skriv, hvad borgeren svarer."))],
            LEFT_OUT: [("ground", _("Skriv, hvorfor partshøring ikke er nødvendig."))],
        }.get(how, [])


class HeardForm(CaseForm):
    """What the party said."""

    answer = words_field(_("Hvad svarer borgeren?"), rows=5, missing=_("Skriv, hvad borgeren svarer."))
    oral = tick_field(_("Borgeren sagde det i telefonen eller ved skranken"))


class ComplainingForm(CaseForm):
    """A complaint over a decision."""

    words = words_field(
        _("Hvad klages der over?"), rows=6, missing=_("Skriv klagen, som borgeren siger eller skriver den.")
    )
    day = day_field(_("Modtaget"), missing=_("Vælg, hvornår klagen kom."))
    late_ground = line_field(_("Hvis klagefristen er gået: hvorfor behandles klagen alligevel?"), 300, required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        day = facts.get("day")
        if day and day > clock.local(clock.now()).date():
            self.add_error("day", _("Vælg en dag, der er gået: klagen er kommet."))
        return facts


class ReassessForm(CaseForm):
    """What came of looking at a decision again."""

    needed = frozenset({"body", "body_contact"})

    outcome = radio_field(_("Hvad er resultatet?"), ComplaintOutcome.choices, missing=_("Vælg, hvad resultatet er."))
    ground = words_field(_("Vurdering"), rows=5, missing=_("Skriv, hvad du lægger vægt på."))
    body = line_field(_("Klageinstans"), 160, required=False, hint=_("Kun når klagen sendes videre."))
    body_contact = line_field(_("Klageinstansens adresse eller mail"), 254, required=False)
    way = choice_field(_("Brevet til borgeren sendes"), LetterWay.choices, initial=LetterWay.PRINT)
    address = words_field(
        _("En anden adresse end registerets"), rows=3, required=False, most=400, hint=_("Navn på første linje.")
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("outcome") == ComplaintOutcome.SENT_ON and not facts.get("body_contact"):
            self.add_error(
                "body_contact", _("Skriv klageinstansens adresse eller mail: den står i brevet til borgeren.")
            )
        return facts


class ComplaintDayForm(AheadForm):
    """By when a complaint is looked at, and where that stands."""

    day = day_field(_("Vurderet senest"), missing=_("Vælg en dag."))
    rule = line_field(_("Regel"), 300, missing=_("Skriv, hvor fristen står."))


class DecisionForm(CaseForm):
    """What is decided, why, by which rule, and how one complains."""

    needed = frozenset({"reasons", "legal_basis", "appeal_body", "appeal_weeks", "appeal_rule"})

    result = radio_field(_("Resultat"), Result.choices, missing=_("Vælg, hvad der er afgjort."))
    level = choice_field(_("Niveau"), LEVELS, initial="2")
    summary = line_field(
        _("Afgørelsen i en sætning"),
        300,
        required=False,
        hint=_("For eksempel: Du får 1.234 kr. om måneden i boligydelse."),
    )
    facts = words_field(
        _("Oplysninger, der er lagt vægt på"), rows=4, required=False, hint=_("Kort, med borgerens egne forhold.")
    )
    reasons = words_field(
        _("Begrundelse"), rows=6, required=False, hint=_("Hvorfor reglen fører til det resultat. Skriv til borgeren.")
    )
    legal_basis = line_field(_("Regel"), 300, required=False, hint=_("Lov og paragraf."))
    to_do = words_field(_("Hvad skal borgeren gøre nu?"), rows=3, required=False)
    valid_from = day_field(_("Gælder fra"), required=False)
    language = choice_field(_("Brevets sprog"), [("da", _("Dansk")), ("en", _("Engelsk"))], initial="da")
    appeal_body = line_field(_("Hvem kan borgeren klage til?"), 160, required=False)
    appeal_weeks = forms.IntegerField(
        label=_("Klagefrist i uger"),
        required=False,
        min_value=1,
        max_value=52,
        widget=forms.NumberInput(attrs={"class": "form-input"}),
        error_messages={
            "invalid": _("Skriv klagefristen som et antal uger, for eksempel 4."),
            "min_value": _("Skriv mindst en uge."),
            "max_value": _("Skriv højst 52 uger."),
        },
    )
    appeal_by = day_field(_("eller en bestemt dag"), required=False)
    appeal_rule = line_field(_("Regel om klage"), 300, required=False, hint=_("Der, hvor klagefristen står."))
    appeal_limits = line_field(_("Hvad kan klageinstansen ikke se på?"), 300, required=False)
    no_appeal = tick_field(_("Afgørelsen kan ikke påklages; reglen om klage siger hvorfor"))
    opinion_ground = line_field(
        _("Hvorfor afventes en udtalelse ikke?"),
        300,
        required=False,
        hint=_("Kun når en specialist endnu ikke har svaret."),
    )
    version = hidden_number()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        try:
            facts["amounts"] = tuple(amounts_of(self.data))
        except WrongLine as wrong:
            self.add_error(None, str(wrong))
        return facts

    def text(self) -> DecisionText:
        """The draft as it was written."""
        facts = {**self.cleaned_data, "level": int(self.cleaned_data["level"])}
        facts.pop("version")
        return DecisionText(**facts)


class DecidingForm(CaseForm):
    """The draft that is to hold, and how its letter goes."""

    decision = forms.UUIDField(
        error_messages={"required": _("Gem udkastet først."), "invalid": _("Gem udkastet først.")}
    )
    way = forms.ChoiceField(choices=LetterWay.choices, error_messages={"required": _("Vælg, hvordan brevet sendes.")})
    address = forms.CharField(required=False, max_length=400)
    version = hidden_number()


class WrongLine(ValueError):
    """A line of the table of amounts cannot be read."""


@dataclass(frozen=True)
class TypedAmount:
    """One line of the table as it was typed."""

    number: int
    label: str = ""
    amount: str = ""
    period: str = AmountPeriod.MONTH.value


def typed_amounts(data: Mapping[str, Any]) -> list[TypedAmount]:
    """The lines of the table, those left empty among them."""
    return [
        TypedAmount(
            number,
            str(data.get(f"label-{number}", "")).strip(),
            str(data.get(f"amount-{number}", "")).strip(),
            str(data.get(f"period-{number}", ""))[:8],
        )
        for number in range(1, MOST_LINES + 1)
    ]


def saved_amounts(lines: Sequence[AmountLine]) -> list[TypedAmount]:
    """The lines of a draft as one types them, and empty ones after them."""
    found = [
        TypedAmount(number, line.label, f"{line.amount:.2f}".replace(".", ","), line.period)
        for number, line in enumerate(lines[:MOST_LINES], start=1)
    ]
    return [*found, *(TypedAmount(number) for number in range(len(found) + 1, MOST_LINES + 1))]


def amounts_of(data: Mapping[str, Any]) -> Iterator[AmountLine]:
    """The lines that say something; raises WrongLine with what to do about one that cannot be read."""
    for line in typed_amounts(data):
        if not line.label and not line.amount:
            continue
        if not line.label:
            raise WrongLine(gettext("Beløb {n}: skriv, hvad beløbet er for.").format(n=line.number))
        if len(line.label) > LONGEST_LABEL:
            most = gettext("Beløb {n}: skriv højst {most} tegn om, hvad beløbet er for.")
            raise WrongLine(most.format(n=line.number, most=LONGEST_LABEL))
        amount = amount_of(line.amount) if len(line.amount) <= LONGEST_AMOUNT else None
        if amount is None:
            raise WrongLine(gettext("Beløb {n}: skriv beløbet som 1.234,50.").format(n=line.number))
        yield AmountLine(line.label, amount, line.period if line.period in AmountPeriod.values else AmountPeriod.ONCE)


class SeveralForm(AheadForm):
    """What becomes of several cases at once."""

    day = day_field(_("Ny frist"), required=False, missing=_("Vælg den nye frist."))
    ground = line_field(
        _("Hvorfor flyttes fristen?"),
        300,
        missing=_("Skriv, hvorfor fristen flyttes. Borgeren får den nye dag at vide."),
    )

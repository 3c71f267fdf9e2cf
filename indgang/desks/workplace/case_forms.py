"""What is filled in on a case; every field says what it is for, every error what to do."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indgang.core.cases.values import (
    DocumentKind,
    ObjectKind,
    PartyRole,
    RaisedBy,
    RelationKind,
    Retention,
    Sensitivity,
    Waiting,
)
from indgang.desks.workplace.forms import END_OF_DAY
from indgang.foundation.access.values import Reason
from indgang.foundation.runtime import clock

LONG = 20_000
FARTHEST_YEARS = 20
WRONG_DAY = {"invalid": _("Skriv datoen som 24-12-2026.")}
SEARCHES = (Reason.SEARCH, Reason.UNFILED_MAIL)  # reasons the service itself states, never a person


def day_field(label: Any, *, required: bool = True, missing: Any = "", hint: Any = "") -> forms.DateField:
    """A day, chosen or typed."""
    errors = {**WRONG_DAY, **({"required": missing} if missing else {})}
    widget = forms.DateInput(attrs={"type": "date", "class": "form-input"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, error_messages=errors, widget=widget, help_text=hint)


def words_field(
    label: Any, *, rows: int = 4, required: bool = True, missing: Any = "", hint: Any = "", most: int = LONG
) -> forms.CharField:
    """Words over several lines."""
    errors = {"required": missing} if missing else {}
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-input"})
    return forms.CharField(
        label=label, required=required, max_length=most, error_messages=errors, widget=widget, help_text=hint
    )


def line_field(
    label: Any, most: int, *, required: bool = True, missing: Any = "", hint: Any = "", **attrs: str
) -> forms.CharField:
    """One line."""
    errors = {"required": missing} if missing else {}
    widget = forms.TextInput(attrs={"class": "form-input", "autocomplete": "off", **attrs})
    return forms.CharField(
        label=label, required=required, max_length=most, error_messages=errors, widget=widget, help_text=hint
    )


def said(choices: Any) -> list[tuple[str, Any]]:
    """Choices in the reader's language."""
    return [(code, name if isinstance(name, Promise) else _(name)) for code, name in choices]


def choice_field(
    label: Any, choices: Any, *, required: bool = True, missing: Any = "", hint: Any = "", initial: Any = None
) -> forms.ChoiceField:
    """One of a few, from a list."""
    errors = {"required": missing} if missing else {}
    given = said(choices) if required else [("", "–"), *said(choices)]
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=given,
        error_messages=errors,
        widget=widget,
        help_text=hint,
        initial=initial,
    )


def radio_field(
    label: Any, choices: Any, *, missing: Any = "", initial: Any = None, hint: Any = ""
) -> forms.ChoiceField:
    """One of a few, all in sight."""
    errors = {"required": missing} if missing else {}
    return forms.ChoiceField(
        label=label,
        choices=said(choices),
        error_messages=errors,
        widget=forms.RadioSelect(attrs={"class": "form-radio"}),
        initial=initial,
        help_text=hint,
    )


def tick_field(label: Any, *, hint: Any = "") -> forms.BooleanField:
    """Yes, or not."""
    widget = forms.CheckboxInput(attrs={"class": "form-checkbox"})
    return forms.BooleanField(label=label, required=False, widget=widget, help_text=hint)


def hidden_number() -> forms.IntegerField:
    """The version the person has seen."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def at_end_of(day: date) -> datetime:
    """Until when a deadline on that day runs."""
    return datetime.combine(day, END_OF_DAY, clock.COPENHAGEN)


class CaseForm(forms.Form):
    """A form of the case's page: its ids never meet those of the page behind it, and what is wrong is said by name."""

    needed: frozenset[str] = frozenset()  # fields that are asked for where they are shown, so never called optional

    def __init__(self, *args: Any, **facts: Any) -> None:
        facts.setdefault("auto_id", "sag-%s")
        facts.setdefault("label_suffix", "")
        super().__init__(*args, **facts)
        for field in self.fields.values():
            _name_in_errors(field)


def _name_in_errors(field: forms.Field) -> None:
    """Where a field has no sentence of its own, the general one names it: above a form nobody sees whose it is."""
    usual = {
        "required": _("Udfyld feltet »%(label)s«."),
        "max_length": _("Feltet »%(label)s« må højst fylde %%(limit_value)d tegn. Kort det af."),
        "invalid_choice": _("Vælg en af mulighederne i feltet »%(label)s«."),
    }
    for code, sentence in usual.items():
        if field.error_messages.get(code) in [None, *_usual_sentences(field, code)]:
            field.error_messages[code] = sentence % {"label": field.label or ""}


def _usual_sentences(field: forms.Field, code: str) -> list[object]:
    """What the framework says of any field of that kind."""
    told = (vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__)
    return [messages[code] for messages in told if code in messages]


class AheadForm(CaseForm):
    """A form with a day that must lie ahead."""

    ahead = "day"

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        day = facts.get(self.ahead)
        if isinstance(day, date) and day < clock.local(clock.now()).date():
            self.add_error(self.ahead, _("Vælg en dag, der ikke er gået."))
        elif isinstance(day, date) and day.year > clock.local(clock.now()).year + FARTHEST_YEARS:
            self.add_error(self.ahead, _("Vælg en dag inden for 20 år."))
        return facts

    def moment(self) -> datetime | None:
        """The end of the day that was chosen."""
        day = self.cleaned_data.get(self.ahead)
        return at_end_of(day) if day else None


class ReasonForm(CaseForm):
    """Why somebody looks at a case that is not in their hands."""

    reason = radio_field(
        _("Hvorfor skal du se sagen?"),
        [(code, name) for code, name in Reason.choices if code not in SEARCHES],
        missing=_("Vælg, hvorfor du skal se sagen."),
    )


class CaseNoteForm(CaseForm):
    """A note of the journal."""

    needed = frozenset({"internal_ground"})

    theme = line_field(_("Kort emne"), 160, missing=_("Skriv kort, hvad notatet handler om."))
    body = words_field(_("Notat"), rows=5, missing=_("Skriv notatet, før du gemmer det."))
    oral_facts = tick_field(
        _("Oplysninger, borgeren har givet mundtligt"), hint=_("De skal noteres, før sagen afgøres.")
    )
    internal = tick_field(_("Internt notat"))
    internal_ground = line_field(_("Hvorfor er det internt?"), 200, required=False)
    version = hidden_number()

    def clean(self) -> dict[str, Any]:
        return grounded(self, super().clean() or {})


def grounded(form: forms.Form, facts: dict[str, Any]) -> dict[str, Any]:
    """Internal only with a ground."""
    if facts.get("internal") and not facts.get("internal_ground"):
        form.add_error("internal_ground", _("Skriv, hvorfor det er internt. Det skal kunne begrundes ved aktindsigt."))
    return facts


class InternalForm(CaseForm):
    """Whether a document is internal, and why."""

    needed = frozenset({"internal_ground"})

    internal = tick_field(_("Internt dokument: gives ikke ved aktindsigt"))
    internal_ground = line_field(_("Hvorfor er det internt?"), 200, required=False)
    version = hidden_number()

    def clean(self) -> dict[str, Any]:
        return grounded(self, super().clean() or {})


class DocumentForm(CaseForm):
    """What is said of the files that are put on a case; the files come beside it."""

    needed = frozenset({"internal_ground"})

    title = line_field(_("Titel"), 200, required=False, hint=_("Uden titel bruges filens navn."))
    kind = choice_field(_("Retning"), DocumentKind.choices, initial=DocumentKind.IN)
    internal = tick_field(_("Internt dokument: gives ikke ved aktindsigt"))
    internal_ground = line_field(_("Hvorfor er det internt?"), 200, required=False)

    def clean(self) -> dict[str, Any]:
        return grounded(self, super().clean() or {})


class VersionForm(CaseForm):
    """A newer file of a document."""

    note = line_field(_("Hvad er nyt?"), 200, required=False)
    version = hidden_number()


class DetailsForm(CaseForm):
    """Title, rule, sensitivity and retention of a case."""

    title = line_field(
        _("Titel"), 255, missing=_("Skriv en titel."), hint=_("Skriv aldrig navn eller CPR-nummer i titlen.")
    )
    legal_basis = line_field(_("Regel"), 300, required=False, hint=_("Lov og paragraf, for eksempel lovens § 12."))
    sensitivity = choice_field(_("Følsomhed"), Sensitivity.choices)
    retention = choice_field(_("Når sagen er gammel"), Retention.choices)
    kle = line_field(_("KLE-emne"), 8, required=False, hint=_("For eksempel 32.03.04."))
    facet = line_field(_("KLE-handling"), 3, required=False, hint=_("For eksempel G01."))
    version = hidden_number()


class PartyForm(CaseForm):
    """Somebody the case concerns, who stands in no register or was found in one."""

    role = choice_field(
        _("Rolle i sagen"), [(code, name) for code, name in PartyRole.choices if code != PartyRole.PRIMARY]
    )
    name = line_field(_("Navn"), 160, required=False, hint=_("Kun når parten ikke findes i registeret."))
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    business = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        kind, _colon, key = str(self.data.get("found", "")).partition(":")
        if kind in {"person", "business"}:  # the one chosen among those that were found
            try:
                facts[kind] = UUID(key)
            except ValueError:
                self.add_error("name", _("Find parten igen, og vælg den på listen."))
                return facts
        if not any(facts.get(name) for name in ("name", "person", "business")):
            self.add_error("name", _("Find parten, eller skriv navnet."))
        return facts


class ObjectForm(CaseForm):
    """A thing the case is about."""

    kind = choice_field(_("Hvad er det?"), ObjectKind.choices)
    label = line_field(_("Betegnelse"), 200, missing=_("Skriv, hvad sagen handler om."))
    reference = line_field(_("Nummer i registeret"), 80, required=False, hint=_("Aldrig et CPR-nummer."))


class RelationForm(CaseForm):
    """How the case stands to another one."""

    number = line_field(_("Den anden sags nummer"), 20, missing=_("Skriv den anden sags nummer."))
    kind = choice_field(_("Sammenhæng"), RelationKind.choices, initial=RelationKind.OTHER)


class CourseForm(CaseForm):
    """A new course of the citizen's life that the case begins."""

    life_event = choice_field(_("Livsbegivenhed"), [], required=False)
    title = line_field(_("Eller et navn på forløbet"), 160, required=False, hint=_("Uden navn og CPR-nummer."))

    def __init__(self, *args: Any, events: tuple[tuple[str, str], ...] = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["life_event"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *events]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("life_event") and not facts.get("title"):
            self.add_error("life_event", _("Vælg en livsbegivenhed, eller skriv et navn på forløbet."))
        return facts


class StepForm(AheadForm):
    """Something somebody has to do."""

    title = line_field(_("Hvad skal gøres?"), 160, missing=_("Skriv, hvad der skal gøres."))
    day = day_field(_("Senest"), required=False)


class DeadlineForm(AheadForm):
    """Another day for a deadline, and why."""

    day = day_field(_("Ny frist"), missing=_("Vælg den nye frist."))
    ground = line_field(
        _("Hvorfor flyttes fristen?"),
        300,
        missing=_("Skriv, hvorfor fristen flyttes. Borgeren får den nye dag at vide."),
    )
    version = hidden_number()


class WaitingForm(AheadForm):
    """Whom the case waits for, and how long at most."""

    waiting = choice_field(_("Hvem ventes der på?"), Waiting.choices)
    day = day_field(_("Højst til"), required=False, hint=_("Sker der intet, kommer sagen tilbage til dig denne dag."))


class ClosingForm(CaseForm):
    """How a case is closed; an undecided one needs a ground."""

    ground = words_field(_("Grund"), rows=3, required=False, most=300)
    version = hidden_number()

    def __init__(self, *args: Any, decided: bool = True, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.needed = frozenset() if decided else frozenset({"ground"})


class GroundForm(CaseForm):
    """Why something is done that is not the ordinary way."""

    ground = words_field(_("Hvorfor?"), rows=3, missing=_("Skriv hvorfor."), most=300)
    version = hidden_number()


class OpenCaseForm(CaseForm):
    """Which cases a contact raises."""

    raised_by = radio_field(
        _("Hvad rejser sagen?"),
        [(code, name) for code, name in RaisedBy.choices if code != RaisedBy.COMPLAINT],
        initial=RaisedBy.APPLICATION,
        hint=_("Kun i en sag, borgeren har søgt om, må oplysninger indhentes andre steder uden videre."),
    )
    mine = tick_field(_("Jeg behandler den selv"), hint=_("Ellers går den til den enhed, der har sådanne sager."))


class LinkForm(CaseForm):
    """The case a contact belongs to: one of the citizen's, or the number that is typed."""

    number = line_field(_("Et andet sagsnummer"), 20, required=False)
    theme = line_field(_("Kort emne"), 160, required=False, hint=_("Uden emne bruges henvendelsens."))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        facts["number"] = facts.get("number") or str(self.data.get("chosen", ""))[:20]
        if not facts["number"]:
            self.add_error("number", _("Vælg sagen, eller skriv dens nummer."))
        return facts

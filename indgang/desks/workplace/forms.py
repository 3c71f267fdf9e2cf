"""What an employee fills in; every error says what to do."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.contacts.values import Channel, Outcome
from indgang.core.routing.values import CHOSEN, AgentMode, Refusal, TransferTarget
from indgang.desks.workplace.moments import MORNING
from indgang.foundation.runtime import clock

BY_HAND = (Channel.PHONE, Channel.COUNTER, Channel.LETTER)
DRAFTS = ("reply", "note", "transfer", "close", "call", "complaint", "refer")
END_OF_DAY = time(16)


class ReplyForm(forms.Form):
    """The answer to the citizen."""

    body = forms.CharField(max_length=100_000, error_messages={"required": _("Skriv svaret, før du sender det.")})
    version = forms.IntegerField()
    then_close = forms.BooleanField(required=False)
    confirmed = forms.BooleanField(required=False)  # it holds a CPR number and is sent all the same


class NoteForm(forms.Form):
    """An internal note."""

    body = forms.CharField(max_length=20_000, error_messages={"required": _("Skriv noten, før du gemmer den.")})


class OpenForm(forms.Form):
    """A contact opened by hand."""

    channel = forms.ChoiceField(choices=[(code, Channel(code).label) for code in BY_HAND])
    subject = forms.CharField(required=False, max_length=200)


class StateForm(forms.Form):
    """Ready, pause or away."""

    mode = forms.ChoiceField(choices=[(mode, AgentMode(mode).label) for mode in CHOSEN])
    reason = forms.CharField(required=False, max_length=60)


class PointForm(forms.Form):
    """Where one serves from now on; empty: everywhere."""

    point = forms.CharField(required=False, max_length=40)


class DeclineForm(forms.Form):
    """Why an offer is passed on."""

    reason = forms.ChoiceField(choices=Refusal.choices)


class TransferForm(forms.Form):
    """To whom, and what they must know; `to` is "unit:12", "group:tax" or "employee:7"."""

    to = forms.RegexField(
        r"^((unit|employee):[0-9]{1,10}|group:[\w-]{1,40})$",
        error_messages={
            "required": _("Vælg, hvem henvendelsen skal til."),
            "invalid": _("Vælg en modtager fra listen."),
        },
    )
    body = forms.CharField(
        max_length=20_000,
        error_messages={"required": _("Skriv, hvad modtageren skal vide, så intet skal fortælles igen.")},
    )
    day = forms.DateField(required=False, error_messages={"invalid": _("Skriv datoen som 24-12-2026.")})
    hour = forms.TimeField(required=False, error_messages={"invalid": _("Skriv klokkeslættet som 14:30.")})
    knowingly = forms.BooleanField(required=False)

    def by_when(self) -> datetime | None:
        """By when somebody must have gone on with it; None: when the citizen was told."""
        facts = self.cleaned_data
        if not facts["day"]:
            return None
        return datetime.combine(facts["day"], facts["hour"] or END_OF_DAY, clock.COPENHAGEN)


def target_of(text: str) -> TransferTarget:
    """ "unit:12", "group:tax" or "employee:7" as routing takes it."""
    kind, value = text.split(":", 1)
    if kind == "group":
        return TransferTarget(group=value)
    return TransferTarget(unit=int(value)) if kind == "unit" else TransferTarget(employee=int(value))


class CloseForm(forms.Form):
    """How the contact ended; each task's own result comes beside it as result-T-076."""

    outcome = forms.ChoiceField(
        required=False,
        choices=Outcome.choices,
        error_messages={"required": _("Vælg, hvordan henvendelsen endte.")},
    )
    note = forms.CharField(required=False, max_length=20_000)
    version = forms.IntegerField()
    next = forms.BooleanField(required=False)


class SnoozeForm(forms.Form):
    """Until when: one of the usual moments, or a day and a time of one's own."""

    until = forms.ChoiceField(
        choices=[(code, code) for code in ("hour", "tomorrow", "monday", "own")],
        error_messages={"required": _("Vælg hvornår.")},
    )
    day = forms.DateField(required=False, error_messages={"invalid": _("Skriv datoen som 24-12-2026.")})
    hour = forms.TimeField(required=False, error_messages={"invalid": _("Skriv klokkeslættet som 14:30.")})

    def __init__(self, data: Any, usual: Mapping[str, datetime]) -> None:
        super().__init__(data)
        self.usual = usual

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("until") == "own" and not self.errors and facts.get("day") is None:
            self.add_error("day", _("Vælg en dato, henvendelsen skal komme tilbage."))
        if not self.errors and self.moment() <= clock.now():
            self.add_error("day", _("Vælg et tidspunkt, der ikke er gået."))
        return facts

    def moment(self) -> datetime:
        """The moment that was chosen."""
        facts = self.cleaned_data
        if facts["until"] != "own":
            return self.usual[facts["until"]]
        return datetime.combine(facts["day"], facts["hour"] or MORNING, clock.COPENHAGEN)


class WaitForm(forms.Form):
    """How long the citizen is waited for; without a day until they write."""

    day = forms.DateField(required=False, error_messages={"invalid": _("Skriv datoen som 24-12-2026.")})

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        until = self.moment() if not self.errors else None
        if until is not None and until <= clock.now():
            self.add_error("day", _("Vælg et tidspunkt, der ikke er gået."))
        return facts

    def moment(self) -> datetime | None:
        """The morning of the day; None: no end."""
        day = self.cleaned_data.get("day")
        return datetime.combine(day, MORNING, clock.COPENHAGEN) if day else None


class TasksForm(forms.Form):
    """A task is added to or taken off a contact."""

    add = forms.CharField(required=False, max_length=12)
    remove = forms.CharField(required=False, max_length=12)


class DraftForm(forms.Form):
    """What is typed, saved by itself."""

    field = forms.ChoiceField(choices=[(name, name) for name in DRAFTS])
    body = forms.CharField(required=False, max_length=100_000, strip=False)

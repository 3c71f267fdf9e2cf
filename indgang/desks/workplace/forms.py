"""What an employee fills in; every error says what to do."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.contacts.values import Channel, Outcome
from indgang.core.routing.values import CHOSEN, AgentMode, Refusal
from indgang.foundation.runtime import clock

BY_HAND = (Channel.PHONE, Channel.COUNTER, Channel.LETTER)
DRAFTS = ("reply", "note", "transfer", "close", "call", "complaint")
_MORNING = time(8)


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

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("until") == "own" and not self.errors and facts.get("day") is None:
            self.add_error("day", _("Vælg en dato, henvendelsen skal komme tilbage."))
        if not self.errors and self.moment() <= clock.now():
            self.add_error("day", _("Vælg et tidspunkt, der ikke er gået."))
        return facts

    def moment(self) -> datetime:
        """The moment that was chosen."""
        facts, now = self.cleaned_data, clock.local(clock.now())
        if facts["until"] == "hour":
            return now + timedelta(hours=1)
        day = facts["day"] if facts["until"] == "own" else now.date() + timedelta(days=1)
        if facts["until"] == "monday":
            day = now.date() + timedelta(days=7 - now.weekday())
        return datetime.combine(day, (facts["until"] == "own" and facts["hour"]) or _MORNING, clock.COPENHAGEN)


class TasksForm(forms.Form):
    """A task is added to or taken off a contact."""

    add = forms.CharField(required=False, max_length=12)
    remove = forms.CharField(required=False, max_length=12)


class DraftForm(forms.Form):
    """What is typed, saved by itself."""

    field = forms.ChoiceField(choices=[(name, name) for name in DRAFTS])
    body = forms.CharField(required=False, max_length=100_000, strip=False)

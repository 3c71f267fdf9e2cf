"""What an employee fills in; every error says what to do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.contacts.values import Outcome
from indgang.core.routing.values import CHOSEN, AgentMode, Refusal


class ReplyForm(forms.Form):
    """The answer to the citizen."""

    body = forms.CharField(max_length=100_000, error_messages={"required": _("Skriv svaret, før du sender det.")})
    version = forms.IntegerField()
    then_close = forms.BooleanField(required=False)


class NoteForm(forms.Form):
    """An internal note."""

    body = forms.CharField(max_length=20_000, error_messages={"required": _("Skriv noten, før du gemmer den.")})


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
    """How the contact ended; the tasks' levels come beside it as level-T-076."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices, error_messages={"required": _("Vælg, hvordan henvendelsen endte.")}
    )
    note = forms.CharField(required=False, max_length=20_000)
    version = forms.IntegerField()


class TasksForm(forms.Form):
    """A task is added to or taken off a contact."""

    add = forms.CharField(required=False, max_length=12)
    remove = forms.CharField(required=False, max_length=12)


class DraftForm(forms.Form):
    """What is typed, saved by itself."""

    field = forms.ChoiceField(choices=[(name, name) for name in ("reply", "note", "transfer")])
    body = forms.CharField(required=False, max_length=100_000, strip=False)

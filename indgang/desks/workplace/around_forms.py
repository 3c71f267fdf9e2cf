"""What is filled in around a contact: calls, material, complaints, citizens, particulars."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.contacts.values import Channel, InquirerKind, SelfService
from indgang.desks.workplace.forms import END_OF_DAY
from indgang.foundation.runtime import clock


class ReferForm(forms.Form):
    """Another authority goes on: which, with what, by when, and what the citizen is told."""

    authority = forms.CharField(
        max_length=200, error_messages={"required": _("Skriv, hvilken myndighed der går videre.")}
    )
    body = forms.CharField(
        max_length=20_000, error_messages={"required": _("Skriv, hvad myndigheden er bedt om, og hvad den har fået.")}
    )
    told = forms.CharField(required=False, max_length=20_000)
    confirmed = forms.BooleanField(required=False)  # it holds a CPR number and is sent all the same
    day = forms.DateField(required=False, error_messages={"invalid": _("Skriv datoen som 24-12-2026.")})
    version = forms.IntegerField()

    def by_when(self) -> datetime | None:
        """By when we have heard from them; None: when the citizen was told to expect an answer."""
        day = self.cleaned_data["day"]
        return datetime.combine(day, END_OF_DAY, clock.COPENHAGEN) if day else None


class CallForm(forms.Form):
    """A call that is promised: when, and to which number."""

    phone = forms.CharField(
        max_length=40, error_messages={"required": _("Skriv det nummer, borgeren vil ringes op på.")}
    )
    when = forms.ChoiceField(
        choices=[(code, code) for code in ("now", "own")], error_messages={"required": _("Vælg hvornår.")}
    )
    day = forms.DateField(required=False, error_messages={"invalid": _("Skriv datoen som 24-12-2026.")})
    begins = forms.TimeField(required=False, error_messages={"invalid": _("Skriv klokkeslættet som 14:30.")})
    ends = forms.TimeField(required=False, error_messages={"invalid": _("Skriv klokkeslættet som 14:30.")})
    note = forms.CharField(required=False, max_length=20_000)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        own = facts.get("when") == "own" and not self.errors
        if own and not (facts.get("day") and facts.get("begins") and facts.get("ends")):
            self.add_error("day", _("Vælg dag og tidsrum for opkaldet."))
        return facts

    def window(self) -> tuple[datetime | None, datetime | None]:
        """Not before and not after."""
        facts = self.cleaned_data
        if facts["when"] == "now":
            return None, None
        return (
            datetime.combine(facts["day"], facts["begins"], clock.COPENHAGEN),
            datetime.combine(facts["day"], facts["ends"], clock.COPENHAGEN),
        )


class CalledForm(forms.Form):
    """What came of a call."""

    result = forms.ChoiceField(
        choices=[(code, code) for code in ("reached", "no_answer", "gave_up")],
        error_messages={"required": _("Vælg, hvad der kom ud af opkaldet.")},
    )
    again = forms.ChoiceField(required=False, choices=[(code, code) for code in ("hour", "tomorrow")])
    note = forms.CharField(required=False, max_length=20_000)

    def next_try(self) -> datetime:
        """When it is tried again: in an hour, or tomorrow morning at nine."""
        now = clock.local(clock.now())
        if self.cleaned_data["again"] == "tomorrow":
            return datetime.combine(now.date() + timedelta(days=1), time(9), clock.COPENHAGEN)
        return now + timedelta(hours=1)


class MaterialForm(forms.Form):
    """A form or leaflet, and how it goes."""

    material = forms.CharField(max_length=40, error_messages={"required": _("Vælg, hvad der skal sendes.")})
    way = forms.ChoiceField(
        choices=[("mail", "mail"), ("letter", "letter")],
        error_messages={"required": _("Vælg, om det skal sendes med e-mail eller brev.")},
    )
    address = forms.CharField(required=False, max_length=400)


class ComplaintForm(forms.Form):
    """A suggestion or complaint, and about which unit."""

    kind = forms.ChoiceField(
        choices=[("suggestion", "suggestion"), ("complaint", "complaint")],
        error_messages={"required": _("Vælg, om det er et forslag eller en klage.")},
    )
    unit = forms.IntegerField(error_messages={"required": _("Vælg den enhed, det handler om.")})
    text = forms.CharField(max_length=20_000, error_messages={"required": _("Skriv forslaget eller klagen.")})


class AnsweredForm(forms.Form):
    """What was answered to a suggestion or complaint."""

    note = forms.CharField(max_length=20_000, error_messages={"required": _("Skriv, hvad der er svaret.")})


class NewPersonForm(forms.Form):
    """A citizen nobody knows yet, as they say it themselves."""

    name = forms.CharField(max_length=160, error_messages={"required": _("Skriv borgerens navn.")})
    mail = forms.EmailField(
        required=False, max_length=160, error_messages={"invalid": _("Skriv mailadressen som navn@eksempel.dk.")}
    )
    phone = forms.CharField(required=False, max_length=40)


class NeedsForm(forms.Form):
    """Language, interpreter and special need of a citizen."""

    language = forms.CharField(max_length=5)
    interpreter = forms.CharField(required=False, max_length=5)
    special_group = forms.CharField(required=False, max_length=40)
    version = forms.IntegerField()


class ParticularsForm(forms.Form):
    """Who inquires, and what the contact is marked with."""

    inquirer_kind = forms.ChoiceField(choices=InquirerKind.choices)
    name = forms.CharField(required=False, max_length=160)
    mail = forms.CharField(required=False, max_length=160)
    phone = forms.CharField(required=False, max_length=40)
    subject = forms.CharField(required=False, max_length=200)
    language = forms.CharField(max_length=5)
    interpreter = forms.CharField(required=False, max_length=5)
    interpreter_day = forms.DateField(required=False, error_messages={"invalid": _("Skriv datoen som 24-12-2026.")})
    interpreter_hour = forms.TimeField(required=False, error_messages={"invalid": _("Skriv klokkeslættet som 14:30.")})
    life_situation = forms.CharField(required=False, max_length=40)
    life_event = forms.CharField(required=False, max_length=40)
    special_group = forms.CharField(required=False, max_length=40)
    self_service = forms.ChoiceField(required=False, choices=SelfService.choices)
    version = forms.IntegerField()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors and bool(facts.get("interpreter_day")) != bool(facts.get("interpreter_hour")):
            self.add_error("interpreter_day", _("Vælg både dag og klokkeslæt for tolken."))
        return facts

    def interpreter_at(self) -> datetime | None:
        """When the interpreter comes; None: not agreed yet, or none."""
        facts = self.cleaned_data
        if not facts["interpreter_day"]:
            return None
        return datetime.combine(facts["interpreter_day"], facts["interpreter_hour"], clock.COPENHAGEN)


class ListForm(forms.Form):
    """The filter of the list of contacts, as it stands in the address."""

    q = forms.CharField(required=False, max_length=120)
    tilstand = forms.CharField(required=False, max_length=10)
    opgave = forms.CharField(required=False, max_length=12)
    kanal = forms.ChoiceField(required=False, choices=Channel.choices)
    enhed = forms.IntegerField(required=False)
    fra_dag = forms.DateField(required=False)
    til_dag = forms.DateField(required=False)
    orden = forms.ChoiceField(required=False, choices=[("newest", "newest"), ("oldest", "oldest")])
    hos = forms.ChoiceField(required=False, choices=[("mig", "mig")])

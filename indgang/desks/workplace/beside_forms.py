"""What is filled in about those beside a citizen, and about what is given to others."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.citizens.values import RepresentationRole

_WRONG_DAY = {"invalid": _("Skriv datoen som 24-12-2026.")}


class AdviserForm(forms.Form):
    """The employee who is the citizen's own; empty: nobody."""

    employee = forms.IntegerField(
        required=False, error_messages={"invalid": _("Vælg en medarbejder fra listen.")}, max_value=2**31 - 1
    )


class RepresentationForm(forms.Form):
    """Who acts for whom, as what, from when to when, in which tasks."""

    person = forms.UUIDField(
        error_messages={"required": _("Find og vælg den anden."), "invalid": _("Find og vælg den anden.")}
    )
    direction = forms.ChoiceField(
        choices=[("by", "by"), ("for", "for")], error_messages={"required": _("Vælg, hvem der taler for hvem.")}
    )
    role = forms.ChoiceField(
        choices=RepresentationRole.choices,
        error_messages={"required": _("Vælg fuldmagt, forældremyndighed eller værgemål.")},
    )
    valid_from = forms.DateField(required=False, error_messages=_WRONG_DAY)
    valid_to = forms.DateField(required=False, error_messages=_WRONG_DAY)
    scope_all = forms.BooleanField(required=False)

    def scope(self, ticked: Iterable[str]) -> list[str]:
        """The tasks it is limited to; empty: all. Only a power of attorney can be limited."""
        facts = self.cleaned_data
        limited = facts["role"] == RepresentationRole.ATTORNEY and not facts["scope_all"]
        return [code[:12] for code in ticked if code] if limited else []


class DisclosureForm(forms.Form):
    """What was given, to whom, for which task and on which ground."""

    receiver = forms.CharField(max_length=120, error_messages={"required": _("Skriv, hvem der får oplysningerne.")})
    task = forms.CharField(
        max_length=12, error_messages={"required": _("Vælg den opgave, oplysningerne er nødvendige for.")}
    )
    ground = forms.CharField(
        max_length=200, error_messages={"required": _("Skriv hjemlen, for eksempel forvaltningslovens § 28.")}
    )
    given = forms.CharField(
        max_length=1000, error_messages={"required": _("Skriv, hvilke oplysninger der gives, én på hver linje.")}
    )

    def fields_given(self) -> list[str]:
        """One kind of information per line or comma."""
        parts = self.cleaned_data["given"].replace(",", "\n").splitlines()
        return [" ".join(part.split()) for part in parts if part.strip()]

    def facts(self) -> dict[str, str]:
        """Receiver, task and ground."""
        return {name: self.cleaned_data[name] for name in ("receiver", "task", "ground")}

"""What a person types to log in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(forms.Form):
    """Name and password; both are checked together, so neither says which one was wrong."""

    username = forms.CharField(
        label=_("Brugernavn"),
        max_length=60,
        error_messages={"required": _("Skriv dit brugernavn.")},
        widget=forms.TextInput(attrs={"class": "form-input", "autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Adgangskode"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Skriv din adgangskode.")},
        widget=forms.PasswordInput(attrs={"class": "form-input", "autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=20,
        error_messages={"required": _("Skriv koden.")},
        widget=forms.TextInput(
            attrs={"class": "form-input", "autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )


class AcceptForm(forms.Form):
    """The instruction is read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("Jeg har læst instruksen og følger den"),
        error_messages={"required": _("Sæt kryds, når du har læst instruksen.")},
        widget=forms.CheckboxInput(attrs={"class": "form-checkbox"}),
    )

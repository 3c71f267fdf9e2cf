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

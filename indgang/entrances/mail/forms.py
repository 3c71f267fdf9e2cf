"""The form with which an invented citizen writes to the municipality (demo only)."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WriteForm(forms.Form):
    """A mail to the municipality."""

    sender = forms.EmailField(label=_("Din mailadresse"), initial="ida@borger.example", max_length=200)
    name = forms.CharField(label=_("Dit navn"), initial="Ida Borger", max_length=80, required=False)
    subject = forms.CharField(label=_("Emne"), max_length=150, required=False)
    body = forms.CharField(label=_("Besked"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    in_reply_to = forms.CharField(max_length=250, required=False, widget=forms.HiddenInput)

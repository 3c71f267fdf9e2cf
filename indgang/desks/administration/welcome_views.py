"""The page an invitation opens: the new employee chooses a password and goes on to log in."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.foundation.access.values import PUBLIC, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.web.services import rate_limit

_TRIES, _SECONDS = 30, 600  # of one address


class PasswordForm(forms.Form):
    """A password, typed twice."""

    password = forms.CharField(
        label=_("Ny adgangskode"),
        help_text=_("Mindst 12 tegn, som ikke er et kendt ord."),
        max_length=200,
        strip=False,
        error_messages={"required": _("Skriv en adgangskode.")},
        widget=forms.PasswordInput(attrs={"class": "form-input", "autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Adgangskoden igen"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Skriv adgangskoden igen.")},
        widget=forms.PasswordInput(attrs={"class": "form-input", "autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """Both are the same."""
        facts: dict[str, object] = super().clean() or {}
        if facts.get("password") and facts.get("again") and facts["password"] != facts["again"]:
            self.add_error("again", gettext("De to adgangskoder er ikke ens."))
        return facts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "again")
@sensitive_variables("form")
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the link does not use it up; choosing a password does."""
    at = clock.now()
    viewer: Viewer = getattr(request, "viewer", PUBLIC)
    rate_limit(f"invitation:{request.META.get('REMOTE_ADDR', '')}", _TRIES, _SECONDS, at)
    card = organisation.invited(token, viewer, at)
    form = PasswordForm(request.POST or None)
    refusal: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            services.accept_invitation(token=token, password=form.cleaned_data["password"], viewer=viewer, at=at)
        except DomainError as refused:
            if refused.field != "password":
                raise
            refusal = refused
            form.add_error("password", str(refused))
        else:
            messages.success(request, gettext("Adgangskoden er valgt. Log ind med dit brugernavn."))
            return HttpResponseRedirect(reverse("access:log_in"))
    status = refusal.status if refusal else (422 if form.is_bound else 200)
    return render(request, "administration/welcome.html", {"card": card, "form": form}, status=status)

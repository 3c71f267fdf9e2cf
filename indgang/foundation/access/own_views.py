"""What an employee does with the own second factor, logged in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from indgang.foundation.access import errors, selectors, services
from indgang.foundation.access.forms import CodeForm
from indgang.foundation.access.login import clear_attempts, client_address, count_attempt
from indgang.foundation.access.models import Account
from indgang.foundation.access.second_factor import in_fours
from indgang.foundation.access.values import PUBLIC, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

P = ParamSpec("P")
OwnView = Callable[Concatenate[HttpRequest, Account, P], HttpResponse]


def own(view: OwnView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the account of the session to the view."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Account):
            return redirect_to_login(reverse("access:own"), reverse("access:log_in"))
        return view(request, request.user, *args, **kwargs)

    return inner


@require_safe
@never_cache
@own
def page(request: HttpRequest, account: Account) -> HttpResponse:
    """Whether the login has two steps, and what one can do about it."""
    return _page(request, account)


@require_POST
@never_cache
@sensitive_post_parameters("code")
@own
def confirm(request: HttpRequest, account: Account) -> HttpResponse:
    """The first code of the app: from now on it is asked for."""
    return _with_code(
        request, account, lambda code: services.confirm_factor(account=account, code=code, at=clock.now())
    )


@require_POST
@never_cache
@sensitive_post_parameters("code")
@own
def new_codes(request: HttpRequest, account: Account) -> HttpResponse:
    """Ten new recovery codes."""
    return _with_code(
        request, account, lambda code: services.new_recovery_codes(account=account, code=code, at=clock.now())
    )


@require_POST
@never_cache
@sensitive_post_parameters("code")
@own
def drop(request: HttpRequest, account: Account) -> HttpResponse:
    """Back to one step, where no role asks for two."""

    def off(code: str) -> None:
        viewer = Viewer(kind="staff", name=f"account:{account.pk}", account=account.pk)
        services.drop_factor(account=account, code=code, viewer=viewer, at=clock.now())

    return _with_code(request, account, off)


def _with_code(request: HttpRequest, account: Account, act: Callable[[str], list[str] | None]) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, account, form=form, status=422)
    try:
        keys = count_attempt(f"code:{account.pk}", client_address(request), clock.now())
        codes = act(form.cleaned_data["code"])
        clear_attempts(keys)
    except (errors.WrongCode, errors.LockedOut, errors.FactorRequired) as refusal:
        return _page(request, account, form=form, refusal=refusal, status=refusal.status)
    if codes:
        return render(request, "access/recovery.html", {"codes": codes, "go_on": reverse("access:own")})
    messages.success(request, _("Login i to trin er slået fra."))
    return HttpResponseRedirect(reverse("access:own"))


def _page(
    request: HttpRequest,
    account: Account,
    *,
    form: CodeForm | None = None,
    refusal: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = getattr(request, "viewer", PUBLIC)
    card = selectors.factor(Viewer(kind="staff", name="", account=account.pk), account.pk)
    context = {"form": form or CodeForm(), "refusal": refusal, "card": card, "viewer": viewer}
    context["linked"] = selectors.is_linked(account.pk)
    if card.confirmed_at is None:
        secret, context["picture"] = services.begin_factor(account=account, at=clock.now())
        context["secret"] = in_fours(secret)
    return render(request, "access/own.html", context, status=status)

"""Staff log in and out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from indgang.foundation.access import services, single_sign_on, steps
from indgang.foundation.access.errors import LockedOut, LoginExpired, WrongLogin
from indgang.foundation.access.forms import LoginForm
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

NEXT = "access.next"


@require_safe
@never_cache
def login_page(request: HttpRequest) -> HttpResponse:
    """The form; whoever is logged in already goes on."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    return login_form(request, LoginForm())


@require_POST
@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """Check name and password; a refusal keeps the typed name."""
    form = LoginForm(request.POST)
    if not form.is_valid():
        return login_form(request, form, status=422)
    try:
        services.staff_login(request, **form.cleaned_data, at=clock.now())
    except (WrongLogin, LockedOut) as refusal:
        return login_form(request, form, refusal=refusal, status=refusal.status)
    return go_on(request)


@require_POST
@never_cache
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    services.staff_logout(request, at=clock.now())
    return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL or "/"))


def login_form(
    request: HttpRequest, form: LoginForm, *, refusal: DomainError | None = None, status: int = 200
) -> HttpResponse:
    """The page of name and password, with what was refused."""
    context = {
        "form": form,
        "refusal": refusal,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "common": single_sign_on.offered(),
    }
    answer = render(request, "access/login.html", context, status=status)
    if isinstance(refusal, LockedOut):
        answer["Retry-After"] = str(int(str(refusal.facts["minutes"])) * 60)
    return answer


def go_on(request: HttpRequest) -> HttpResponse:
    """To the next step of the login, or where the person was going."""
    if request.user.is_authenticated:
        wanted = request.session.pop(NEXT, None)
        return HttpResponseRedirect(str(wanted) if wanted else _next(request))
    remember_next(request)
    try:
        _, step = steps.pending(request, clock.now())
    except LoginExpired as refusal:
        return login_form(request, LoginForm(), refusal=refusal, status=refusal.status)
    return HttpResponseRedirect(reverse(f"access:{step}"))


def remember_next(request: HttpRequest) -> None:
    """Keep where the person was going over the steps of the login."""
    if request.GET.get("next") or request.POST.get("next") or NEXT not in request.session:
        request.session[NEXT] = _next(request)


def _next(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of ours."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL)

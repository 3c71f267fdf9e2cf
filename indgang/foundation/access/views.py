"""Staff log in and out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from indgang.foundation.access import services
from indgang.foundation.access.errors import LockedOut, WrongLogin
from indgang.foundation.access.forms import LoginForm
from indgang.foundation.runtime import clock


@require_safe
@never_cache
def login_page(request: HttpRequest) -> HttpResponse:
    """The form; whoever is logged in already goes on."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    return _page(request, LoginForm())


@require_POST
@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """Check name and password; a refusal keeps the typed name."""
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        services.staff_login(request, **form.cleaned_data, at=clock.now())
    except (WrongLogin, LockedOut) as refusal:
        return _page(request, form, refusal=refusal, status=refusal.status)
    return HttpResponseRedirect(_next(request))


@require_POST
@never_cache
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    services.staff_logout(request, at=clock.now())
    return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL or "/"))


def _page(
    request: HttpRequest, form: LoginForm, *, refusal: WrongLogin | LockedOut | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "next": request.POST.get("next", request.GET.get("next", ""))}
    answer = render(request, "access/login.html", context, status=status)
    if isinstance(refusal, LockedOut):
        answer["Retry-After"] = str(int(str(refusal.facts["minutes"])) * 60)
    return answer


def _next(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of ours."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL)

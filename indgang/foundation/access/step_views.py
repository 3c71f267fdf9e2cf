"""The steps between the password and a session: code, new app, instruction; and the common login."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from indgang.foundation.access import errors, services, single_sign_on, steps
from indgang.foundation.access.forms import AcceptForm, CodeForm, LoginForm
from indgang.foundation.access.instruction import instruction_due
from indgang.foundation.access.models import Account
from indgang.foundation.access.needed import CODE, ENROL, INSTRUCTION
from indgang.foundation.access.second_factor import in_fours
from indgang.foundation.access.views import go_on, login_form, remember_next
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

StepView = Callable[[HttpRequest, Account], HttpResponse]


def on_the_way(step: str) -> Callable[[StepView], Callable[[HttpRequest], HttpResponse]]:
    """Only for somebody whose next step this is; others go where they belong."""

    def gate(view: StepView) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest) -> HttpResponse:
            try:
                account, due = steps.pending(request, clock.now())
            except errors.LoginExpired:
                return HttpResponseRedirect(reverse("access:log_in"))
            return view(request, account) if due == step else HttpResponseRedirect(reverse(f"access:{due}"))

        return inner

    return gate


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code")
@on_the_way(CODE)
def code(request: HttpRequest, account: Account) -> HttpResponse:
    """The code of the app or a recovery code."""
    form = CodeForm(request.POST or None)
    refusal: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            steps.show_code(request, code=form.cleaned_data["code"], at=clock.now())
        except (errors.WrongCode, errors.LockedOut) as fault:
            refusal = fault
        else:
            return go_on(request)
    status = refusal.status if refusal else (422 if form.is_bound else 200)
    return render(request, "access/code.html", {"form": form, "refusal": refusal}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code")
@on_the_way(ENROL)
def enrol(request: HttpRequest, account: Account) -> HttpResponse:
    """A new app: its picture, its first code, then the recovery codes."""
    now = clock.now()
    form = CodeForm(request.POST or None)
    refusal: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            codes = steps.enrol(request, code=form.cleaned_data["code"], at=now)
        except (errors.WrongCode, errors.LockedOut) as fault:
            refusal = fault
        else:
            return render(request, "access/recovery.html", {"codes": codes, "go_on": reverse("access:go_on")})
    secret, picture = services.begin_factor(account=account, at=now)
    status = refusal.status if refusal else (422 if form.is_bound else 200)
    context = {"form": form, "refusal": refusal, "secret": in_fours(secret), "picture": picture}
    return render(request, "access/enrol.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@on_the_way(INSTRUCTION)
def instruction(request: HttpRequest, account: Account) -> HttpResponse:
    """The security instruction, accepted before the first login of each version."""
    due = instruction_due(account)
    if due is None:
        return go_on(request)
    form = AcceptForm(request.POST or None, initial={"number": due.number})
    if request.method == "POST" and form.is_valid():
        steps.accept(request, number=form.cleaned_data["number"], at=clock.now())
        return go_on(request)
    text = due.text_en if get_language() == "en" else due.text
    context = {"form": form, "instruction": due, "paragraphs": text.split("\n\n")}
    return render(request, "access/instruction.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
def go_on_after_codes(request: HttpRequest) -> HttpResponse:
    """When the recovery codes are put away."""
    if not request.user.is_authenticated and steps.PENDING not in request.session:
        return HttpResponseRedirect(reverse("access:log_in"))
    return go_on(request)


@require_safe
@never_cache
def common(request: HttpRequest) -> HttpResponse:
    """Off to the employees' common login."""
    if not single_sign_on.offered():
        return HttpResponseRedirect(reverse("access:log_in"))
    remember_next(request)
    try:
        return single_sign_on.leave(request)
    except errors.CommonLoginAway as refusal:
        return login_form(request, LoginForm(), refusal=refusal, status=refusal.status)


@require_safe
@never_cache
def common_answer(request: HttpRequest) -> HttpResponse:
    """Back from it."""
    now = clock.now()
    if not single_sign_on.offered():
        return HttpResponseRedirect(reverse("access:log_in"))
    try:
        account, two_steps = single_sign_on.arrive(request, at=now)
    except (errors.CommonLoginAway, errors.CommonLoginRefused, errors.UnknownIdentity) as refusal:
        return login_form(request, LoginForm(), refusal=refusal, status=refusal.status)
    services.common_login(request, account=account, factor_shown=two_steps, at=now)
    return go_on(request)

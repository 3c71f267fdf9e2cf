"""Who comes in, and what a wrong form gets."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from indgang.foundation.access.values import PUBLIC, Viewer

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]


def staff_only(view: StaffView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the employee to the view; anybody else is asked to log in."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        viewer: Viewer = getattr(request, "viewer", PUBLIC)
        if not viewer.is_staff:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/arbejdsplads")
        return view(request, viewer, *args, **kwargs)

    return inner


def refused_form(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """What is wrong, in the page's place for messages; the typed text stays where it is."""
    sentences = [error for errors in form.errors.values() for error in errors]
    template = "workplace/parts/refused.html" if request.headers.get("HX-Request") else "workplace/refused.html"
    response = render(request, template, {"sentences": sentences, "form": form}, status=422)
    response["HX-Retarget"] = "#meddelelse"
    response["HX-Reswap"] = "innerHTML"
    return response

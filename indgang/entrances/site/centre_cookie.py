"""The centre a reader has chosen for this browser: its code in a cookie, set and removed by their own button alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from indgang.core.organisation import selectors as organisation
from indgang.foundation.runtime import clock

NAME = "indgang_center"
MOST_DAYS = 365
LONGEST_CODE = 40


def chosen(request: HttpRequest) -> str:
    """The code the browser remembers; whether it stands is for the page to see."""
    return request.COOKIES.get(NAME, "")[:LONGEST_CODE]


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the centre, or with none forget it, and show the front page with its hours. Nothing is kept with us."""
    response = redirect("/#mit-center")
    code = request.POST.get("centre", "")[:LONGEST_CODE]
    if not code:
        response.delete_cookie(NAME, samesite="Lax")
    elif code in {unit.code for unit in organisation.units("centre", clock.now())}:
        response.set_cookie(
            NAME,
            code,
            max_age=MOST_DAYS * 24 * 60 * 60,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response

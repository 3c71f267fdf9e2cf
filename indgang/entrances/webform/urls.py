"""Addresses of the form; a page is read and filled in at the same address, by a view each."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from indgang.entrances.webform import views

app_name = "webform"
View = Callable[..., HttpResponse]


def page(show: View, fill_in: View) -> View:
    """GET shows, POST fills in."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, **named: str) -> HttpResponse:
        return fill_in(request, **named) if request.method == "POST" else show(request, **named)

    return view


urlpatterns = [
    path("kontakt", page(views.words, views.start), name="words"),
    path("kontakt/forslag", views.suggestions, name="suggestions"),
    path("kontakt/<str:token>/emne", page(views.topic, views.choose_topic), name="topic"),
    path("kontakt/<str:token>/spoergsmaal", page(views.details, views.answer_details), name="details"),
    path("kontakt/<str:token>/svar", page(views.answer, views.choose_way), name="answer"),
    path("kontakt/<str:token>/kontaktoplysninger", page(views.reach, views.tell_reach), name="reach"),
    path("kontakt/<str:token>/se-igennem", page(views.review, views.send), name="review"),
    path("kontakt/<str:token>/kvittering", views.receipt, name="receipt"),
]

"""The product's pages, and two that do nothing: the limit its pages are held against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from indgang.assembly.urls import handler400, handler403, handler404, handler500
from indgang.assembly.urls import urlpatterns as pages
from indgang.desks.workplace.staff import staff_only
from indgang.foundation.access.values import Viewer

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Tom</title>")


@staff_only
def empty_for_staff(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Tom</title>")


urlpatterns = [*pages, path("tom", empty), path("tom-ansat", empty_for_staff)]

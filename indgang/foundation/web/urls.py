"""Addresses every page may link to."""

from django.urls import path

from indgang.foundation.web import views

urlpatterns = [
    path("sprog", views.choose_language, name="choose_language"),
    path("tilgaengelighed", views.accessibility, name="accessibility"),
    path("was", views.was),
    path("was/", views.was),
]

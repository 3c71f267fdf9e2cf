"""Addresses of the portal; every verb its own view."""

from django.urls import URLPattern

app_name = "portal"
urlpatterns: list[URLPattern] = []

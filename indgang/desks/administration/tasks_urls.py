"""Addresses of the editor's task desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of the leader's live view."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

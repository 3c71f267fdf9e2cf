"""Addresses of the municipality's mailboxes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

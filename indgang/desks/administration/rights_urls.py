"""Addresses of the security leader's desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses asked by machines that watch the service."""

from django.urls import path

from indgang.foundation.runtime import views

urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]

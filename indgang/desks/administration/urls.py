"""Addresses of the administration desk; every verb its own view."""

from django.urls import path

from indgang.desks.administration import live_urls, mailboxes_urls, rights_urls, settings_urls, tasks_urls, views

app_name = "administration"
urlpatterns = [
    path("administration", views.front, name="front"),
    *settings_urls.urlpatterns,
    *rights_urls.urlpatterns,
    *live_urls.urlpatterns,
    *tasks_urls.urlpatterns,
    *mailboxes_urls.urlpatterns,
]
